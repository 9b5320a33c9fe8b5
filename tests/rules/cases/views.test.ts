import { describe, expect, it } from "vitest";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { CONSENT_TEXTS, consentTextOf, currentConsentText } from "@/lib/cases/consent-text";
import { casesApi, caseView, caseViewOf } from "@/lib/cases/views";

const at = new Date("2026-11-20T10:00:00Z");
const clinicId = "0192f3a0-0000-7000-8000-0000000000c1";
const consent = {
  id: "0192f3a0-0000-7000-8000-000000000002",
  purpose: "share_with_clinic" as const,
  clinicId,
  country: "DE",
  textVersion: "1",
  textHash: null,
  language: "en",
  deidentified: false,
  givenAt: at,
  withdrawnAt: null,
};
const facts: CaseFacts = {
  id: "0192f3a0-0000-7000-8000-000000000001",
  number: "V-2026-000001",
  stage: "triage",
  treatment: "teer",
  contactName: "Samira Haddad",
  contactEmail: "samira@example.test",
  contactPhone: "+971 4 123",
  country: "AE",
  urgent: false,
  ownerKind: "coordinator",
  ownerId: "0192f3a0-0000-7000-8000-000000000003",
  ownerName: "Clara",
  waitingOn: "coordinator",
  nextAction: "triage",
  nextDueAt: at,
  holdReason: null,
  holdUntil: null,
  createdAt: at,
  submittedAt: at,
  consents: [consent],
  clinicSlugs: new Map([[clinicId, "herzzentrum-rheintal"]]),
  problem: "Leaky mitral valve",
  language: "de",
  birthOn: new Date("1951-03-24T00:00:00Z"),
  redFlags: { syncope: false },
  symptoms: null,
  values: null,
  wishedClinicId: null,
  intakeStep: null,
  cancelCause: null,
  version: 3,
  updatedAt: at,
  firstAnsweredAt: null,
  seenByDoctorAt: null,
  closedAt: null,
};
const ill = { ...facts, redFlags: { syncope: true } };

describe("the view of a case", () => {
  it("fits the shape the API describes, for every role", () => {
    for (const role of ["patient", "coordinator", "clinic_reviewer", "clinic_manager"] as const) {
      expect(caseView.safeParse(caseViewOf(ill, role)).error).toBeUndefined();
    }
  });

  it("gives a centre no mail address and no telephone", () => {
    const view = caseViewOf(facts, "clinic_reviewer");
    expect(view.contact).toEqual({ name: "Samira Haddad", country: "AE" });
    expect(JSON.stringify(view)).not.toMatch(/samira@|971 4/);
  });

  it("gives a centre with a de-identified case neither the name nor the birthday", () => {
    const view = caseViewOf({ ...facts, consents: [{ ...consent, deidentified: true }] }, "clinic_reviewer");
    expect(view.contact.name).toBeNull();
    expect(view.birthOn).toBe("1951");
    expect(JSON.stringify(view)).not.toMatch(/Samira|Haddad|03-24/);
  });

  it("shows the patient everything, consents with their clinic", () => {
    const view = caseViewOf({ ...facts, consents: [{ ...consent, deidentified: true }] }, "patient");
    expect(view.contact.email).toBe("samira@example.test");
    expect(view.consents[0]?.clinic).toBe("herzzentrum-rheintal");
  });

  it("tells a person with a warning sign the number of the country they are in", () => {
    expect(caseViewOf(ill, "patient").emergency).toMatchObject({ number: "998", page: "/de/emergency" });
    expect(caseViewOf({ ...ill, country: "CN" }, "patient").emergency?.number).toBe("120");
    expect(caseViewOf({ ...ill, country: null }, "patient").emergency?.number).toBe("112");
  });

  it("tells 112 where it knows no number, and makes none up", () => {
    expect(caseViewOf({ ...ill, country: "ID" }, "patient").emergency?.number).toBe("112");
  });

  it("tells the desk which centre the patient wishes to start with, and tells no centre", () => {
    const wishing = { ...facts, wishedClinicId: clinicId };
    expect(caseViewOf(wishing, "coordinator").clinic).toBe("herzzentrum-rheintal");
    expect(caseViewOf(wishing, "patient").clinic).toBe("herzzentrum-rheintal");
    expect(caseViewOf(wishing, "clinic_reviewer").clinic).toBeNull();
    expect(caseViewOf(facts, "patient").clinic).toBeNull();
  });

  it("does not say it again once a doctor has seen them", () => {
    expect(caseViewOf({ ...ill, seenByDoctorAt: at }, "patient").emergency).toBeNull();
    expect(caseViewOf(facts, "patient").emergency).toBeNull();
  });
});

describe("the wordings of consent", () => {
  it("exist once per purpose, version and language", () => {
    const keys = CONSENT_TEXTS.map((text) => `${text.purpose} ${text.version} ${text.language}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("fall back to approved English", () => {
    expect(consentTextOf("triage", "1", "ar")?.language).toBe("en");
    expect(consentTextOf("triage", "99", "en")).toBeNull();
    expect(currentConsentText("share_with_clinic").body).toContain("country named here");
  });
});

describe("the description of the API", () => {
  it("names each route once", () => {
    const routes = casesApi.map((operation) => `${operation.method} ${operation.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});
