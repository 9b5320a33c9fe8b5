import { describe, expect, it } from "vitest";
import { type BundleFacts, fhirBundle, type Resource } from "@/lib/documents/fhir-bundle";
import { newId } from "@/lib/kernel/ids";
import { numbersOf } from "@/lib/records/coded-number";
import { readFhir } from "@/lib/records/fhir-observations";
import { MEASURES } from "@/lib/records/measure";
import { faultsOf } from "../../support/fhir";

const at = new Date("2026-03-12T10:00:00Z");
const recordId = newId();

/** A case with one of everything. */
const FACTS: BundleFacts = {
  ...{
    caseId: newId(),
    provenanceId: newId(),
    number: "V-2026-000123",
    stage: "choosing",
    treatment: "teer",
  },
  ...{ problem: "Short of breath", submittedAt: at, exportedAt: at },
  patient: {
    ...{
      id: newId(),
      name: "Anna Petrova",
      email: "anna@example.test",
      phone: "+971 1",
      birthOn: "1944-03-02",
    },
    country: "AE",
  },
  consents: [
    {
      id: newId(),
      purpose: "triage",
      clinic: null,
      country: null,
      textVersion: "1",
      givenAt: at,
      withdrawnAt: null,
    },
    {
      ...{
        id: newId(),
        purpose: "share_with_clinic",
        clinic: "Herzzentrum",
        country: "DE",
        textVersion: "1",
      },
      ...{ givenAt: at, withdrawnAt: at },
    },
  ],
  records: [
    {
      ...{ id: recordId, path: "records/0001-a.dcm", filename: "a.dcm", mediaType: "application/dicom" },
      ...{ kind: "dicom", sizeBytes: 5_000_000_000, sha256: "ab".repeat(32), at },
    },
  ],
  studies: [
    {
      ...{
        id: newId(),
        uid: "1.2.276.1.2",
        examOn: "2026-03-12",
        description: "Heart",
        modalities: ["US"],
        files: 1,
      },
      series: [
        {
          ...{ uid: "1.2.276.1.2.3", number: 1, modality: "US", description: null, files: 1 },
          instances: [{ id: recordId }],
        },
      ],
    },
  ],
  measurements: [
    {
      ...{
        id: newId(),
        field: "mr_eroa_pisa",
        coding: { system: "http://loinc.org", code: "80071-4" },
        value: 45,
      },
      ...{ unit: "mm2", told: { value: 0.45, unit: "cm2" }, method: "PISA", source: "coordinator", recordId },
      ...{ enteredBy: "C. Ordinator", measuredOn: "2026-03-12", enteredAt: at.toISOString() },
    },
  ],
  answers: [
    { id: newId(), clinic: "Herzzentrum", verdict: "eligible", reason: "Suits a clip", isBinding: true, at },
    { id: newId(), clinic: "Bohai", verdict: null, reason: null, isBinding: false, at },
  ],
  bookings: [{ id: newId(), number: "B-1", state: "held", treatmentOn: "2026-05-04" }],
};

interface Bundle extends Resource {
  entry: { fullUrl: string; resource: Resource }[];
}

const bundleOf = (facts: BundleFacts) => fhirBundle(facts) as Bundle;

describe("a case as FHIR R4", () => {
  it("is what the official definitions say, the whole and each of its resources", () => {
    const bundle = bundleOf(FACTS);
    for (const resource of [bundle, ...bundle.entry.map((one) => one.resource)])
      expect(faultsOf(resource), resource.resourceType).toEqual([]);
    const types = new Set(bundle.entry.map((one) => one.resource.resourceType));
    expect([...types].toSorted()).toEqual(
      [
        "CarePlan",
        "Consent",
        "DiagnosticReport",
        "DocumentReference",
        "ImagingStudy",
        "Observation",
        "Patient",
      ].concat(["Provenance", "ServiceRequest"]),
    );
  });

  it("is so too for a case that has nothing yet", () => {
    const empty = { consents: [], records: [], studies: [], measurements: [], answers: [], bookings: [] };
    const patient = { ...FACTS.patient, name: null, email: null, phone: null, birthOn: null, country: null };
    const bare = { ...FACTS, ...empty, patient, problem: null, treatment: null, submittedAt: null };
    const bundle = bundleOf(bare);
    for (const { resource } of bundle.entry) expect(faultsOf(resource), resource.resourceType).toEqual([]);
  });

  it("refers to nothing that is not in it, and to each thing by one address", () => {
    const bundle = bundleOf(FACTS);
    const addresses = bundle.entry.map(({ fullUrl }) => fullUrl);
    expect(new Set(addresses).size).toBe(addresses.length);
    const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect(addresses).toContain(reference);
  });

  it("names a file by its content", () => {
    const reference = bundleOf(FACTS).entry.find(({ resource }) => resource.id === recordId)?.resource;
    expect(reference).toMatchObject({
      masterIdentifier: { value: expect.stringMatching(/^ni:\/\/\/sha-256;[\w-]{43}$/) },
    });
  });

  it("would be found out where it is not", () => {
    const consent = bundleOf(FACTS).entry.find(
      ({ resource }) => resource.resourceType === "Consent",
    )?.resource;
    expect(faultsOf({ ...consent, scope: undefined })).not.toEqual([]);
    expect(faultsOf({ ...consent, colour: "blue" })).not.toEqual([]);
    expect(faultsOf({ ...consent, policyRule: undefined })).not.toEqual([]);
  });

  it("tells numbers so that our own reader takes the same ones again, but none that nobody verified", () => {
    const [one] = FACTS.measurements;
    if (!one) throw new Error("There is no number.");
    const all = MEASURES.map(({ field, coding, unit, range }) => ({
      ...one,
      ...{ id: newId(), field, coding, unit, value: range.high, told: { value: range.high, unit } },
      ...{ source: "file" as const, enteredBy: "" },
    }));
    const told = { ...all[0], ...one, source: "patient" as const, enteredBy: "", field: "spap" };
    const text = JSON.stringify(bundleOf({ ...FACTS, measurements: [...all, told] }));
    for (const resource of bundleOf({ ...FACTS, measurements: [...all, told] }).entry)
      expect(faultsOf(resource.resource), resource.resource.resourceType).toEqual([]);
    const { numbers, doubtful } = numbersOf(readFhir(text)?.numbers ?? []);
    expect(doubtful).toBe(0);
    expect(numbers.map(({ field, value }) => [field, value])).toEqual(
      MEASURES.map(({ field, range }) => [field, range.high]),
    );
  });
});
