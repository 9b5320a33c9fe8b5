import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { newFileKey, openFileKey } from "@/lib/infra/record-store-key";
import { type ChunkKind, newSealSeed, openChunk, SEAL_BYTES, sealChunk } from "@/lib/infra/record-store-seal";

const key = randomBytes(32);
const recordId = newId();
const kinds = fc.constantFrom<ChunkKind>("middle", "last", "tail");
const plain = fc.uint8Array({ maxLength: 400 });

const seal = (bytes: Uint8Array, index = 0, kind: ChunkKind = "middle") =>
  Buffer.concat(sealChunk(key, newSealSeed(), { recordId, index, kind }, bytes));

describe("a sealed chunk", () => {
  it("opens to what was sealed, at its own place", () => {
    fc.assert(
      fc.property(plain, fc.nat(5_000), kinds, (bytes, index, kind) => {
        const sealed = seal(bytes, index, kind);
        expect(sealed.length).toBe(bytes.length + SEAL_BYTES);
        expect(openChunk(key, { recordId, index, kind }, sealed).equals(bytes)).toBe(true);
      }),
    );
  });

  it("does not open when any bit of it was changed", () => {
    fc.assert(
      fc.property(plain, fc.nat(), fc.integer({ min: 0, max: 7 }), (bytes, where, bit) => {
        const sealed = seal(bytes);
        const at = where % sealed.length;
        sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
        expect(() => openChunk(key, { recordId, index: 0, kind: "middle" }, sealed)).toThrow();
      }),
    );
  });

  it("does not open when it was cut or made longer", () => {
    fc.assert(
      fc.property(plain, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes, cut, more) => {
        const sealed = seal(bytes);
        const place = { recordId, index: 0, kind: "middle" as const };
        expect(() => openChunk(key, place, sealed.subarray(0, cut % sealed.length))).toThrow();
        expect(() => openChunk(key, place, Buffer.concat([sealed, more]))).toThrow();
      }),
    );
  });

  it("does not open at another place, as the end of the file, in another file or by another key", () => {
    const sealed = seal(Buffer.from("a loop of the mitral valve"), 3);
    const place = { recordId, index: 3, kind: "middle" as const };
    expect(openChunk(key, place, sealed).toString()).toBe("a loop of the mitral valve");
    expect(() => openChunk(key, { ...place, index: 4 }, sealed)).toThrow();
    expect(() => openChunk(key, { ...place, kind: "last" }, sealed)).toThrow();
    expect(() => openChunk(key, { ...place, kind: "tail" }, sealed)).toThrow();
    expect(() => openChunk(key, { ...place, recordId: newId() }, sealed)).toThrow();
    expect(() => openChunk(randomBytes(32), place, sealed)).toThrow();
  });

  it("never uses a nonce again for the same place", () => {
    const nonces = Array.from({ length: 500 }, () => seal(Buffer.from("x")).subarray(0, 12).toString("hex"));
    expect(new Set(nonces).size).toBe(500);
  });
});

describe("a file's key", () => {
  it("opens with the master key that wrapped it, for its own file alone", () => {
    const made = newFileKey(recordId);
    expect(openFileKey(recordId, made.wrapped).equals(made.key)).toBe(true);
    expect(() => openFileKey(newId(), made.wrapped)).toThrow();
    const changed = Buffer.from(made.wrapped.wrappedKey);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => openFileKey(recordId, { ...made.wrapped, wrappedKey: changed })).toThrow();
    expect(() => openFileKey(recordId, { ...made.wrapped, keyVersion: 7 })).toThrow("RECORDS_KEY_PREVIOUS");
  });
});
