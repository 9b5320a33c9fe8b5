import "server-only";
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "./env";
import { newFileKey, openFileKey, type WrappedKey } from "./record-store-key";
import { newSealSeed, openChunk, sealChunk } from "./record-store-seal";

/** `<VALVIA_DATA>/documents/<two hex digits>/<id>`: only ids, never a name from outside. */
function pathOf(id: string): string {
  return path.join(/* turbopackIgnore: true */ env().VALVIA_DATA, "documents", id.slice(-2), id);
}

const place = (id: string) => ({ recordId: id, index: 0, kind: "last" as const });

/** Writes a small file, sealed under a key of its own, durable before it answers. The key goes into the row. */
export async function writeSealedFile(id: string, plain: Uint8Array): Promise<WrappedKey> {
  const { key, wrapped } = newFileKey(id);
  const target = pathOf(id);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const fresh = `${target}.${randomBytes(6).toString("hex")}`;
  const handle = await open(/* turbopackIgnore: true */ fresh, "wx", 0o600);
  try {
    await handle.writeFile(Buffer.concat(sealChunk(key, newSealSeed(), place(id), plain)));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, target);
  const folder = await open(path.dirname(target), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return wrapped;
}

/** The plain bytes. Throws when one bit was changed, or the file is another one. */
export async function readSealedFile(
  id: string,
  wrapped: { wrappedKey: Uint8Array; keyVersion: number },
): Promise<Buffer> {
  return openChunk(openFileKey(id, wrapped), place(id), await readFile(pathOf(id)));
}

export async function removeSealedFile(id: string): Promise<void> {
  await rm(pathOf(id), { force: true });
}
