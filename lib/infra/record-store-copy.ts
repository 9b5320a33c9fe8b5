import "server-only";
import { constants } from "node:fs";
import { copyFile, type FileHandle, open, statfs } from "node:fs/promises";
import path from "node:path";

const PIECE_BYTES = 1_048_576;
/** So that the last sync does not take longer than a writer may be silent. */
const SYNC_BYTES = 32 * PIECE_BYTES;
/** Left to everybody else on the disk. */
const ROOM_BYTES = 64 * 1_048_576;

/** Copies the beginning of a body, durable before it answers; an empty one where there is none. Says that it goes on. */
export async function writeCopy(
  body: string,
  copy: string,
  { bytesMax, touch }: { bytesMax: number; touch: () => void },
): Promise<void> {
  const source = bytesMax === 0 ? null : await openIfThere(body);
  try {
    const bytes = source ? Math.min(bytesMax, (await source.stat()).size) : 0;
    const isCloned = bytes > 0 && (await cloned(body, copy));
    if (!isCloned) await needRoom(path.dirname(copy), bytes);
    const target = await open(copy, isCloned ? "r+" : "w", 0o600);
    try {
      if (isCloned) await target.truncate(bytes);
      else if (source) await copyBytes(source, target, { bytes, touch });
      if (bytes > 0) await target.datasync();
    } finally {
      await target.close();
    }
  } finally {
    await source?.close();
  }
}

async function copyBytes(
  source: FileHandle,
  target: FileHandle,
  { bytes, touch }: { bytes: number; touch: () => void },
): Promise<void> {
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let at = 0; at < bytes;) {
    touch();
    const { bytesRead } = await source.read(piece, 0, Math.min(PIECE_BYTES, bytes - at), at);
    // Somebody made it shorter: what is missing is sent again, or found missing.
    if (bytesRead === 0) return;
    await target.writeFile(piece.subarray(0, bytesRead));
    at += bytesRead;
    if (at % SYNC_BYTES === 0) await target.datasync();
  }
  touch();
}

/** Where the file system can, a copy costs no bytes; false where it cannot, and for every trouble the other way meets too. */
async function cloned(body: string, copy: string): Promise<boolean> {
  try {
    await copyFile(body, copy, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

/** A copy that cannot become whole is not begun: each who asks would fill the disk anew. */
async function needRoom(folder: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + ROOM_BYTES) return;
  throw Object.assign(new Error("There is no room for a copy of a body."), { code: "ENOSPC" });
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
