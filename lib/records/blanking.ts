import dicomParser, { type DataSet } from "dicom-parser";

/** Bytes to lay over a file at one place; as many as were there, so that nothing else moves. */
export interface Blank {
  at: number;
  bytes: Uint8Array;
}

/**
 * Who the patient is and who wrote about them, after the basic profile of PS3.15 E: names, numbers, dates of birth,
 * addresses, institutions, remarks. The UIDs stay, or a study would fall apart; so do the examination's own dates.
 */
const PERSONAL = new Set([
  "x00080050", // Accession number
  "x00080080", // Institution
  "x00080081",
  "x00080090", // Referring physician
  "x00080092",
  "x00080094",
  "x00081010", // Station
  "x00081040",
  "x00081048", // Physicians and operators
  "x00081050",
  "x00081060",
  "x00081070",
  "x00100010", // Patient's name, number, birth
  "x00100020",
  "x00100021",
  "x00100030",
  "x00100032",
  "x00101000",
  "x00101001",
  "x00101005",
  "x00101040", // Address
  "x00101060",
  "x00102154",
  "x00102180",
  "x001021b0",
  "x00104000", // Remarks
  "x00200010",
  "x00204000",
  "x00321032",
  "x00321033",
  "x00400006",
  "x00401001",
  "x00401010",
  "x00402008", // Orders: who entered them, who is called back
  "x00402009",
  "x00402010",
  "x00402016",
  "x00402017",
  "x0040a027", // Who verified, wrote and observed a report
  "x0040a075",
  "x0040a123",
  "x0040a124",
  "x00400253",
  "x00081049",
  "x00081062",
  "x00081072",
  "x00101050", // Insurance, rank, service, country, religion
  "x00101080",
  "x00101081",
  "x00101090",
  "x00102150",
  "x00102152",
  "x00102155",
  "x00102160",
  "x001021f0",
  "x00102297", // Whoever answers for the patient
  "x00380010", // Admission and where the patient lives
  "x00380014",
  "x00380400",
  "x00380500",
  "x00700084",
  "x300e0008",
]);
const SPACE = 0x20;
const PIXEL_DATA = "x7fe00010";

/** What to lay over the beginning of a DICOM file so that it no longer says whose it is; null when it cannot be read. */
export function blanksOf(head: Uint8Array): Blank[] | null {
  try {
    return blanksIn(dicomParser.parseDicom(head, { untilTag: PIXEL_DATA }));
  } catch {
    // A header we cannot read to its end might name the patient in the part we did not see.
    return null;
  }
}

function blanksIn(set: DataSet): Blank[] {
  return Object.values(set.elements).flatMap((element) => {
    if (element.tag === PIXEL_DATA) return [];
    if (element.items) return element.items.flatMap((item) => (item.dataSet ? blanksIn(item.dataSet) : []));
    const isPrivate = Number.parseInt(element.tag.slice(1, 5), 16) % 2 === 1;
    if ((!isPrivate && !PERSONAL.has(element.tag)) || element.length === 0) return [];
    return [{ at: element.dataOffset, bytes: blankOf(element.tag, element.length) }];
  });
}

/** A day must stay a day: the birth becomes the first of 1900. Everything else becomes spaces. */
function blankOf(tag: string, length: number): Uint8Array {
  const isBirth = tag === "x00100030" && length === 8;
  return isBirth ? new TextEncoder().encode("19000101") : new Uint8Array(length).fill(SPACE);
}

/** Lays blanks over a piece of the file that begins at `from`, in place. */
export function layOver(piece: Uint8Array, from: number, blanks: readonly Blank[]): void {
  for (const { at, bytes } of blanks) {
    const start = Math.max(at, from);
    const end = Math.min(at + bytes.length, from + piece.length);
    if (start < end) piece.set(bytes.subarray(start - at, end - at), start - from);
  }
}

/** The room before a DICOM header, where a program could hide. */
export const PREAMBLE: Blank = { at: 0, bytes: new Uint8Array(128) };
