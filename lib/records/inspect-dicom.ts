import "server-only";
import type { StoredFile } from "@/lib/infra/record-store";
import { DICOMDIR_CLASS, type DicomHeader, readDicomHeader } from "./dicom";
import { type CodedNumber, numbersOf } from "./coded-number";
import { filesNamedIn } from "./disc-index";
import { type Finding, finding } from "./finding";
import { arePixelsWhole } from "./inspect-pixels";
import type { Expected, Inspection } from "./inspection";
import { matchNames } from "./name-match";
import { isStructuredReport, readReport } from "./structured-report";
import type { RecordHeader } from "./views/record";

const THICK_MM = 1.5;
const LOOPS = ["tte_loops", "tee_loops"];
const REPORTS = ["SR", "DOC"];
const SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

/** Reads the header and compares it with the case; of the pixels only their frame is looked at. */
export async function inspectDicom(head: Buffer, file: StoredFile, expected: Expected): Promise<Inspection> {
  const { sizeBytes } = file;
  const found = readDicomHeader(head, head.length === sizeBytes);
  if (!found || !(await arePixelsWhole(file, found))) {
    return { kind: "dicom", mediaType: "application/dicom", findings: [finding("broken_dicom")] };
  }
  if (found.sopClassUid === DICOMDIR_CLASS) return indexOf(head);
  return {
    kind: "dicom",
    mediaType: "application/dicom",
    ...withNumbers(dicomFindings(found, expected), numbersIn(head, sizeBytes, found)),
    header: headerOf(found, null),
    ...(found.pixels ? { frameCount: found.pixels.frames } : {}),
    ...(found.examOn ? { examOn: found.examOn } : {}),
  };
}

/** A disc's index is no picture: it only tells what should be there. What is, is compared whenever somebody looks. */
function indexOf(head: Buffer): Inspection {
  const named = filesNamedIn(head) ?? [];
  const findings = [finding("disc_index", { named: named.length })];
  return { kind: "disc_index", mediaType: "application/dicom", findings, named };
}

/** A structured report is read whole, where it came whole; other files carry no numbers. */
function numbersIn(head: Buffer, sizeBytes: number, { sopClassUid }: DicomHeader): CodedNumber[] {
  return isStructuredReport(sopClassUid) && head.length === sizeBytes ? readReport(head) : [];
}

/** The numbers that were read, and the sentences that say so. */
export function withNumbers(
  findings: readonly Finding[],
  coded: readonly CodedNumber[],
): Required<Pick<Inspection, "findings" | "numbers">> {
  const { numbers, doubtful } = numbersOf(coded);
  const read = numbers.length > 0 ? [finding("numbers_read", { count: numbers.length })] : [];
  const left = doubtful > 0 ? [finding("numbers_doubtful", { count: doubtful })] : [];
  return { findings: [...findings, ...read, ...left], numbers };
}

function dicomFindings(found: DicomHeader, expected: Expected): Finding[] {
  const whose = { birthOn: found.birthOn, patientNames: found.patientName ? [found.patientName] : [] };
  return [...whoseFindings(whose, expected), ...whatFindings(found, expected)];
}

/**
 * Whose a file says it is, against the case. Two spellings of one name are the same; another birthday asks a human, and
 * so does another name that no birthday stands by: it may be a relative's disc.
 */
export function whoseFindings(
  found: { birthOn: string | null; patientNames: readonly string[] },
  { birthOn, names }: Expected,
): Finding[] {
  const findings: Finding[] = [];
  if (found.birthOn && birthOn && found.birthOn !== birthOn) findings.push(finding("birth_date_mismatch"));
  const matches = names.flatMap((name) => found.patientNames.map((told) => matchNames(told, name)));
  if (matches.includes("differs") && !matches.includes("same")) {
    const isByBirthday = birthOn !== null && found.birthOn === birthOn;
    findings.push(finding(isByBirthday ? "name_differs" : "name_mismatch"));
  }
  return findings;
}

function whatFindings(found: DicomHeader, { item }: Expected): Finding[] {
  const findings: Finding[] = [];
  const isReport = REPORTS.includes(found.modality ?? "");
  const frames = found.pixels?.frames ?? 1;
  if (item && LOOPS.includes(item)) {
    if (isReport) findings.push(finding("report_not_loops"));
    else if (found.modality === "US" && frames === 1) findings.push(finding("single_frame"));
  }
  if (item === "tte_report" && !isReport) findings.push(finding("loops_not_report"));
  if (found.modality === "CT" && !isElsewhere(found) && found.sliceMm !== null && found.sliceMm > THICK_MM) {
    findings.push(finding("thick_slices", { sliceMm: found.sliceMm }));
  }
  if (!found.examOn) findings.push(finding("no_exam_date"));
  const mayShow = found.modality === "US" || found.sopClassUid?.startsWith(SECONDARY_CAPTURE) === true;
  if (found.burnedInNames || mayShow) findings.push(finding("may_show_name"));
  return findings;
}

export function headerOf(found: DicomHeader, fileCount: number | null): RecordHeader {
  return {
    modality: found.modality,
    studyUid: found.studyUid,
    seriesUid: found.seriesUid,
    sopClassUid: found.sopClassUid,
    instanceUid: found.instanceUid,
    transferSyntax: found.transferSyntax,
    description: found.description,
    studyDescription: found.studyDescription,
    seriesNumber: found.seriesNumber,
    instanceNumber: found.instanceNumber,
    positionMm: found.positionMm,
    acquiredTime: found.acquiredTime,
    sliceMm: found.sliceMm,
    frameTimeMs: found.frameTimeMs,
    rows: found.pixels?.rows ?? null,
    columns: found.pixels?.columns ?? null,
    fileCount,
  };
}

type Told = Pick<RecordHeader, "modality" | "studyDescription" | "description">;

const CHEST = /heart|herz|card|coron|koron|aort|angio|tavi|tavr|valv|vals|chest|thora|gated/i;
const ELSEWHERE =
  /\b(head|brain|skull|crani\w*|paranasal|c[- ]?spine|spine|lumbar|cervical|knee|shoulder|foot|ankle|hand|wrist|elbow)\b/i;

/** Whether a file says of itself that it shows the head, the spine or a limb, and names nothing near the heart. */
function isElsewhere({ studyDescription, description }: Omit<Told, "modality">): boolean {
  const words = `${studyDescription ?? ""} ${description ?? ""}`;
  return ELSEWHERE.test(words) && !CHEST.test(words);
}

/** The line of the checklist a file most likely belongs to, when nobody said. */
export function likelyItem(told: Told, frames: number): string | null {
  const { modality } = told;
  if (modality === "US") return frames > 1 ? "tte_loops" : null;
  // Only of a CT: the angles of a coronary film are called cranial and caudal.
  if (modality === "CT") return isElsewhere(told) ? null : "ct_gated";
  if (modality === "XA") return "coronary";
  return modality === "ECG" ? "ecg" : null;
}
