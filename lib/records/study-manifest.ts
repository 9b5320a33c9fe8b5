import { PROFILE } from "./confidentiality";
import type { Withheld } from "./copy";

/** One file of a study's archive, as it was sent. */
export interface PackedFile {
  /** Its place in the archive. */
  file: string;
  sha256: string;
  sizeBytes: number;
  record: string;
  seriesUid: string | null;
  seriesNumber: number | null;
  instanceNumber: number | null;
}

export interface StudyManifest {
  study: { uid: string; examOn: string | null; modalities: string[] };
  madeAt: string;
  /** What was done to the files: null when they are as they were given. */
  copy: { preambleCleared: boolean; deidentified: boolean; method: string[] };
  files: PackedFile[];
  /** What belongs to it and is not given out, and why. */
  withheld: { record: string; why: Withheld | "pictures_only" }[];
}

/** How a copy without the name was made, in the words of PS3.15 and with the codes of PS3.16 CID 7050. */
export const METHODS = [
  PROFILE,
  "113100 Basic Application Confidentiality Profile",
  "113106 Retain Longitudinal Temporal Information Full Dates Option",
  "113108 Retain Patient Characteristics Option (sex, age, size, weight)",
  "Removed elements stay as empty ones; UIDs are replaced by values of the same length",
];

/** "DICOM/SER00001/IM000001": eight capitals and digits a part, which every machine takes (PS3.10, file IDs). */
export function dicomName(series: number, instance: number, kind: string | null): string {
  const folder = `SER${String(series).padStart(5, "0")}`;
  const number = String(instance).padStart(kind === "dicom_archive" ? 5 : 6, "0");
  return kind === "dicom_archive" ? `DICOM/${folder}/ZIP${number}.ZIP` : `DICOM/${folder}/IM${number}`;
}

/** "CT-2026-03-12.zip"; nothing of the person. */
export function studyFilename(study: { examOn: string | null; modalities: readonly string[] }): string {
  const kinds = study.modalities.join("-").replaceAll(/[^A-Z0-9-]/g, "") || "study";
  return `${kinds}${study.examOn ? `-${study.examOn}` : ""}.zip`;
}

/** The words of the text beside the files. */
export interface ManifestWords {
  title: string;
  lead: string;
  deidentified: string;
  named: string;
  files: string;
  withheld: string;
  why: Record<Withheld | "pictures_only", string>;
  keep: string;
}

/** The same to read: a list a person can check with `sha256sum -c`. */
export function manifestText(manifest: StudyManifest, words: ManifestWords): string {
  const { study, copy, files, withheld } = manifest;
  const kinds = study.modalities.join(", ");
  const lines = [
    words.title,
    [kinds, study.examOn].filter(Boolean).join(" · "),
    "",
    words.lead,
    copy.deidentified ? words.deidentified : words.named,
    words.keep,
    ...(withheld.length > 0
      ? ["", words.withheld, ...withheld.map(({ record, why }) => `${record.slice(-6)}  ${words.why[why]}`)]
      : []),
    "",
    words.files,
    ...files.map(({ sha256, file }) => `${sha256}  ${file}`),
    "",
  ];
  return lines.join("\n");
}
