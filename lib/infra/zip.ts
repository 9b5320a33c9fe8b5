import "server-only";
import { crc32 } from "node:zlib";

/** One file of an archive: its size is known before its bytes come. */
export interface ZipEntry {
  name: string;
  at: Date;
  sizeBytes: number;
  bytes: AsyncIterable<Uint8Array>;
}

interface Written {
  name: Buffer;
  time: number;
  sizeBytes: number;
  crc: number;
  offset: number;
}

const U32 = 0xff_ff_ff_ff;
const U16 = 0xff_ff;
/** Sizes follow the bytes, and names are UTF-8. */
const FLAGS = 0x0808;
const VERSION_64 = 45;
const VERSION = 20;

/**
 * A ZIP archive as it is written, of any size: files are stored as they are (images do not shrink), one after the
 * other, and memory does not grow with them. Beyond 4 GB it uses the ZIP64 fields.
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const file = {
      name: Buffer.from(entry.name),
      time: dosTime(entry.at),
      sizeBytes: entry.sizeBytes,
      crc: 0,
      offset,
    };
    const head = localHeader(file);
    yield head;
    let size = 0;
    for await (const piece of entry.bytes) {
      file.crc = crc32(piece, file.crc);
      size += piece.length;
      yield piece;
    }
    if (size !== entry.sizeBytes) throw new Error("A file of the archive is not as long as announced.");
    const tail = descriptor(file);
    yield tail;
    offset += head.length + size + tail.length;
    written.push(file);
  }
  yield directory(written, offset);
}

/** The same as the body of an answer; whoever stops listening stops the reading. */
export function zipBody(entries: AsyncIterable<ZipEntry>): ReadableStream<Uint8Array> {
  const pieces = zipStream(entries);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

function localHeader(file: Written): Buffer {
  const is64 = file.sizeBytes >= U32;
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(is64 ? VERSION_64 : VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt32LE(file.time, 10);
  if (is64) {
    head.writeUInt32LE(U32, 18);
    head.writeUInt32LE(U32, 22);
  }
  head.writeUInt16LE(file.name.length, 26);
  head.writeUInt16LE(is64 ? 20 : 0, 28);
  // With the sizes after the bytes, the field only says that they will have eight digits.
  return Buffer.concat([head, file.name, is64 ? extra64([0n, 0n]) : Buffer.alloc(0)]);
}

function descriptor({ crc, sizeBytes }: Written): Buffer {
  const is64 = sizeBytes >= U32;
  const tail = Buffer.alloc(is64 ? 24 : 16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  if (is64) {
    tail.writeBigUInt64LE(BigInt(sizeBytes), 8);
    tail.writeBigUInt64LE(BigInt(sizeBytes), 16);
  } else {
    tail.writeUInt32LE(sizeBytes, 8);
    tail.writeUInt32LE(sizeBytes, 12);
  }
  return tail;
}

function extra64(values: readonly bigint[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(value, 4 + index * 8);
  return extra;
}

function centralHeader(file: Written): Buffer {
  const isLarge = file.sizeBytes >= U32;
  const isFar = file.offset >= U32;
  const size = BigInt(file.sizeBytes);
  const values = [...(isLarge ? [size, size] : []), ...(isFar ? [BigInt(file.offset)] : [])];
  const extra = values.length > 0 ? extra64(values) : Buffer.alloc(0);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(VERSION_64, 4);
  head.writeUInt16LE(values.length > 0 ? VERSION_64 : VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt32LE(file.time, 12);
  head.writeUInt32LE(file.crc, 16);
  head.writeUInt32LE(isLarge ? U32 : file.sizeBytes, 20);
  head.writeUInt32LE(isLarge ? U32 : file.sizeBytes, 24);
  head.writeUInt16LE(file.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(isFar ? U32 : file.offset, 42);
  return Buffer.concat([head, file.name, extra]);
}

function directory(files: readonly Written[], offset: number): Buffer {
  const headers = Buffer.concat(files.map(centralHeader));
  const is64 = offset + headers.length >= U32 || files.length >= U16;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(is64 ? U16 : files.length, 8);
  end.writeUInt16LE(is64 ? U16 : files.length, 10);
  end.writeUInt32LE(is64 ? U32 : headers.length, 12);
  end.writeUInt32LE(is64 ? U32 : offset, 16);
  return Buffer.concat([headers, is64 ? end64(files.length, headers.length, offset) : Buffer.alloc(0), end]);
}

function end64(count: number, headersBytes: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(VERSION_64, 12);
  end.writeUInt16LE(VERSION_64, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(headersBytes), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + headersBytes), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** Date and time as DOS wrote them, in UTC, two seconds fine. */
function dosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}
