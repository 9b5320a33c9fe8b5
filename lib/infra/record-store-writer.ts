import "server-only";
import { randomBytes } from "node:crypto";
import { access, open, readdir, readFile, readlink, rename, rm, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { sha256 } from "./hash";
import { writeCopy } from "./record-store-copy";
import { BodyLost, type BodyTurn } from "./record-store-driver";

/**
 * Whoever writes a body lays a mark beside it, and takes it away when the last write is through. The upload lock alone is
 * not enough: a process that stood still for minutes may have lost it without hearing of it, and what waited in its threads
 * is written when it wakes. So the next writer takes a mark it finds away, and goes on in a copy of the body where the
 * one before may still hold the old one open. Until that copy lies in the body's place the mark stays, under another name:
 * whoever comes after a copy that failed must know of it too.
 */
const MARK = /^(?:taken\.)?writer\.([0-9a-f]{16})\.(\d+)\.([0-9a-f]{16})\.\d+$/;
const TAKEN = "taken.";

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

export interface Opening {
  isFresh: boolean;
  /** What lies behind them in the body does not count. */
  keptBytes: number;
  turn?: BodyTurn | undefined;
}

export class BodyMark {
  private constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  /** Lays our mark into the folder. Afterwards nobody who wrote there before can change a byte of the body. */
  static async lay(folder: string, opening: Opening): Promise<BodyMark> {
    place ??= ownPlace();
    const here = await place;
    const own = ownRun();
    own.bodies += 1;
    // Looked at first: a mark that comes later is of one who drew the upload after us, or of one who is refused.
    const seen = opening.isFresh ? [] : await readdir(folder);
    const mark = new BodyMark(folder, `writer.${here}.${process.pid}.${own.run}.${own.bodies}`);
    await (await open(mark.at(), "wx", 0o600)).close();
    try {
      if (!opening.isFresh) await mark.takeOver(seen, here, opening);
      return mark;
    } catch (error) {
      await mark.remove();
      throw error;
    }
  }

  private at(name = this.name): string {
    return path.join(this.folder, name);
  }

  private async takeOver(seen: string[], here: string, { keptBytes, turn }: Opening): Promise<void> {
    // Asked while our mark lies there: whoever draws the upload after the answer finds it.
    await turn?.confirm();
    const others = await this.takeMarks(seen);
    // A file of one chunk is kept without a mark: where nothing of a body counts, nobody is to write on in it.
    const mayChange = keptBytes === 0 || others.some((name) => mayStillWrite(name, here));
    if (mayChange) await this.replaceBody(keptBytes, turn);
    for (const name of others) await rm(this.at(name), { force: true });
  }

  /** Answers the marks under their new names. What their writers were sure of before lies in the body that is copied then. */
  private async takeMarks(seen: string[]): Promise<string[]> {
    const others = seen.filter((name) => name.startsWith(TAKEN));
    for (const name of seen.filter((one) => one.startsWith("writer."))) {
      if (MARK.test(name) && (await moved(this.at(name), this.at(TAKEN + name)))) others.push(TAKEN + name);
      // A copy that is not in its place yet must never come there.
      await rm(this.at(MARK.test(name) ? `${name}.copy` : name), { force: true });
    }
    return others;
  }

  private async replaceBody(keptBytes: number, turn?: BodyTurn): Promise<void> {
    const copy = this.at(`${this.name}.copy`);
    try {
      await writeCopy(this.at("body"), copy, { bytesMax: keptBytes, touch: () => turn?.touch() });
      // Whoever takes our mark away after this takes the copy away as well.
      await this.check();
      if (!(await moved(copy, this.at("body")))) throw new BodyLost("Another writer took this body over.");
    } catch (error) {
      await rm(copy, { force: true });
      throw error;
    }
  }

  /** Throws when somebody else writes the body by now. What was durable before is in theirs too. */
  async check(): Promise<void> {
    try {
      await access(this.at());
    } catch (cause) {
      throw isMissing(cause) ? new BodyLost("Another writer took this body over.", { cause }) : cause;
    }
  }

  async remove(): Promise<void> {
    try {
      await unlink(this.at());
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Taken away meanwhile, but nothing of ours is under way any more.
      await rm(this.at(TAKEN + this.name), { force: true });
    }
  }
}

/** False only when the process that laid the mark is known to be gone. */
function mayStillWrite(name: string, here: string): boolean {
  const [, there, pid, run] = MARK.exec(name) ?? [];
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

/** False when it was not there any more. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
