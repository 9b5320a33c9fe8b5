import "server-only";
import { type FhirFile, readFhir } from "./fhir-observations";
import { type Finding, finding } from "./finding";
import { whoseFindings, withNumbers } from "./inspect-dicom";
import type { Expected, Inspection } from "./inspection";

/** Reads a file of FHIR resources (R4, JSON): whose it is, and the numbers observed. Larger ones than the head are not read. */
export function inspectFhir(head: Buffer, sizeBytes: number, expected: Expected): Inspection {
  const found = head.length === sizeBytes ? readFhir(new TextDecoder().decode(head)) : null;
  if (!found) return { kind: "unknown", mediaType: null, findings: [finding("unknown_type")] };
  return {
    kind: "fhir",
    mediaType: "application/fhir+json",
    ...withNumbers(whoseOfAll(found.people, expected), found.numbers),
    ...(found.examOn ? { examOn: found.examOn } : {}),
  };
}

/** Whose numbers they are is asked when one of the people in the file is another: theirs stand beside the patient's. */
function whoseOfAll(people: FhirFile["people"], expected: Expected): Finding[] {
  const all = people.flatMap((person) => whoseOf(person, expected));
  return [...new Map(all.map((one) => [one.code, one])).values()];
}

function whoseOf({ birthOn, names, bornIn, isUnread }: FhirFile["people"][number], expected: Expected) {
  // Somebody is named there whom only a person can read.
  if (isUnread) return [finding("name_mismatch")];
  const findings = whoseFindings({ birthOn, patientNames: names }, expected);
  const isOther = bornIn !== null && expected.birthOn !== null && !expected.birthOn.startsWith(bornIn);
  return isOther ? [finding("birth_date_mismatch"), ...findings] : findings;
}
