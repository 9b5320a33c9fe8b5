import { unzipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ZipEntry, zipStream } from "@/lib/infra/zip";

const at = new Date("2026-11-20T10:00:00Z");

async function archiveOf(files: readonly { name: string; bytes: Uint8Array }[]): Promise<Uint8Array> {
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const { name, bytes } of files) yield { name, at, sizeBytes: bytes.length, bytes: inPieces(bytes) };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipStream(entries())) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
}

describe("zipStream", () => {
  it("writes what any reader opens again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 6 }), async (contents) => {
        const files = contents.map((bytes, index) => ({ name: `Ordner/Äpfel ${index}.bin`, bytes }));
        const opened = unzipSync(await archiveOf(files));
        expect(Object.keys(opened)).toEqual(files.map((file) => file.name));
        for (const { name, bytes } of files)
          expect(Buffer.from(opened[name] ?? []).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it("stops when a file is not as long as announced", async () => {
    async function* entries(): AsyncGenerator<ZipEntry> {
      yield { name: "a", at, sizeBytes: 5, bytes: inPieces(new Uint8Array(4)) };
    }
    const read = async () => {
      for await (const piece of zipStream(entries())) void piece;
    };
    await expect(read()).rejects.toThrow("not as long");
  });
});
