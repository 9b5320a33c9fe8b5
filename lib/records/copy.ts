import { findingsOf } from "./finding";
import { type Digest, standInUid } from "./stand-in";

/** Why a file is not given to a centre that was asked without the name. */
export const WITHHELD = ["not_looked_at", "tells_in_words", "cannot_be_nameless"] as const;
export type Withheld = (typeof WITHHELD)[number];

/** What decides whether a file may go out without the name. */
export interface CopyFacts {
  kind: string | null;
  header: unknown;
  findings: unknown;
  /** When a coordinator looked at every picture of it and read no name there. */
  namesCheckedAt: Date | null;
}

const REPORTS = ["SR", "DOC", "KO"];
/** Structured reports, encapsulated documents, and the list of a disc. */
const REPORT_CLASSES = [
  "1.2.840.10008.5.1.4.1.1.88.",
  "1.2.840.10008.5.1.4.1.1.104.",
  "1.2.840.10008.1.3.10",
];

/** Whether a coordinator's look can release it: a name may be written into a picture, and only a person sees that. */
export function mayBeLookedAt({ kind, findings, header }: CopyFacts): boolean {
  if (kind === "pdf" || kind === "image") return true;
  if (kind !== "dicom" || tellsInWords(header)) return false;
  return findingsOf(findings).some((one) => one.code === "may_show_name");
}

/** Why this file is kept from a centre that was asked without the name; null when it gets it. */
export function withheldFrom(facts: CopyFacts): Withheld | null {
  const { kind, header, namesCheckedAt } = facts;
  if (kind === "dicom" && tellsInWords(header)) return "tells_in_words";
  if (kind !== "dicom" && kind !== "pdf" && kind !== "image") return "cannot_be_nameless";
  return mayBeLookedAt(facts) && namesCheckedAt === null ? "not_looked_at" : null;
}

/**
 * Of a paper or a photo only pictures drawn by us go out: the file itself says more than it shows, in places nobody
 * looks at.
 */
export function goesAsPicturesOnly(kind: string | null): boolean {
  return kind === "pdf" || kind === "image";
}

function tellsInWords(header: unknown): boolean {
  const { modality, sopClassUid } = asFacts(header);
  if (typeof modality === "string" && REPORTS.includes(modality)) return true;
  return typeof sopClassUid === "string" && REPORT_CLASSES.some((begin) => sopClassUid.startsWith(begin));
}

function asFacts(header: unknown): Record<string, unknown> {
  return typeof header === "object" && header !== null ? { ...header } : {};
}

/** What stays of a header: no words of a machine's operator, and the UIDs that stand in the copy itself. */
export function namelessHeader(header: unknown, digest: Digest): object | null {
  if (typeof header !== "object" || header === null) return null;
  const facts = Object.entries(header).map(([name, value]): [string, unknown] => {
    if (/description$/i.test(name)) return [name, null];
    const isUid = /Uid$/.test(name) && typeof value === "string";
    return [name, isUid ? standInUid(value, digest) || null : value];
  });
  return Object.fromEntries(facts);
}

/** What a centre that was asked without the name gets of a file. */
export function givenWithoutName(facts: CopyFacts): "copy" | "pictures" | Withheld {
  return withheldFrom(facts) ?? (goesAsPicturesOnly(facts.kind) ? "pictures" : "copy");
}
