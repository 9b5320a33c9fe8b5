interface Mark {
  sentBytes: number;
  atMs: number;
}

const LOOK_BACK_MS = 15_000;
const NEEDED_MS = 2_000;

/** How fast files go, of the last seconds: a line that has become slow is believed soon. */
export class Pace {
  private marks: Mark[] = [];

  /** Bytes a second, or null while too little was seen to say. `atMs` only has to grow. */
  after(sentBytes: number, atMs: number): number | null {
    const last = this.marks.at(-1);
    // A file taken out of the queue takes what was sent of it along: begin again.
    if (last && sentBytes < last.sentBytes) this.marks = [];
    this.marks.push({ sentBytes, atMs });
    this.marks = this.marks.filter((mark) => atMs - mark.atMs <= LOOK_BACK_MS);
    const [first] = this.marks;
    if (!first || atMs - first.atMs < NEEDED_MS || sentBytes === first.sentBytes) return null;
    return ((sentBytes - first.sentBytes) / (atMs - first.atMs)) * 1_000;
  }

  /** Nothing is on its way: the time that passes now tells nothing. */
  stop(): null {
    this.marks = [];
    return null;
  }
}

/** Whole minutes the rest takes, rounded up once it takes more than one; null while the pace is not known. */
export function minutesLeft(restBytes: number, bytesPerSecond: number | null): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  const seconds = restBytes / bytesPerSecond;
  return seconds < 60 ? 0 : Math.ceil(seconds / 60);
}
