import type { Study, StudyFile } from "./study";
import type { RecordView } from "./views/record";

/** What is told of a whole examination, not of one of its files. */
export type StudyNote =
  | { code: "thick"; sliceMm: number }
  | { code: "thin"; sliceMm: number }
  | { code: "stills"; count: number }
  | { code: "loops"; count: number; perSecond: number }
  | { code: "loopsOnly"; count: number };

/** The heart team measures on slices of this or less. Millimetres. */
export const NEEDED_SLICE_MM = 1;

/** What the heart team can do with an examination, as far as its headers tell. */
export function studyNotes(study: Study<StudyFile>): StudyNote[] {
  return [...sliceNotes(study), ...loopNotes(study)];
}

/** The thinnest series counts: a study holds the same body several times. */
function sliceNotes({ series }: Study<StudyFile>): StudyNote[] {
  const slices = series.flatMap(({ modality, sliceMm }) =>
    modality === "CT" && sliceMm !== null ? [sliceMm] : [],
  );
  if (slices.length === 0) return [];
  const sliceMm = Math.min(...slices);
  return [{ code: sliceMm > NEEDED_SLICE_MM ? "thick" : "thin", sliceMm }];
}

function loopNotes({ series }: Study<StudyFile>): StudyNote[] {
  const pictures = series.filter(({ modality }) => modality === "US").flatMap(({ instances }) => instances);
  if (pictures.length === 0) return [];
  const loops = pictures.filter(({ frameCount }) => (frameCount ?? 1) > 1);
  if (loops.length === 0) return [{ code: "stills", count: pictures.length }];
  const times = loops.flatMap(({ header }) => header?.frameTimeMs ?? []).filter((time) => time > 0);
  if (times.length === 0) return [{ code: "loopsOnly", count: loops.length }];
  return [{ code: "loops", count: loops.length, perSecond: Math.round(1_000 / Math.max(...times)) }];
}

/** How many photos there are where nobody sent moving pictures of the heart; null where that is no question. */
export function photosInsteadOfLoops(
  records: readonly Pick<RecordView, "kind" | "state" | "frameCount" | "header" | "item">[],
): number | null {
  const good = records.filter(({ state }) => state === "readable" || state === "accepted");
  const hasLoops = good.some(
    ({ kind, header, frameCount }) =>
      kind === "dicom_archive" || (kind === "dicom" && header?.modality === "US" && (frameCount ?? 1) > 1),
  );
  const photos = good.filter(({ kind, item }) => kind === "image" && (item === null || ECHO.includes(item)));
  return !hasLoops && photos.length > 0 ? photos.length : null;
}

const ECHO = ["tte_report", "tte_loops", "tee_loops"];

export interface FindingCount {
  finding: RecordView["findings"][number];
  files: number;
}

/** What the check saw, each once, with how many files it was seen in. */
export function countFindings(files: readonly Pick<RecordView, "findings">[]): FindingCount[] {
  const all = files.flatMap(({ findings }) => findings);
  const groups = Map.groupBy(all, ({ code, clearedOn }) => `${code} ${clearedOn === null}`);
  return [...groups.values()].flatMap((found) =>
    found[0] ? [{ finding: found[0], files: found.length }] : [],
  );
}
