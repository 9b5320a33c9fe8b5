/** A file and what may become of it. */
export interface Sample {
  name: string;
  bytes: Buffer;
  /** `either`: damaged at random, it may still be a good file; taken, it must truly open. */
  right: "refused" | "either" | "taken";
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  next(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  bytes(size: number): Buffer {
    return Buffer.from(Array.from({ length: size }, () => this.next(256)));
  }
}

/** A copy with some bytes thrown over, never the first ones that name its kind. */
export function fuzzed(bytes: Buffer, dice: Dice, from: number, count: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 0; n < count; n += 1) copy[from + dice.next(copy.length - from)] = dice.next(256);
  return copy;
}

export const refused = (name: string, bytes: Buffer): Sample => ({ name, bytes, right: "refused" });
export const either = (name: string, bytes: Buffer): Sample => ({ name, bytes, right: "either" });
export const taken = (name: string, bytes: Buffer): Sample => ({ name, bytes, right: "taken" });
