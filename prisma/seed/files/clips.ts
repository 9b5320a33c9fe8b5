import { makeDicom } from "./dicom";
import { drawScene, type View } from "./scene";

/** Whose study a clip pretends to be. */
export interface Whose {
  name: string;
  /** "1950-01-01". */
  born: string;
  /** "2026-09-01". */
  examined: string;
  /** Five digits that tell studies apart. */
  study: number;
}

const STAND_IN = { name: "~".repeat(48), birth: "19010101", study: "19020202", number: 31_337 };
const HEADER_BYTES = 3_000;
const drawn = new Map<View, Promise<Buffer>>();

/** A clip of one view under this patient's name. Each view is drawn and compressed once; only its header is rewritten. */
export async function clipOf(view: View, whose: Whose): Promise<Buffer> {
  const found = drawn.get(view) ?? drawClip(view);
  drawn.set(view, found);
  const clip = Buffer.from(await found);
  const [given = "", ...family] = whose.name.split(" ");
  replace(clip, STAND_IN.name, padded(`${family.join(" ")}^${given}`));
  replace(clip, STAND_IN.birth, Buffer.from(whose.born.replaceAll("-", "")));
  replace(clip, STAND_IN.study, Buffer.from(whose.examined.replaceAll("-", "")));
  replace(clip, `${STAND_IN.number}0`, Buffer.from(`${whose.study}0`));
  return clip;
}

function drawClip(view: View): Promise<Buffer> {
  return makeDicom({
    patientName: STAND_IN.name,
    birthDate: STAND_IN.birth,
    studyDate: STAND_IN.study,
    study: STAND_IN.number,
    depthCm: 16,
    ...{ frames: 14, width: 240, height: 180, compressed: true, draw: drawScene(view) },
    description: "SYNTHETIC - not a patient",
  });
}

/** One CT slice under this patient's name. */
export function sliceOf(whose: Whose): Promise<Buffer> {
  const [given = "", ...family] = whose.name.split(" ");
  return makeDicom({
    modality: "CT",
    patientName: `${family.join(" ")}^${given}`,
    birthDate: whose.born.replaceAll("-", ""),
    studyDate: whose.examined.replaceAll("-", ""),
    ...{ study: whose.study, width: 256, height: 256, sliceMm: 0.75 },
  });
}

/** DICOM fills names up with blanks. */
function padded(name: string): Buffer {
  const filled = Buffer.alloc(STAND_IN.name.length, 0x20);
  Buffer.from(name).copy(filled);
  return filled;
}

function replace(clip: Buffer, what: string, by: Buffer): void {
  const header = clip.subarray(0, HEADER_BYTES);
  for (let found = header.indexOf(what); found >= 0; found = header.indexOf(what, found + by.length)) {
    by.copy(clip, found);
  }
}
