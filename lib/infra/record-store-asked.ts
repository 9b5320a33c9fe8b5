import "server-only";
import type { ChildProcess } from "node:child_process";
import { z } from "zod";
import { store } from "./record-store";
import {
  type Damage,
  DAMAGES,
  DamagedFile,
  isDamagedFile,
  type SealedReader,
  type SealedShape,
  StoreAway,
} from "./record-store-driver";

/** Tells a reading process to ask its parent for bytes. */
export const ASK = "ask";

/** A wish for sealed bytes of the one file a reading process was asked about. */
const wishSchema = z.object({ wish: z.int(), start: z.int().min(0), end: z.int().min(0) });
type Wish = z.infer<typeof wishSchema>;

/** What the parent answers: the bytes, or why not. */
type Granted = { wish: number } & ({ sealed: Uint8Array } | { damage: Damage } | { away: true });

/** More than one group of a store is never given at once. */
const WISH_BYTES_MAX = 16 * 1_048_576;

export function isWish(said: unknown): said is Wish {
  return wishSchema.safeParse(said).success;
}

/** Gives a reading process sealed bytes of this file. */
export async function grant(
  child: ChildProcess,
  { recordId, sizeBytes, chunkBytes }: SealedShape,
  said: Wish,
) {
  const granted = await bytesOrWhy({ recordId, sizeBytes, chunkBytes }, said);
  // It may have ended meanwhile: its end is heard elsewhere.
  if (child.connected) child.send({ wish: said.wish, ...granted }, () => undefined);
}

async function bytesOrWhy(shape: SealedShape, { start, end }: Wish) {
  try {
    const until = Math.min(end, start + WISH_BYTES_MAX);
    return { sealed: await store().readBody(shape, start, until) };
  } catch (error) {
    return isDamagedFile(error) ? { damage: error.damage } : { away: true };
  }
}

/** What a reading process says of a file that does not open; it is believed no more than that. */
export function damagedFile(recordId: string, said: unknown): DamagedFile {
  return new DamagedFile(recordId, DAMAGES.find((one) => one === said) ?? "changed");
}

/** For a process that may not speak to the store: its parent hands it sealed bytes of its one file. */
export class AskedReader implements SealedReader {
  readonly chunksAtOnce = 8;
  private lastWish = 0;

  async readBody({ recordId }: SealedShape, start: number, end: number): Promise<Buffer> {
    this.lastWish += 1;
    const granted = await this.ask({ wish: this.lastWish, start, end });
    if ("damage" in granted) throw new DamagedFile(recordId, granted.damage);
    if ("away" in granted) throw new StoreAway("The store is away.");
    return Buffer.from(granted.sealed);
  }

  private ask(wish: Wish): Promise<Granted> {
    return new Promise((resolve) => {
      const hear = (answer: Granted) => {
        if (answer.wish !== wish.wish) return;
        process.off("message", hear);
        resolve(answer);
      };
      process.on("message", hear);
      process.send?.(wish);
    });
  }
}
