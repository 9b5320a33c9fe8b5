import { readFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";

/** A file somebody else made, and what dcmtk draws of one of its frames. */
export interface ForeignFile {
  name: string;
  /** From 1. */
  frame: number;
  bytes: Uint8Array;
  /** How far a point may differ: nought, or one where both round to different sides. */
  tolerance: number;
  /** Of the drawn bytes, grey or RGB. */
  sha256: string;
  /** The drawn bytes themselves, where a point may differ. */
  drawn: Uint8Array | null;
}

const ZIP = path.join(import.meta.dirname, "third-party-dicom.zip");
let kept: Record<string, Uint8Array> | null = null;

/** Files of pydicom and what dcmtk and gdcm make of them; `node tests/support/pack-dicom.mjs` renews them. */
export function foreignFiles(): ForeignFile[] {
  const manifest = JSON.parse(Buffer.from(foreignBytes("manifest.json")).toString()) as Record<
    string,
    Pick<ForeignFile, "frame" | "tolerance" | "sha256">
  >;
  return Object.entries(manifest).map(([name, told]) => ({
    name,
    ...told,
    bytes: foreignBytes(`${name}.dcm`),
    drawn: told.tolerance > 0 ? foreignBytes(`${name}.pnm`) : null,
  }));
}

export function foreignBytes(entry: string): Uint8Array {
  kept ??= unzipSync(readFileSync(ZIP));
  const found = kept[entry];
  if (!found) throw new Error(`${entry} is not among the third-party files.`);
  return found;
}
