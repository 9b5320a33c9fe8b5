import type { RecordView } from "./views/record";

/** What is asked of a file to find its place in a study. */
export type StudyFile = Pick<RecordView, "id" | "filename" | "kind" | "header" | "examOn" | "sizeBytes"> & {
  frameCount: number | null;
};

/** How much there is of something. */
export interface Amount {
  /** Images of a zipped study count one by one. */
  files: number;
  frames: number;
  sizeBytes: number;
}

export interface Series<F> extends Amount {
  /** Null for the files of a study that name no series. */
  uid: string | null;
  number: number | null;
  modality: string | null;
  description: string | null;
  sliceMm: number | null;
  /** In the order one looks at them. */
  instances: F[];
}

export interface Study<F> extends Amount {
  uid: string;
  examOn: string | null;
  description: string | null;
  /** Each once, in the order of the series. */
  modalities: string[];
  series: Series<F>[];
}

export interface GroupedFiles<F> {
  /** The newest examination first; those of an unknown day last. */
  studies: Study<F>[];
  /** Papers, photos, films, and DICOM files that name no study: as they were given. */
  others: F[];
}

/** Puts the files of a case together as the machines that made them meant it. */
export function groupStudies<F extends StudyFile>(files: readonly F[]): GroupedFiles<F> {
  const byStudy = Map.groupBy(files, studyKey);
  const others = byStudy.get(null) ?? [];
  const studies = [...byStudy].flatMap(([uid, found]) => (uid === null ? [] : [studyOf(uid, found)]));
  return { studies: studies.toSorted(newestFirst), others };
}

/** An examination of several files is one line of a list; everything else stands by itself. */
export function linesOf<F extends StudyFile>(files: readonly F[]): { studies: Study<F>[]; singles: F[] } {
  const { studies } = groupStudies(files);
  const large = studies.filter(
    ({ series }) => series.reduce((sum, one) => sum + one.instances.length, 0) > 1,
  );
  const gathered = new Set(large.flatMap(({ series }) => series.flatMap(({ instances }) => instances)));
  return { studies: large, singles: files.filter((file) => !gathered.has(file)) };
}

function studyKey({ kind, header }: StudyFile): string | null {
  return kind === "dicom" || kind === "dicom_archive" ? (header?.studyUid ?? null) : null;
}

function studyOf<F extends StudyFile>(uid: string, files: readonly F[]): Study<F> {
  const bySeries = Map.groupBy(files, ({ header }) => header?.seriesUid ?? null);
  const series = [...bySeries].map(([key, found]) => seriesOf(key, found)).toSorted(bySeriesNumber);
  return {
    uid,
    examOn: files.map(({ examOn }) => examOn).find((day) => day !== null) ?? null,
    description: first(files, (header) => header.studyDescription) ?? first(files, (one) => one.description),
    modalities: [...new Set(series.flatMap(({ modality }) => modality ?? []))],
    series,
    ...amountOf(files),
  };
}

function seriesOf<F extends StudyFile>(uid: string | null, files: readonly F[]): Series<F> {
  return {
    uid,
    number: first(files, (header) => header.seriesNumber),
    modality: first(files, (header) => header.modality),
    description: first(files, (header) => header.description),
    sliceMm: first(files, (header) => header.sliceMm),
    instances: files.toSorted(inOrder),
    ...amountOf(files),
  };
}

function amountOf(files: readonly StudyFile[]): Amount {
  return {
    files: files.reduce((sum, { header }) => sum + (header?.fileCount ?? 1), 0),
    frames: files.reduce((sum, { frameCount, header }) => sum + (header?.fileCount ?? frameCount ?? 0), 0),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** What the first file says that says anything. */
function first<T>(
  files: readonly StudyFile[],
  wanted: (header: NonNullable<StudyFile["header"]>) => T | null,
): T | null {
  for (const { header } of files) {
    const found = header && wanted(header);
    if (found !== null) return found;
  }
  return null;
}

const byName = new Intl.Collator("en", { numeric: true });

/** As the machine counted them; where it did not, along the body, by the clock, and at last by name. */
export function inOrder(one: StudyFile, other: StudyFile): number {
  const [a, b] = [one.header, other.header];
  return (
    ascending(a?.instanceNumber, b?.instanceNumber) ||
    ascending(a?.positionMm, b?.positionMm) ||
    ascending(secondsOf(a?.acquiredTime), secondsOf(b?.acquiredTime)) ||
    byName.compare(one.filename, other.filename) ||
    (one.id < other.id ? -1 : Number(one.id !== other.id))
  );
}

/** What is not known comes last. */
function ascending(one: number | null | undefined, other: number | null | undefined): number {
  if (one === other || (one == null && other == null)) return 0;
  return (one ?? Number.POSITIVE_INFINITY) < (other ?? Number.POSITIVE_INFINITY) ? -1 : 1;
}

/** "101500.25", and with fewer digits "1015" and "10", to seconds of the day. */
function secondsOf(time: string | null | undefined): number | null {
  const found = /^(\d{2})(\d{2})?(\d{2}(?:\.\d+)?)?/.exec(time ?? "");
  if (!found) return null;
  return Number(found[1]) * 3_600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
}

function bySeriesNumber(one: Series<unknown>, other: Series<unknown>): number {
  return ascending(one.number, other.number) || byName.compare(one.uid ?? "~", other.uid ?? "~");
}

function newestFirst(one: Study<unknown>, other: Study<unknown>): number {
  return (other.examOn ?? "").localeCompare(one.examOn ?? "") || byName.compare(one.uid, other.uid);
}
