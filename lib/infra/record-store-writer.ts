import "server-only";
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, copyFile, open, readdir, readFile, readlink, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { sha256 } from "./hash";
import { BodyLost } from "./record-store-driver";

/**
 * Whoever writes a body lays a mark beside it, and takes it away when the last write is through. The upload lock alone is
 * not enough: a process that stood still for minutes may have lost it without hearing of it, and what waited in its threads
 * is written when it wakes. So the next writer takes a mark it finds away, and goes on in a copy of the body where the
 * one before may still hold the old one open.
 */
const MARK = /^writer\.([0-9a-f]{16})\.(\d+)\.([0-9a-f]{16})\.\d+$/;

const shared = globalThis as typeof globalThis & {
  /** Of this run of the process, and how many bodies it has opened. */
  valviaWriter?: { run: string; bodies: number };
};

function ownRun() {
  shared.valviaWriter ??= { run: randomBytes(8).toString("hex"), bodies: 0 };
  return shared.valviaWriter;
}

/** Where the number of a process means one process: this start of this machine, and this container on it. */
async function ownPlace(): Promise<string> {
  const known = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
    readlink("/proc/self/ns/pid").catch(() => ""),
  ]);
  return sha256([hostname(), ...known].join("\n")).slice(0, 16);
}

let place: Promise<string> | null = null;

export class BodyMark {
  private constructor(private readonly mark: string) {}

  /** Lays our mark into the folder. Afterwards nobody who wrote there before can change a byte of the body. */
  static async lay(
    folder: string,
    { isFresh, keptBytes }: { isFresh: boolean; keptBytes: number },
  ): Promise<BodyMark> {
    place ??= ownPlace();
    const here = await place;
    const own = ownRun();
    own.bodies += 1;
    const others = isFresh ? [] : (await readdir(folder)).filter((name) => name.startsWith("writer."));
    // First their marks: what they were sure of before lies in the body that is copied then.
    for (const name of others) await rm(path.join(folder, name), { force: true });
    const mark = path.join(folder, `writer.${here}.${process.pid}.${own.run}.${own.bodies}`);
    await (await open(mark, "wx", 0o600)).close();
    try {
      const body = path.join(folder, "body");
      if (others.some((name) => mayStillWrite(name, here))) await replaceByCopy(body, `${mark}.copy`);
      else if (!isFresh && keptBytes === 0) await rm(body, { force: true });
      return new BodyMark(mark);
    } catch (error) {
      await rm(mark, { force: true });
      throw error;
    }
  }

  /** Throws when somebody else writes the body by now. What was durable before is in theirs too. */
  async check(): Promise<void> {
    try {
      await access(this.mark);
    } catch (cause) {
      throw isMissing(cause) ? new BodyLost("Another writer took this body over.", { cause }) : cause;
    }
  }

  async remove(): Promise<void> {
    await rm(this.mark, { force: true });
  }
}

/** False only when the process that laid the mark is known to be gone. */
function mayStillWrite(name: string, here: string): boolean {
  const [, there, pid, run] = MARK.exec(name) ?? [];
  // A copy that was not finished: its writer's own mark tells.
  if (there === undefined) return false;
  if (there !== here) return true;
  return Number(pid) === process.pid ? run === ownRun().run : isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Where the file system can, the copy costs no bytes. It is whole and durable before it takes the body's place. */
async function replaceByCopy(body: string, copy: string): Promise<void> {
  try {
    await copyFile(body, copy, constants.COPYFILE_FICLONE);
    const handle = await open(copy, "r+");
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(copy, body);
  } catch (error) {
    await rm(copy, { force: true });
    // The one before got no further than its mark.
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
