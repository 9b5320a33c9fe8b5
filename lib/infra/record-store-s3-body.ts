import "server-only";
import { type BodyDriver, sealedBytes, type SealedReader, type SealedShape } from "./record-store-driver";
import { SEAL_BYTES } from "./record-store-seal";

/** One object holds so many chunks: large enough to be few, small enough to go in one request. */
export const GROUP_CHUNKS = 8;
const PUTS_AT_ONCE = 2;

const fullGroupBytes = ({ chunkBytes }: SealedShape) => GROUP_CHUNKS * (chunkBytes + SEAL_BYTES);

export function groupCount(shape: SealedShape): number {
  return Math.ceil(sealedBytes(shape) / fullGroupBytes(shape));
}

/** The last group of a file is as long as what is left. */
export function groupBytes(shape: SealedShape, index: number): number {
  return Math.min(fullGroupBytes(shape), sealedBytes(shape) - index * fullGroupBytes(shape));
}

/** The group a sealed byte lies in, and where that group begins. */
export function groupAt(shape: SealedShape, position: number): { index: number; first: number } {
  const index = Math.floor(position / fullGroupBytes(shape));
  return { index, first: index * fullGroupBytes(shape) };
}

/** The objects of one record. */
export interface Objects {
  put(name: string, sealed: Uint8Array): Promise<void>;
  drop(names: string[]): Promise<void>;
  /** The names of all objects that are parts of the body. */
  parts(): Promise<string[]>;
}

interface Group {
  index: number;
  first: number;
  bytes: Buffer;
  /** How many of its bytes are there, from its beginning. */
  filled: number;
}

/** Gathers sealed chunks, which come in order, into groups and sends each group when it is full. */
export class S3Body implements BodyDriver {
  readonly fd = null;
  readonly directFd = null;
  /** Asking would cost as much as what it saves. */
  readonly isFresh = false;
  private group: Group | null = null;
  private readonly spare: Buffer[] = [];
  private readonly sending = new Map<number, Promise<void>>();
  private last: Promise<void> = Promise.resolve();
  private failure: { error: unknown } | null = null;
  /** Sealed bytes kept so far in this session, counted from the beginning of the body. */
  private written = 0;

  constructor(
    private readonly shape: SealedShape,
    private readonly reader: SealedReader,
    private readonly objects: Objects,
  ) {}

  /** One after the other: the first chunk of a session may have to wait for what the store has of its group. */
  keep(position: number, sealed: Uint8Array): Promise<void> {
    const turn = this.last.then(() => this.take(position, sealed));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async take(position: number, sealed: Uint8Array): Promise<void> {
    const group = this.group ?? (await this.begin(position));
    if (position !== group.first + group.filled) throw new Error("Sealed chunks came out of order.");
    group.bytes.set(sealed, group.filled);
    group.filled += sealed.length;
    this.written = position + sealed.length;
    if (group.filled < group.bytes.length) return;
    this.group = null;
    this.send(group);
    while (this.sending.size >= PUTS_AT_ONCE) await Promise.race(this.sending.values());
    this.throwFailure();
  }

  /** Goes on in the middle of a group with what lies in the store of it already. */
  private async begin(position: number): Promise<Group> {
    const { index, first } = groupAt(this.shape, position);
    const length = groupBytes(this.shape, index);
    const used = this.spare.pop();
    const bytes = used?.length === length ? used : Buffer.allocUnsafeSlow(length);
    const group = { index, first, bytes, filled: position - first };
    this.group = group;
    if (group.filled > 0) bytes.set(await this.reader.readBody(this.shape, first, position));
    return group;
  }

  private send({ index, bytes }: Group): void {
    const work = this.objects.put(`group-${index}`, bytes).then(
      () => void this.spare.push(bytes),
      (error: unknown) => void (this.failure ??= { error }),
    );
    this.sending.set(index, work);
    void work.then(() => this.sending.delete(index));
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  private async arrived(): Promise<void> {
    await Promise.all(this.sending.values());
    this.throwFailure();
  }

  async sync(written: number): Promise<number> {
    await this.arrived();
    return Math.min(written, this.group ? this.group.first : this.written);
  }

  async settle(): Promise<void> {
    await this.arrived();
    const { group } = this;
    // A copy in an object of its own: whatever comes late can never lie over a full group.
    if (group) await this.objects.put(`open-${group.index}`, group.bytes.subarray(0, group.filled));
  }

  async cut(position: number): Promise<void> {
    const { index, first } = groupAt(this.shape, position);
    const parts = await this.objects.parts();
    const indexOf = (name: string) => Number(name.split("-")[1]);
    if (position > first && parts.some((name) => indexOf(name) === index))
      await this.objects.put(`open-${index}`, await this.reader.readBody(this.shape, first, position));
    const keep = position > first ? `open-${index}` : null;
    await this.objects.drop(parts.filter((name) => indexOf(name) >= index && name !== keep));
  }

  async close(): Promise<void> {
    await Promise.all(this.sending.values());
  }
}
