import "server-only";
import type { Bucket } from "./record-store-bucket";
import { type BodyDriver, DamagedFile, type RecordStore, type SealedShape } from "./record-store-driver";
import { groupAt, groupBytes, groupCount, GROUP_CHUNKS, S3Body } from "./record-store-s3-body";

/** `files/<two hex digits>/<record id>/`: only ids, never a name from outside. */
const prefixOf = (recordId: string) => `files/${recordId.slice(-2)}/${recordId}/`;
const isBodyPart = (name: string) => name.startsWith("group-") || name.startsWith("open-");

/**
 * Objects of an S3-compatible store. A body is one object for each eight sealed chunks, `group-0`, `group-1`, …; the
 * group that an unfinished upload ends in lies in `open-<n>` until it is full.
 */
export class S3Store implements RecordStore {
  readonly chunksAtOnce = GROUP_CHUNKS;

  folderOf(): null {
    return null;
  }

  constructor(private readonly bucket: Bucket) {}

  async readBody(shape: SealedShape, start: number, end: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let at = start; at < end;) {
      const { index, first } = groupAt(shape, at);
      const until = Math.min(end, first + groupBytes(shape, index));
      pieces.push(await this.readGroup(shape, index, { start: at - first, end: until - first }));
      at = until;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  private async readGroup(
    shape: SealedShape,
    index: number,
    range: { start: number; end: number },
  ): Promise<Buffer> {
    const { recordId } = shape;
    const prefix = prefixOf(recordId);
    const full = await this.bucket.get(`${prefix}group-${index}`, range);
    if (full && full.totalBytes > groupBytes(shape, index)) throw new DamagedFile(recordId, "longer");
    const part = full ?? (await this.bucket.get(`${prefix}open-${index}`, range));
    if (!part) throw new DamagedFile(recordId, "gone");
    if (part.bytes.length < range.end - range.start) throw new DamagedFile(recordId, "cut");
    return part.bytes;
  }

  async bodyBytes(shape: SealedShape): Promise<number> {
    const sizes = new Map<string, number>();
    const prefix = prefixOf(shape.recordId);
    for await (const { key, bytes } of this.bucket.list(prefix)) sizes.set(key.slice(prefix.length), bytes);
    let total = 0;
    for (let index = 0; index < groupCount(shape); index += 1) {
      const bytes = sizes.get(`group-${index}`);
      if (bytes !== groupBytes(shape, index)) return total + (bytes ?? sizes.get(`open-${index}`) ?? 0);
      total += bytes;
    }
    return total;
  }

  async openBody(shape: SealedShape): Promise<BodyDriver> {
    return new S3Body(shape, this, {
      put: (name, sealed) => this.put(shape.recordId, name, sealed),
      drop: (names) => this.bucket.delete(names.map((name) => prefixOf(shape.recordId) + name)),
      parts: async () => (await this.all(shape.recordId)).filter(isBodyPart),
    });
  }

  async put(recordId: string, name: string, sealed: Uint8Array): Promise<void> {
    await this.bucket.put(prefixOf(recordId) + name, sealed);
  }

  async get(recordId: string, name: string): Promise<Buffer | null> {
    return (await this.bucket.get(prefixOf(recordId) + name))?.bytes ?? null;
  }

  async names(recordId: string): Promise<string[]> {
    return (await this.all(recordId)).filter((name) => !name.startsWith("group-"));
  }

  private async all(recordId: string): Promise<string[]> {
    const prefix = prefixOf(recordId);
    const objects = await Array.fromAsync(this.bucket.list(prefix));
    return objects.map(({ key }) => key.slice(prefix.length));
  }

  async drop(recordId: string, name: string): Promise<void> {
    await this.bucket.delete([prefixOf(recordId) + name]);
  }

  async remove(recordId: string): Promise<void> {
    const names = await this.all(recordId);
    await this.bucket.delete(names.map((name) => prefixOf(recordId) + name));
  }

  async *ids(part = ""): AsyncGenerator<string> {
    let last = "";
    for await (const { key } of this.bucket.list(`files/${part}`)) {
      const id = key.split("/")[2] ?? "";
      if (id !== last) yield id;
      last = id;
    }
  }

  async check(): Promise<void> {
    await this.bucket.check();
  }
}
