/** SHA-256 of a file in lower-case hex, in bounded memory. */

const AT_ONCE_BYTES = 16 * 1024 ** 2;
/** A piece takes some milliseconds: the page stays awake between two. */
const PIECE_BYTES = 512 * 1024;

/**
 * Small files are hashed by the browser itself, beside the page. It cannot hash piece by piece, so that a film of
 * gigabytes goes through our own digest. Throws when the file cannot be read (it was moved), or `signal` says stop.
 */
export async function hashOf(file: Blob, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  // Browsers hash for secure pages alone.
  if (file.size <= AT_ONCE_BYTES && "subtle" in crypto) {
    return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
  }
  const digest = new Digest();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    digest.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
    signal.throwIfAborted();
  }
  return digest.hex();
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const BLOCK = 64;
const [K, START] = constants();

/** SHA-256 (FIPS 180-4) that takes its bytes in pieces. For telling files apart, never for secrets. */
export class Digest {
  private readonly state = Int32Array.from(START);
  private readonly words = new Int32Array(64);
  private readonly rest = new Uint8Array(BLOCK);
  private filled = 0;
  private total = 0;

  update(piece: Uint8Array): void {
    this.total += piece.length;
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(BLOCK - this.filled, piece.length);
      this.rest.set(piece.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < BLOCK) return;
      this.mix(this.rest, 0);
      this.filled = 0;
    }
    for (; at + BLOCK <= piece.length; at += BLOCK) this.mix(piece, at);
    this.rest.set(piece.subarray(at));
    this.filled = piece.length - at;
  }

  /** Ends it: nothing may be added afterwards. */
  hex(): string {
    const length = this.total;
    const padding = new Uint8Array((this.filled < 56 ? 56 : 120) - this.filled + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(length / 2 ** 29));
    view.setUint32(padding.length - 4, (length * 8) % 2 ** 32);
    this.update(padding);
    const bytes = new DataView(new ArrayBuffer(32));
    for (const [index, word] of this.state.entries()) bytes.setInt32(index * 4, word);
    return hexOf(new Uint8Array(bytes.buffer));
  }

  private mix(bytes: Uint8Array, from: number): void {
    const { words, state } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, BLOCK);
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(i * 4);
    for (let i = 16; i < 64; i += 1) {
      const early = at(words, i - 15);
      const late = at(words, i - 2);
      const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      words[i] = (at(words, i - 16) + s0 + at(words, i - 7) + s1) | 0;
    }
    let a = at(state, 0);
    let b = at(state, 1);
    let c = at(state, 2);
    let d = at(state, 3);
    let e = at(state, 4);
    let f = at(state, 5);
    let g = at(state, 6);
    let h = at(state, 7);
    for (let i = 0; i < 64; i += 1) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(words, i)) | 0;
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    this.add(0, a, b, c, d);
    this.add(4, e, f, g, h);
  }

  private add(index: number, one: number, two: number, three: number, four: number): void {
    const { state } = this;
    state[index] = at(state, index) + one;
    state[index + 1] = at(state, index + 1) + two;
    state[index + 2] = at(state, index + 2) + three;
    state[index + 3] = at(state, index + 3) + four;
  }
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** Zero beyond the end, where nobody looks. */
function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

/** The first 32 bits of the fractions of the cube roots, and of the square roots, of the first primes. */
function constants(): [Int32Array, Int32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  return [
    Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
}
