import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { consentTexts } from "@/lib/cases/published";
import { giveConsentForm } from "@/lib/cases/forms";
import { giveConsent } from "@/lib/cases/give-consent";
import { caseForActor, consentForActor } from "@/lib/cases/queries";
import { asPerson } from "@/lib/infra/db";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

type Clinic = Awaited<ReturnType<typeof makeClinic>>;

describe("a consent for one centre", () => {
  let clinic: Clinic;
  let other: Clinic;

  beforeAll(async () => {
    clinic = await makeClinic();
    other = await makeClinic({ country: "CN", city: "Shanghai", timeZone: "Asia/Shanghai" });
  });

  const wish = (change: object = {}) =>
    giveConsentForm.parse({ clinic: clinic.slug, country: "DE", textVersion: "1", ...change });
  const newCase = async () => {
    const patient = await makePatient();
    const owner = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "collecting_records", owner });
    return { patient, owner, id };
  };
  const consentsOf = (caseId: string) =>
    asPerson(testSystem, (tx) => tx.consent.findMany({ where: { caseId }, orderBy: { givenAt: "asc" } }));

  it("is kept with its wording, country and a trace", async () => {
    const { patient, id } = await newCase();
    const given = valueOf(await giveConsent(patient, id, wish({ deidentified: true })));
    const [kept] = await consentsOf(id);
    expect(kept).toMatchObject({ id: given.id, clinicId: clinic.id, country: "DE", deidentified: true });
    expect(kept?.textHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await traces(id, "consent.given")).toBe(1);
    expect((await caseForActor(patient, id))?.clinicSlugs.get(clinic.id)).toBe(clinic.slug);
  });

  it("takes the country of the centre, and refuses another one", async () => {
    const { patient, id } = await newCase();
    valueOf(await giveConsent(patient, id, wish({ clinic: other.slug, country: undefined })));
    expect((await consentsOf(id))[0]?.country).toBe("CN");
    expect(reasonOf(await giveConsent(patient, id, wish({ country: "CN" })))).toBe("invalid_country");
  });

  it("is refused for an unknown centre, a stranger, a companion and an ended case", async () => {
    const { patient, id } = await newCase();
    expect(reasonOf(await giveConsent(patient, id, wish({ clinic: "nowhere" })))).toBe("invalid_clinic");
    expect(reasonOf(await giveConsent(await makePatient(), id, wish()))).toBe("not_found");
    const companion = await makePatient("Companion");
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: { caseId: id, personId: companion.personId, scopes: ["read"], purpose: "help" },
      }),
    );
    expect(reasonOf(await giveConsent(companion, id, wish()))).toBe("forbidden");
    const ended = await makeCase({ patient, stage: "cancelled" });
    expect(reasonOf(await giveConsent(patient, ended.id, wish()))).toBe("illegal_transition");
  });

  it("is one row when it is given twice at once", async () => {
    const { patient, id } = await newCase();
    const both = await Promise.all([giveConsent(patient, id, wish()), giveConsent(patient, id, wish())]);
    const [one, two] = both.map(valueOf);
    expect(one?.id).toBe(two?.id);
    expect([one, two].filter((each) => each?.isNew)).toHaveLength(1);
    expect(await consentsOf(id)).toHaveLength(1);
    expect(await traces(id, "consent.given")).toBe(1);
  });

  it("ends with everything that rested on it when it is taken back", async () => {
    const { patient, owner, id } = await newCase();
    await openCaseToClinic(id, clinic.id);
    await openCaseToClinic(id, other.id, "CN");
    const ask = { caseId: id, requestedById: owner.personId, dueAt: new Date() };
    await asPerson(testSystem, (tx) =>
      tx.review.createMany({ data: [clinic, other].map((each) => ({ ...ask, clinicId: each.id })) }),
    );
    const reviewer = await makeReviewer(clinic.id);
    expect(await caseForActor(reviewer, id)).not.toBeNull();
    const consent = (await consentsOf(id)).find((each) => each.clinicId === clinic.id);
    const { consent: after } = valueOf(await withdrawConsent(patient, id, consent?.id ?? "", new Date()));
    expect(after.withdrawnAt).not.toBeNull();
    expect(await caseForActor(reviewer, id)).toBeNull();
    expect(await caseForActor(await makeReviewer(other.id), id)).not.toBeNull();
    const reviews = await asPerson(testSystem, (tx) => tx.review.findMany({ where: { caseId: id } }));
    const stateOf = (clinicId: string) => reviews.find((review) => review.clinicId === clinicId)?.state;
    expect(stateOf(clinic.id)).toBe("withdrawn");
    expect(stateOf(other.id)).toBe("requested");
    const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: id } }));
    expect(tasks).toMatchObject([{ kind: "consent_withdrawn", ownerId: owner.personId }]);
    expect(await traces(id, "consent.withdrawn")).toBe(1);
  });

  it("is taken back once, whoever asks at once, and can be given anew", async () => {
    const { patient, id } = await newCase();
    const given = valueOf(await giveConsent(patient, id, wish()));
    const back = () => withdrawConsent(patient, id, given.id, new Date());
    for (const outcome of await Promise.all([back(), back()])) valueOf(outcome);
    expect(await traces(id, "consent.withdrawn")).toBe(1);
    const again = valueOf(await giveConsent(patient, id, wish()));
    expect(again).toMatchObject({ isNew: true });
    expect(again.id).not.toBe(given.id);
  });

  it("is not there for strangers to take back", async () => {
    const { patient, id } = await newCase();
    const given = valueOf(await giveConsent(patient, id, wish()));
    expect(reasonOf(await withdrawConsent(await makePatient(), id, given.id, new Date()))).toBe("not_found");
    expect(reasonOf(await withdrawConsent(patient, id, newId(), new Date()))).toBe("not_found");
    const foreign = await newCase();
    expect(reasonOf(await withdrawConsent(foreign.patient, foreign.id, given.id, new Date()))).toBe(
      "not_found",
    );
    expect(await consentForActor(await makePatient(), id, given.id)).toBeNull();
  });

  it("is known to a centre only as its own", async () => {
    const { id } = await newCase();
    await openCaseToClinic(id, clinic.id);
    await openCaseToClinic(id, other.id, "CN");
    const seen = await caseForActor(await makeReviewer(clinic.id), id);
    expect(seen?.consents.map((consent) => consent.clinicId)).toEqual([clinic.id]);
  });
});

describe("the wordings one can agree to", () => {
  it("are there for every purpose, each with its hash", async () => {
    const texts = await consentTexts({});
    expect(new Set(texts.map((text) => text.purpose))).toEqual(
      new Set(["health_intake", "triage", "share_with_clinic"]),
    );
    expect((await consentTexts({ purpose: "triage" })).every((text) => text.bodyHash.length === 64)).toBe(
      true,
    );
  });
});
