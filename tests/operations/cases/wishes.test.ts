import { describe, expect, it } from "vitest";
import { claimDraft } from "@/lib/cases/claim-draft";
import { editCase } from "@/lib/cases/edit-case";
import { startCaseForm } from "@/lib/cases/forms";
import { caseForActor, draftForHolder } from "@/lib/cases/queries";
import { startCase } from "@/lib/cases/start-case";
import { startDraft } from "@/lib/cases/start-draft";
import { submitCase } from "@/lib/cases/submit-case";
import { caseViewOf } from "@/lib/cases/views";
import { draftHolder } from "@/lib/infra/session";
import { makeClinic } from "../../support/clinics";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient } from "../../support/people";

const now = new Date();
const noFlags = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };
const form = startCaseForm.parse({
  treatment: "teer",
  problem: "Leaky mitral valve",
  contact: { name: "Samira Haddad", email: "samira@example.test", country: "AE" },
  redFlags: noFlags,
});
const yes = { consent: true as const };

describe("the centre a patient wishes to start with", () => {
  it("is kept, changed and taken away while it is a draft, and is told to the desk", async () => {
    const patient = await makePatient();
    const [first, other] = [await makeClinic(), await makeClinic()];
    const { id } = valueOf(await startCase(patient, { ...form, clinic: first.slug }, now));
    const wish = async () => {
      const facts = await caseForActor(patient, id);
      return facts && caseViewOf(facts, "patient").clinic;
    };
    expect(await wish()).toBe(first.slug);
    valueOf(await editCase(patient, id, { clinic: other.slug }, now));
    expect(await wish()).toBe(other.slug);
    valueOf(await editCase(patient, id, { problem: "Another word" }, now));
    expect(await wish()).toBe(other.slug);
    valueOf(await editCase(patient, id, { clinic: null }, now));
    expect(await wish()).toBeNull();
    valueOf(await editCase(patient, id, { clinic: first.slug }, now));
    valueOf(await submitCase(patient, id, yes, now));
    const sent = await caseForActor(await makeCoordinator(), id);
    expect(sent && caseViewOf(sent, "coordinator").clinic).toBe(first.slug);
    expect(sent?.consents.map((consent) => consent.purpose)).not.toContain("share_with_clinic");
    expect(reasonOf(await editCase(patient, id, { clinic: other.slug }, now))).toBe("illegal_transition");
  });

  it("must be one that anybody may find", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    for (const outcome of [
      await startCase(patient, { ...form, clinic: "no-such-centre" }, now),
      await editCase(patient, id, { clinic: "no-such-centre" }, now),
    ])
      expect(outcome).toMatchObject({ ok: false, reason: "invalid_clinic", detail: { path: "clinic" } });
  });

  it("comes along from the first click, through the account, and keeps nobody out when it is gone", async () => {
    const { slug } = await makeClinic();
    const consent = { textVersion: "1" };
    const asked = { consent, language: "en" as const, clinic: slug, treatment: "teer" as const };
    const { id, token } = valueOf(await startDraft(asked, "here", now));
    expect(await draftForHolder(draftHolder(token))).toMatchObject({ treatment: "teer" });
    const patient = await makePatient();
    valueOf(await claimDraft(patient, draftHolder(token), now));
    const claimed = await caseForActor(patient, id);
    expect(claimed && caseViewOf(claimed, "patient").clinic).toBe(slug);
    const gone = valueOf(await startDraft({ ...asked, clinic: "no-such-centre" }, "here", now));
    expect(await draftForHolder(draftHolder(gone.token))).toMatchObject({ wishedClinicId: null });
  });
});

describe("an oxygen reading nobody took", () => {
  it("is kept as not known, and does not hold the case back", async () => {
    const patient = await makePatient();
    const unmeasured = startCaseForm.parse({ ...form, redFlags: { ...noFlags, oxygenBelow92: null } });
    const { id } = valueOf(await startCase(patient, unmeasured, now));
    valueOf(await submitCase(patient, id, yes, now));
    const sent = await caseForActor(patient, id);
    expect(sent && caseViewOf(sent, "patient").redFlags).toEqual({ ...noFlags, oxygenBelow92: null });
    expect(sent?.urgent).toBe(false);
  });
});
