/** The demo world's dice: the same seed throws the same numbers, so that two machines get the same world. */
export class Chance {
  private state: number;

  constructor(name: string) {
    // FNV-1a turns a name into a seed.
    this.state = Array.from(name).reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
      2_166_136_261,
    );
  }

  /** Between 0 and 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.whole(0, from.length - 1)];
    if (found === undefined) throw new Error("There is nothing to pick from.");
    return found;
  }

  /** A UUID version 7 of a fixed moment, so that ids are the same in every demo world of a day. */
  id(at: Date): string {
    const time = at.getTime().toString(16).padStart(12, "0");
    const random = Array.from({ length: 19 }, () => this.whole(0, 15).toString(16)).join("");
    const variant = (8 + this.whole(0, 3)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`;
  }
}
