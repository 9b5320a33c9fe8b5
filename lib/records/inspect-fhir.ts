import "server-only";
import { readFhir } from "./fhir-observations";
import { finding } from "./finding";
import { whoseFindings, withNumbers } from "./inspect-dicom";
import type { Expected, Inspection } from "./inspection";

/** Reads a file of FHIR resources (R4, JSON): whose it is, and the numbers observed. Larger ones than the head are not read. */
export function inspectFhir(head: Buffer, sizeBytes: number, expected: Expected): Inspection {
  const found = head.length === sizeBytes ? readFhir(new TextDecoder().decode(head)) : null;
  if (!found) return { kind: "unknown", mediaType: null, findings: [finding("unknown_type")] };
  const whose = { birthOn: found.birthOn, patientNames: found.names };
  return {
    kind: "fhir",
    mediaType: "application/fhir+json",
    ...withNumbers(whoseFindings(whose, expected), found.numbers),
    ...(found.examOn ? { examOn: found.examOn } : {}),
  };
}
