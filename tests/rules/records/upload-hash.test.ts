import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Digest, hashOf } from "@/components/records/upload-hash";

const told = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const quiet = new AbortController().signal;

describe("the hash of a file in the browser", () => {
  it("is SHA-256, however the file is cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const digest = new Digest();
        for (const piece of pieces) digest.update(piece);
        expect(digest.hex()).toBe(told(Buffer.concat(pieces)));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same for a small file and for one that goes piece by piece", async () => {
    const large = new Uint8Array(17 * 1024 ** 2 + 3);
    for (let at = 0; at < large.length; at += 97) large[at] = at % 251;
    for (const bytes of [new Uint8Array(0), large.slice(0, 1_000), large])
      expect(await hashOf(new Blob([bytes]), quiet)).toBe(told(bytes));
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(hashOf(new Blob(["x"]), stop.signal)).rejects.toThrow("abort");
  });
});
