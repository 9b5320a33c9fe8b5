/** What the directory at the end of a zip says about one file in it. Names are read, never used as paths. */
export interface ArchiveEntry {
  name: string;
  isLocked: boolean;
  /** Points somewhere else instead of holding bytes of its own. */
  isLink: boolean;
  method: number;
  /** CRC-32 of the plain bytes. */
  crc: number;
  packedBytes: number;
  plainBytes: number;
  /** Where the entry's own header begins. */
  headerAt: number;
}

export interface ArchiveEnd {
  entries: number;
  directoryAt: number;
  directoryBytes: number;
}

export const ENTRIES_MAX = 20_000;
export const RATIO_MAX = 100;
const PLAIN_BYTES_MAX = 64 * 1024 ** 3;
const RATIO_COUNTS_FROM = 10 * 1024 ** 2;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
export const STORED = 0;
export const DEFLATED = 8;
const UNIX = 3;
const LINK_MODE = 0xa000;

/** How many bytes from a file's end surely hold the end record, with the longest comment. */
export const ARCHIVE_TAIL_BYTES = 22 + 65_535 + 20 + 56;
export const LOCAL_HEADER_BYTES = 30;

/** Reads the end record from the last bytes of a file, `tailAt` being where they begin in it. */
export function readArchiveEnd(tail: Uint8Array, tailAt: number): ArchiveEnd | null {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    // What follows the end record is its comment and nothing else: a second directory might hide there.
    if (at + 22 + view.getUint16(at + 20, true) !== tail.length) continue;
    const end = {
      entries: view.getUint16(at + 10, true),
      directoryBytes: view.getUint32(at + 12, true),
      directoryAt: view.getUint32(at + 16, true),
    };
    const isLarge =
      end.entries === 0xffff || end.directoryAt === 0xffffffff || end.directoryBytes === 0xffffffff;
    if (isLarge) return readLargeEnd(view, at, tailAt);
    // Nothing lies between the directory and its end, but for a record of sizes some write without need.
    const after = end.directoryAt + end.directoryBytes - tailAt;
    const isTight = after === at || (after >= 0 && after + 4 <= at && view.getUint32(after, true) === END64);
    return isTight ? end : null;
  }
  return null;
}

function readLargeEnd(view: DataView, endAt: number, tailAt: number): ArchiveEnd | null {
  const locatorAt = endAt - 20;
  if (locatorAt < 0 || view.getUint32(locatorAt, true) !== LOCATOR64) return null;
  const at = Number(view.getBigUint64(locatorAt + 8, true)) - tailAt;
  if (at < 0 || at + 56 > view.byteLength || view.getUint32(at, true) !== END64) return null;
  return {
    entries: Number(view.getBigUint64(at + 32, true)),
    directoryBytes: Number(view.getBigUint64(at + 40, true)),
    directoryAt: Number(view.getBigUint64(at + 48, true)),
  };
}

/** Every entry of the directory; null when it is damaged. Folders are left out. */
export function readDirectory(bytes: Uint8Array, count: number): ArchiveEntry[] | null {
  const view = viewOf(bytes);
  const entries: ArchiveEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.length) return null;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    if (!name.endsWith("/"))
      entries.push(entryAt(view, at, name, { at: at + 46 + nameBytes, bytes: extraBytes }));
    at = next;
  }
  return entries;
}

function entryAt(
  view: DataView,
  at: number,
  name: string,
  extra: { at: number; bytes: number },
): ArchiveEntry {
  const sizes = {
    plainBytes: view.getUint32(at + 24, true),
    packedBytes: view.getUint32(at + 20, true),
    headerAt: view.getUint32(at + 42, true),
  };
  return {
    name,
    isLocked: (view.getUint16(at + 8, true) & 1) === 1,
    isLink: view.getUint8(at + 5) === UNIX && (view.getUint16(at + 40, true) & 0xf000) === LINK_MODE,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    ...largeSizes(view, extra, sizes),
  };
}

type Sizes = Pick<ArchiveEntry, "plainBytes" | "packedBytes" | "headerAt">;

/** Sizes beyond 4 GiB stand in an extra field, only those that did not fit, in this order. */
function largeSizes(view: DataView, extra: { at: number; bytes: number }, sizes: Sizes): Sizes {
  const large = { ...sizes };
  const end = extra.at + extra.bytes;
  for (let at = extra.at; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let value = at + 4;
    for (const field of ["plainBytes", "packedBytes", "headerAt"] as const) {
      if (sizes[field] !== 0xffffffff || value + 8 > end) continue;
      large[field] = Number(view.getBigUint64(value, true));
      value += 8;
    }
  }
  return large;
}

/** Where an entry's packed bytes begin, told by its own header. Null when that is damaged, or tells another story. */
export function packedBytesAt(localHeader: Uint8Array, { headerAt, method }: ArchiveEntry): number | null {
  if (localHeader.length < LOCAL_HEADER_BYTES) return null;
  const view = viewOf(localHeader);
  if (view.getUint32(0, true) !== LOCAL || view.getUint16(8, true) !== method) return null;
  return headerAt + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

export type ArchiveFault =
  | "locked_archive"
  | "nested_archive"
  | "overfull_archive"
  | "inflated_archive"
  | "broken_archive"
  | "unusual_archive";

const ARCHIVES = /\.(zip|zipx|7z|rar|gz|tgz|bz2|xz|tar|iso|cab|apk|lzh|arj)$/i;

/** Caps that hold before anything is unpacked. `directoryAt` is where the entries end and the directory begins. */
export function archiveFault(entries: readonly ArchiveEntry[], directoryAt: number): ArchiveFault | null {
  if (entries.length > ENTRIES_MAX) return "overfull_archive";
  if (entries.some((entry) => entry.isLocked)) return "locked_archive";
  if (entries.some((entry) => ARCHIVES.test(entry.name))) return "nested_archive";
  if (overlaps(entries, directoryAt)) return "broken_archive";
  if (entries.some((entry) => ![STORED, DEFLATED].includes(entry.method))) return "unusual_archive";
  const all = sumOf(entries);
  return all.plainBytes > PLAIN_BYTES_MAX || isBomb(all) || entries.some(isBomb) ? "inflated_archive" : null;
}

type Weight = Pick<ArchiveEntry, "plainBytes" | "packedBytes">;

function isBomb({ plainBytes, packedBytes }: Weight): boolean {
  return plainBytes > RATIO_COUNTS_FROM && plainBytes > packedBytes * RATIO_MAX;
}

function sumOf(entries: readonly Weight[]): Weight {
  return {
    plainBytes: entries.reduce((total, entry) => total + entry.plainBytes, 0),
    packedBytes: entries.reduce((total, entry) => total + entry.packedBytes, 0),
  };
}

/** Entries that share their bytes unfold to far more than any sum of sizes tells. */
function overlaps(entries: readonly ArchiveEntry[], directoryAt: number): boolean {
  const inOrder = entries.toSorted((one, other) => one.headerAt - other.headerAt);
  return inOrder.some((entry, index) => {
    const next = inOrder[index + 1]?.headerAt ?? directoryAt;
    return entry.headerAt + LOCAL_HEADER_BYTES + entry.packedBytes > next;
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
