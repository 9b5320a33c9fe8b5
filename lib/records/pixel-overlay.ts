import type { DataSet } from "dicom-parser";
import { numberOf, textOf } from "./dicom";
import type { DicomImage } from "./pixel-image";
import { wordsOf } from "./pixel-raw";

/** A plane of single points laid over a picture (PS3.3 C.9.2): arrows, letters, the edge of an organ. */
export interface Overlay {
  /** A region covers what lies below it, so its edge alone is drawn. */
  isRegion: boolean;
  /** Where its first point lies on the picture, counted from 0; it may lie outside. */
  left: number;
  top: number;
  columns: number;
  rows: number;
  /** The first image it belongs to, counted from 0, and how many; null where it belongs to all. */
  span: { first: number; count: number } | null;
  /** Packed points of its own, or the bit of each stored value that older machines used for it. */
  points: { bytes: Uint8Array; isTurned: boolean } | { bit: number };
}

const PLANES = 16;

/** The planes that mark anything: those of a copy without the name are blank, and none. */
export function overlaysOf(set: DataSet, image: DicomImage): Overlay[] {
  return Array.from({ length: PLANES }, (_, at) => `x60${(at * 2).toString(16).padStart(2, "0")}`).flatMap(
    (group) => overlayIn(set, group, image) ?? [],
  );
}

function overlayIn(set: DataSet, group: string, image: DicomImage): Overlay | null {
  const [rows, columns] = [set.uint16(`${group}0010`), set.uint16(`${group}0011`)];
  const points = pointsIn(set, group, image);
  if (!rows || !columns || !points) return null;
  const hasOrigin = set.elements[`${group}0050`]?.length === 4;
  const [top, left] = hasOrigin ? [set.int16(`${group}0050`, 0), set.int16(`${group}0050`, 1)] : [1, 1];
  const isRegion = textOf(set, `${group}0040`) === "R";
  const span = "bit" in points ? null : spanOf(set, group);
  return { isRegion, left: (left ?? 1) - 1, top: (top ?? 1) - 1, columns, rows, span, points };
}

function pointsIn(set: DataSet, group: string, image: DicomImage): Overlay["points"] | null {
  const data = set.elements[`${group}3000`];
  if (!data) return bitIn(set, group, image);
  const bytes = set.byteArray.subarray(data.dataOffset, data.dataOffset + data.length);
  // A copy of its own: the header's memory need not stay for it.
  if (!bytes.some((byte) => byte !== 0)) return null;
  return { bytes: Uint8Array.from(bytes), isTurned: image.isBigEndian && data.vr !== "OB" };
}

/** Only a bit that no value uses, of pictures that are neither packed nor coloured. */
function bitIn(set: DataSet, group: string, image: DicomImage): Overlay["points"] | null {
  const bit = set.uint16(`${group}0102`) ?? 0;
  const isFree = bit >= image.bitsStored && bit < image.bitsAllocated;
  return isFree && image.bytes !== null && image.samples === 1 && image.bitsAllocated <= 16 ? { bit } : null;
}

function spanOf(set: DataSet, group: string): Overlay["span"] {
  const count = numberOf(set, `${group}0015`);
  if (count === null) return null;
  return { first: (set.uint16(`${group}0051`) ?? 1) - 1, count };
}

/** Which points of a frame (from 0) are marked, one byte each; null where none is. `packed` are the frame's own bytes. */
export function marksOf(
  overlays: readonly Overlay[],
  image: DicomImage,
  frame: number,
  packed: Uint8Array,
): Uint8Array | null {
  const { rows, columns } = image;
  const here = overlays.filter(({ span }) => isWithin(span, frame));
  if (here.length === 0) return null;
  const marks = new Uint8Array(rows * columns);
  let words: Words | null = null;
  const wordsHere = () => (words ??= wordsOf(packed, image.bitsAllocated, rows * columns, image.isBigEndian));
  for (const overlay of here)
    lay(overlay, { isMarked: marked(overlay, image, frame, wordsHere), rows, columns }, marks);
  return marks.includes(1) ? marks : null;
}

const isWithin = (span: Overlay["span"], frame: number) =>
  span === null || (frame >= span.first && frame < span.first + span.count);

type Words = ReturnType<typeof wordsOf>;
type IsMarked = (x: number, y: number) => boolean;

/** Whether a point of the plane is set, by its place in the plane. What a file leaves out is not set. */
function marked(overlay: Overlay, image: DicomImage, frame: number, wordsHere: () => Words): IsMarked {
  const { points, columns, rows, span } = overlay;
  const isInside = (x: number, y: number) => x >= 0 && y >= 0 && x < columns && y < rows;
  if ("bit" in points) {
    const words = wordsHere();
    return (x, y) =>
      isInside(x, y) && x < image.columns && (((words[y * image.columns + x] ?? 0) >> points.bit) & 1) === 1;
  }
  const before = span === null ? 0 : (frame - span.first) * columns * rows;
  const turn = points.isTurned ? 1 : 0;
  return (x, y) => {
    const at = before + y * columns + x;
    return isInside(x, y) && (((points.bytes[Math.floor(at / 8) ^ turn] ?? 0) >> (at % 8)) & 1) === 1;
  };
}

interface Laid {
  isMarked: IsMarked;
  rows: number;
  columns: number;
}

function lay(
  { left, top, isRegion, ...plane }: Overlay,
  { isMarked, rows, columns }: Laid,
  marks: Uint8Array,
) {
  const isEdge: IsMarked = (x, y) =>
    !isMarked(x - 1, y) || !isMarked(x + 1, y) || !isMarked(x, y - 1) || !isMarked(x, y + 1);
  for (let y = Math.max(0, top); y < Math.min(rows, top + plane.rows); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(columns, left + plane.columns); x += 1) {
      if (!isMarked(x - left, y - top)) continue;
      if (!isRegion || isEdge(x - left, y - top)) marks[y * columns + x] = 1;
    }
  }
}

/** Lays the marks over a drawn picture, white and opaque. */
export function layMarks(rgba: Uint8ClampedArray, marks: Uint8Array | null): Uint8ClampedArray {
  if (marks) for (const [at, mark] of marks.entries()) if (mark === 1) rgba.fill(255, at * 4, at * 4 + 4);
  return rgba;
}
