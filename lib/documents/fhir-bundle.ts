import { type BundleStudy, studyOf } from "./fhir-study";
import { type MeasureKind, measureNamed, printedUnit } from "@/lib/records/measure";
import type { MeasurementView } from "@/lib/records/views/measurement";

/** What a case becomes in FHIR R4: a collection others can read without asking us. */
export interface BundleFacts {
  caseId: string;
  /** Of the word on where all this comes from. */
  provenanceId: string;
  number: string;
  stage: string;
  treatment: string | null;
  problem: string | null;
  submittedAt: Date | null;
  exportedAt: Date;
  patient: {
    id: string;
    name: string | null;
    email: string | null;
    phone: string | null;
    birthOn: string | null;
    country: string | null;
  };
  consents: readonly {
    id: string;
    purpose: string;
    clinic: string | null;
    country: string | null;
    textVersion: string;
    givenAt: Date;
    withdrawnAt: Date | null;
  }[];
  records: readonly {
    id: string;
    path: string;
    filename: string;
    mediaType: string | null;
    kind: string | null;
    sizeBytes: number;
    sha256: string | null;
    at: Date;
  }[];
  studies: readonly BundleStudy[];
  measurements: readonly MeasurementView[];
  answers: readonly {
    id: string;
    clinic: string;
    verdict: string | null;
    reason: string | null;
    isBinding: boolean;
    at: Date;
  }[];
  bookings: readonly { id: string; number: string; state: string; treatmentOn: string }[];
}

export type Resource = { resourceType: string; id: string } & Record<string, unknown>;

export function fhirBundle(facts: BundleFacts): object {
  const subject = { reference: urn(facts.patient.id) };
  const resources: Resource[] = [
    patientOf(facts),
    requestOf(facts, subject),
    ...facts.consents.map((consent) => consentOf(consent, subject)),
    ...facts.records.map((record) => referenceOf(record, subject)),
    ...facts.studies.map((study) => studyOf(study, facts, subject)),
    ...facts.measurements.map((measurement) => observationOf(measurement, facts, subject)),
    ...facts.answers.map((answer) => reportOf(answer, subject)),
    ...facts.bookings.map((booking) => planOf(booking, subject)),
  ];
  resources.push(provenanceOf(facts, resources));
  return {
    resourceType: "Bundle",
    type: "collection",
    timestamp: facts.exportedAt.toISOString(),
    entry: resources.map((resource) => ({ fullUrl: urn(resource.id), resource })),
  };
}

export function urn(id: string): string {
  return `urn:uuid:${id}`;
}

function patientOf({ patient }: BundleFacts): Resource {
  const telecom = [
    ...(patient.email ? [{ system: "email", value: patient.email }] : []),
    ...(patient.phone ? [{ system: "phone", value: patient.phone }] : []),
  ];
  return {
    resourceType: "Patient",
    id: patient.id,
    ...(patient.name ? { name: [{ text: patient.name }] } : {}),
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(patient.birthOn ? { birthDate: patient.birthOn } : {}),
    ...(patient.country ? { address: [{ country: patient.country }] } : {}),
  };
}

const ENDED = ["closed", "aftercare"];
const STOPPED = ["cancelled", "no_offer", "deceased", "transferred"];

function requestOf(facts: BundleFacts, subject: object): Resource {
  const status = ENDED.includes(facts.stage)
    ? "completed"
    : STOPPED.includes(facts.stage)
      ? "revoked"
      : "active";
  return {
    resourceType: "ServiceRequest",
    id: facts.caseId,
    identifier: [{ value: facts.number }],
    status: facts.submittedAt ? status : "draft",
    intent: "proposal",
    code: { text: facts.treatment ?? "heart valve treatment" },
    subject,
    ...(facts.submittedAt ? { authoredOn: facts.submittedAt.toISOString() } : {}),
    ...(facts.problem ? { reasonCode: [{ text: facts.problem }] } : {}),
  };
}

function consentOf(consent: BundleFacts["consents"][number], patient: object): Resource {
  return {
    resourceType: "Consent",
    id: consent.id,
    status: consent.withdrawnAt ? "inactive" : "active",
    scope: coded("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
    category: [coded("http://loinc.org", "59284-0")],
    patient,
    dateTime: consent.givenAt.toISOString(),
    ...(consent.clinic
      ? { organization: [{ display: [consent.clinic, consent.country].filter(Boolean).join(", ") }] }
      : {}),
    policyRule: { text: `${consent.purpose}, version ${consent.textVersion}` },
  };
}

function coded(system: string, code: string): object {
  return { coding: [{ system, code }] };
}

function referenceOf(record: BundleFacts["records"][number], subject: object): Resource {
  return {
    resourceType: "DocumentReference",
    id: record.id,
    status: "current",
    ...(record.sha256 ? { masterIdentifier: { system: URI, value: named(record.sha256) } } : {}),
    ...(record.kind ? { type: { text: record.kind } } : {}),
    subject,
    date: record.at.toISOString(),
    content: [
      {
        attachment: {
          contentType: record.mediaType ?? "application/octet-stream",
          url: record.path,
          // FHIR R4 counts bytes in 31 bits; a larger file names none.
          ...(record.sizeBytes < 2 ** 31 ? { size: record.sizeBytes } : {}),
          title: record.filename,
        },
      },
    ],
  };
}

const URI = "urn:ietf:rfc:3986";

/** A file by its content, as RFC 6920 names it: FHIR R4 keeps room for SHA-1 alone. */
function named(sha256: string): string {
  return `ni:///sha-256;${Buffer.from(sha256, "hex").toString("base64url")}`;
}

/** Who put this together, out of what, and when. */
function provenanceOf({ provenanceId, exportedAt }: BundleFacts, about: readonly Resource[]): Resource {
  return {
    resourceType: "Provenance",
    id: provenanceId,
    target: about.map(({ id }) => ({ reference: urn(id) })),
    recorded: exportedAt.toISOString(),
    activity: coded("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE"),
    agent: [
      {
        type: coded("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"),
        who: { display: "Valvia" },
      },
    ],
  };
}

const CATEGORY: Record<MeasureKind, string> = {
  echo: "imaging",
  ct: "imaging",
  ecg: "procedure",
  laboratory: "laboratory",
  body: "vital-signs",
};

/** The one code of ours that means nothing without its place. */
const TRICUSPID_VALVE = "46030003";

/** A measured number in the unit it is kept in; what was told in another stands in the note. */
function observationOf(one: MeasurementView, { records }: BundleFacts, subject: object): Resource {
  const { id, field, coding, told, unit } = one;
  const kind = measureNamed(field)?.kind ?? "echo";
  const isHere = records.some((record) => record.id === one.recordId);
  return {
    resourceType: "Observation",
    id,
    // Nobody has compared a patient's own numbers with a report.
    status: one.source === "patient" ? "preliminary" : "final",
    category: [coded("http://terminology.hl7.org/CodeSystem/observation-category", CATEGORY[kind])],
    code: { ...(coding ? { coding: [coding] } : {}), text: field },
    subject,
    effectiveDateTime: one.measuredOn,
    ...(one.source === "patient" ? { performer: [subject] } : {}),
    ...(one.enteredBy === "" ? {} : { performer: [{ display: one.enteredBy }] }),
    ...(field === "tr_eroa" ? { bodySite: coded("http://snomed.info/sct", TRICUSPID_VALVE) } : {}),
    valueQuantity: {
      value: one.value,
      ...(printedUnit(unit) ? { unit: printedUnit(unit) } : {}),
      ...{ system: "http://unitsofmeasure.org", code: unit },
    },
    ...(one.method ? { method: { text: one.method } } : {}),
    ...(told.unit === unit ? {} : { note: [{ text: `As it stood there: ${told.value} ${told.unit}` }] }),
    ...(one.recordId && isHere ? { derivedFrom: [{ reference: urn(one.recordId) }] } : {}),
  };
}

function reportOf(answer: BundleFacts["answers"][number], subject: object): Resource {
  return {
    resourceType: "DiagnosticReport",
    id: answer.id,
    status: answer.isBinding ? "final" : "preliminary",
    code: { text: "Answer of the heart team, from records only" },
    subject,
    issued: answer.at.toISOString(),
    performer: [{ display: answer.clinic }],
    conclusion: [answer.verdict, answer.reason].filter(Boolean).join(": "),
  };
}

const PLAN_STATUS: Record<string, string> = { cancelled: "revoked", completed: "completed", held: "draft" };

function planOf(booking: BundleFacts["bookings"][number], subject: object): Resource {
  return {
    resourceType: "CarePlan",
    id: booking.id,
    identifier: [{ value: booking.number }],
    status: PLAN_STATUS[booking.state] ?? "active",
    intent: "plan",
    subject,
    period: { start: booking.treatmentOn },
  };
}
