import { mayBeOpened } from "./record";
import { groupStudies, type Series, type Study } from "./study";
import type { RecordView } from "./views/record";

/** What lies on top of each other in the viewer and is gone through by one slider. */
export interface Stack {
  /** Id of its first file; no two stacks share one. */
  key: string;
  kind: StackKind;
  modality: string | null;
  title: string | null;
  /** How long one image stands when it plays, in milliseconds; null for what is not a film. */
  frameMs: number | null;
  files: StackFile[];
}

/** Images decoded here, curves of an ECG, pages drawn on the server, a film the browser plays itself. */
export type StackKind = "frames" | "curves" | "pages" | "video";

export interface StackFile {
  id: string;
  name: string;
  sizeBytes: number;
  /** Images or pages in it. */
  images: number;
}

export interface StackGroup {
  /** Null for papers and photos. */
  study: string | null;
  title: string | null;
  examOn: string | null;
  modalities: string[];
  stacks: Stack[];
}

/** So many files of a case the viewer knows at once: three CT studies, slice by slice. */
export const SHOWN_MAX = 4_000;

/** What a film that tells no speed of its own is played at: ten frames a second. */
const USUAL_FRAME_MS = 100;
/** Films of the heart; CT and MR are stacks one steps through. */
const FILMS: readonly (string | null)[] = ["US", "IVUS", "XA", "RF", "ES", "OT"];
const WORDS: readonly string[] = ["SR", "DOC", "PR", "KO", "REG", "AU"];
const CURVES = "1.2.840.10008.5.1.4.1.1.9.";

/** Everything of a case that can be looked at, examination by examination, papers last. */
export function stackGroups(records: readonly RecordView[]): StackGroup[] {
  const shown = records.filter(
    (one) => mayBeOpened(one.state, false) && !isWordsOnly(one) && isGivenAtAll(one),
  );
  const { studies, others } = groupStudies(shown);
  const papers = others.flatMap(paperStack);
  return [
    ...studies.map(groupOf),
    ...(papers.length > 0
      ? [{ study: null, title: null, examOn: null, modalities: [], stacks: papers }]
      : []),
  ];
}

/** Archives, and DICOM files of words, marks and references, which hold no picture. */
function isWordsOnly({ kind, header, frameCount }: RecordView): boolean {
  return kind === "dicom_archive" || (frameCount === null && WORDS.includes(header?.modality ?? ""));
}

/** A centre that was asked without the name does not get what may show one. */
function isGivenAtAll({ isNameless, withoutName }: RecordView): boolean {
  return !isNameless || withoutName === "copy" || withoutName === "pictures";
}

function groupOf(study: Study<RecordView>): StackGroup {
  const { uid, description, examOn, modalities, series } = study;
  return { study: uid, title: description, examOn, modalities, stacks: series.flatMap(stacksOf) };
}

/** Each film is a stack of its own; single images of a series lie on one. */
function stacksOf(series: Series<RecordView>): Stack[] {
  const stacks: Stack[] = [];
  for (const record of series.instances) {
    const last = stacks.at(-1);
    const isSingle = (record.frameCount ?? 1) === 1 && kindOf(record) === "frames";
    if (isSingle && last && last.files.every(({ images }) => images === 1) && last.kind === "frames") {
      last.files.push(fileOf(record));
    } else stacks.push(dicomStack(record, series));
  }
  return stacks;
}

function dicomStack(
  record: RecordView,
  { modality, description }: Pick<Series<RecordView>, "modality" | "description">,
): Stack {
  const isFilm = (record.frameCount ?? 1) > 1 && FILMS.includes(modality);
  return {
    key: record.id,
    kind: kindOf(record),
    modality,
    title: description,
    frameMs: isFilm ? (record.header?.frameTimeMs ?? USUAL_FRAME_MS) : null,
    files: [fileOf(record)],
  };
}

function kindOf({ header }: RecordView): StackKind {
  return header?.sopClassUid?.startsWith(CURVES) || header?.modality === "ECG" ? "curves" : "frames";
}

function fileOf({ id, filename, sizeBytes, frameCount, pageCount }: RecordView): StackFile {
  return { id, name: filename, sizeBytes, images: frameCount ?? pageCount ?? 1 };
}

function paperStack(record: RecordView): Stack[] {
  const kind = PAPERS[record.kind ?? ""];
  const isBlind = record.findings.some(({ code }) => code === "no_preview");
  if (!kind || (isBlind && kind === "pages")) return [];
  const { header, id, filename: title } = record;
  const [modality, description] = [header?.modality ?? null, header?.description ?? null];
  if (kind === "frames") return [dicomStack(record, { modality, description })];
  return [{ key: id, kind, modality, title, frameMs: null, files: [fileOf(record)] }];
}

const PAPERS: Readonly<Record<string, StackKind>> = {
  dicom: "frames",
  pdf: "pages",
  image: "pages",
  video: "video",
};

/** Where a file lies among the stacks; null when it is not there. */
export function placeOf(
  groups: readonly StackGroup[],
  recordId: string,
): { stack: Stack; index: number } | null {
  for (const { stacks } of groups) {
    for (const stack of stacks) {
      const file = stack.files.findIndex(({ id }) => id === recordId);
      if (file >= 0) return { stack, index: imagesBefore(stack, file) };
    }
  }
  return null;
}

export function imagesIn({ files }: Stack): number {
  return files.reduce((sum, { images }) => sum + images, 0);
}

function imagesBefore({ files }: Stack, file: number): number {
  return files.slice(0, file).reduce((sum, { images }) => sum + images, 0);
}

/** The file an image of a stack belongs to, and its place in it; both count from 0. */
export function imageAt(stack: Stack, index: number): { file: StackFile; at: number } | null {
  let left = index;
  for (const file of stack.files) {
    if (left < file.images) return { file, at: left };
    left -= file.images;
  }
  return null;
}
