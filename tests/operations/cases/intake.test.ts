import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { claimDraft } from "@/lib/cases/claim-draft";
import { editCase, editDraft } from "@/lib/cases/edit-case";
import { startCaseForm } from "@/lib/cases/forms";
import { openCase } from "@/lib/cases/open-case";
import { caseForActor, casesForActor, draftForHolder } from "@/lib/cases/queries";
import { startCase } from "@/lib/cases/start-case";
import { startDraft } from "@/lib/cases/start-draft";
import { submitCase } from "@/lib/cases/submit-case";
import { asPerson } from "@/lib/infra/db";
import { draftHolder } from "@/lib/infra/session";
import { makeCase } from "../../support/cases";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "../../support/people";

const now = new Date();
const noFlags = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };
const form = startCaseForm.parse({
  treatment: "teer",
  problem: "Leaky mitral valve",
  contact: { name: "Samira Haddad", email: "samira@example.test", country: "AE", phone: "+971 4 123" },
  redFlags: noFlags,
  values: { eroa: { value: 42, unit: "mm2" } },
  birthOn: "1951-03-24",
});
const yes = { consent: true as const };

describe("starting a case", () => {
  it("keeps the answers, the consent to keep them, and a trace", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    const started = await caseForActor(patient, id);
    expect(started).toMatchObject({
      stage: "draft",
      contactName: "Samira Haddad",
      urgent: false,
      version: 1,
    });
    expect(started?.number).toMatch(/^V-\d{4}-\d{6}$/);
    expect(started?.consents).toMatchObject([{ purpose: "health_intake", textVersion: "1" }]);
    expect(started?.consents[0]?.textHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await traces(id, "case.started")).toBe(1);
  });

  it("is urgent with a warning sign", async () => {
    const patient = await makePatient();
    const ill = { ...form, redFlags: { ...noFlags, restAngina: true } };
    const { id } = valueOf(await startCase(patient, ill, now));
    expect((await caseForActor(patient, id))?.urgent).toBe(true);
  });

  it("keeps the wording that was named, without a hash when we do not hold it", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, { ...form, consent: { textVersion: "2031-b" } }, now));
    const started = await caseForActor(patient, id);
    expect(started?.consents).toMatchObject([{ textVersion: "2031-b", textHash: null }]);
  });

  it("refuses a birth in the future", async () => {
    const patient = await makePatient();
    expect(reasonOf(await startCase(patient, { ...form, birthOn: "2999-01-01" }, now))).toBe(
      "invalid_birth_date",
    );
  });

  it("gives two at once two numbers", async () => {
    const patient = await makePatient();
    const both = await Promise.all([startCase(patient, form, now), startCase(patient, form, now)]);
    const [one, other] = await Promise.all(both.map((each) => caseForActor(patient, valueOf(each).id)));
    expect(one?.number).not.toBe(other?.number);
  });
});

describe("a case nobody opened to them", () => {
  it("is not there for strangers and for finance", async () => {
    const { id } = await makeCase({ patient: await makePatient() });
    const stranger = await makePatient("Stranger");
    const finance = await makeFinance();
    expect(await caseForActor(stranger, id)).toBeNull();
    expect(await openCase(stranger, id)).toBeNull();
    expect(await caseForActor(finance, id)).toBeNull();
    expect((await casesForActor(stranger, { limit: 50 })).items).toEqual([]);
    expect(reasonOf(await editCase(stranger, id, { problem: "Mine now" }, now))).toBe("not_found");
    expect(reasonOf(await submitCase(stranger, id, yes, now))).toBe("not_found");
    expect(reasonOf(await editCase(stranger, newId(), { problem: "None" }, now))).toBe("not_found");
    expect(await traces(id, "case.viewed")).toBe(0);
  });

  it("is seen by a companion, who may not decide", async () => {
    const { id } = await makeCase({ patient: await makePatient() });
    const companion = await makePatient("Companion");
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: { caseId: id, personId: companion.personId, scopes: ["read"], purpose: "help" },
      }),
    );
    expect((await openCase(companion, id))?.id).toBe(id);
    expect(reasonOf(await editCase(companion, id, { problem: "Changed" }, now))).toBe("forbidden");
    expect(reasonOf(await submitCase(companion, id, yes, now))).toBe("forbidden");
  });

  it("is no longer seen when the access was taken back or has run out", async () => {
    const { id } = await makeCase({ patient: await makePatient() });
    const companion = await makePatient("Companion");
    const past = new Date(Date.now() - 1_000);
    const data = { caseId: id, personId: companion.personId, scopes: ["read" as const], purpose: "help" };
    await asPerson(testSystem, (tx) => tx.caseAccess.create({ data: { ...data, expiresAt: past } }));
    expect(await caseForActor(companion, id)).toBeNull();
    const where = { caseId: id, personId: companion.personId };
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.updateMany({ where, data: { expiresAt: null, revokedAt: past } }),
    );
    expect(await caseForActor(companion, id)).toBeNull();
  });
});

describe("editing a case", () => {
  it("changes what was sent and leaves the rest", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    valueOf(
      await editCase(patient, id, { contact: { phone: "+49 221 1" }, redFlags: { syncope: true } }, now),
    );
    const edited = await caseForActor(patient, id);
    expect(edited).toMatchObject({
      contactPhone: "+49 221 1",
      contactName: "Samira Haddad",
      urgent: true,
      version: 2,
    });
    expect(edited?.redFlags).toMatchObject({ syncope: true, restAngina: false });
    expect(await traces(id, "case.edited")).toBe(1);
  });

  it("refuses a change made on an old version", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    valueOf(await editCase(patient, id, { problem: "First", version: 1 }, now));
    expect(reasonOf(await editCase(patient, id, { problem: "Second", version: 1 }, now))).toBe(
      "version_conflict",
    );
  });

  it("lets one of two with the same version win", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    const both = await Promise.all(
      ["A", "B"].map((problem) => editCase(patient, id, { problem, version: 1 }, now)),
    );
    expect(reasonsOf(both)).toEqual(["done", "version_conflict"]);
  });

  it("loses no answer of two that change different questions at once", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    const changes = [{ syncope: true }, { restAngina: true }, { oxygenBelow92: true }];
    const all = await Promise.all(changes.map((redFlags) => editCase(patient, id, { redFlags }, now)));
    expect(reasonsOf(all)).toEqual(["done", "done", "done"]);
    const edited = await caseForActor(patient, id);
    expect(edited?.redFlags).toMatchObject({ syncope: true, restAngina: true, oxygenBelow92: true });
  });

  it("leaves the medical part to the owning coordinator after sending", async () => {
    const patient = await makePatient();
    const owner = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "triage", owner });
    expect(reasonOf(await editCase(patient, id, { problem: "Other" }, now))).toBe("illegal_transition");
    expect(reasonOf(await editCase(patient, id, { contact: { country: "DE" } }, now))).toBe("done");
    expect(reasonOf(await editCase(await makeCoordinator(), id, { problem: "Other" }, now))).toBe(
      "forbidden",
    );
    expect(reasonOf(await editCase(owner, id, { problem: "Other" }, now))).toBe("done");
    expect(reasonOf(await editCase(owner, id, { birthOn: "2999-01-01" }, now))).toBe("invalid_birth_date");
  });

  it("calls a human within a quarter of an hour when somebody feels worse later", async () => {
    const patient = await makePatient();
    const owner = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "preparing", owner });
    valueOf(await editCase(patient, id, { redFlags: { restBreathlessness: true } }, now));
    const alarmed = await caseForActor(patient, id);
    expect(alarmed).toMatchObject({ urgent: true, waitingOn: "coordinator", nextAction: "red_flag" });
    const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: id } }));
    expect(tasks).toMatchObject([{ kind: "red_flag", ownerId: owner.personId, state: "open" }]);
    valueOf(await editCase(patient, id, { seenByDoctor: true }, now));
    expect((await caseForActor(patient, id))?.seenByDoctorAt).toEqual(now);
  });
});

describe("a draft without an account", () => {
  const start = async () => {
    const { id, token } = valueOf(
      await startDraft({ consent: { textVersion: "1" }, language: "de" }, "here", now),
    );
    return { id, holder: draftHolder(token) };
  };

  it("belongs to the holder of its token and to nobody else", async () => {
    const { id, holder } = await start();
    valueOf(await editDraft(holder, { problem: "Leaky", redFlags: noFlags }, now));
    expect((await draftForHolder(holder))?.problem).toBe("Leaky");
    expect(await draftForHolder(draftHolder("another token"))).toBeNull();
    expect(reasonOf(await editDraft(draftHolder("another token"), { problem: "Mine" }, now))).toBe(
      "not_found",
    );
    expect(await caseForActor(await makePatient(), id)).toBeNull();
    expect(await traces(id, "case.started")).toBe(1);
  });

  it("moves into the account of its holder, and the token opens nothing any more", async () => {
    const { id, holder } = await start();
    const patient = await makePatient();
    valueOf(await claimDraft(patient, holder, now));
    const claimed = await caseForActor(patient, id);
    expect(claimed?.consents).toMatchObject([{ purpose: "health_intake" }]);
    expect(await draftForHolder(holder)).toBeNull();
    expect(reasonOf(await editDraft(holder, { problem: "Still mine" }, now))).toBe("not_found");
    expect(await traces(id, "case.claimed")).toBe(1);
  });

  it("is claimed by one of two who hold the token", async () => {
    const { holder } = await start();
    const people = await Promise.all([makePatient("Anna"), makePatient("Ben")]);
    const both = await Promise.all(people.map((person) => claimDraft(person, holder, now)));
    expect(reasonsOf(both)).toEqual(["done", "not_found"]);
  });
});

describe("sending a case", () => {
  it("gives it to the on-call queue with a clock, and keeps the consent to triage", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    valueOf(await submitCase(patient, id, yes, now));
    const sent = await caseForActor(patient, id);
    expect(sent).toMatchObject({ stage: "submitted", ownerKind: "on_call", nextAction: "first_answer" });
    expect(sent?.nextDueAt).toEqual(new Date(now.getTime() + 3_600_000));
    expect(sent?.consents.map((consent) => consent.purpose)).toEqual(["health_intake", "triage"]);
    expect(await traces(id, "case.stage")).toBe(1);
  });

  it("never keeps a warning sign back, and shortens the clock", async () => {
    const patient = await makePatient();
    const ill = { ...form, redFlags: { ...noFlags, oxygenBelow92: true } };
    const { id } = valueOf(await startCase(patient, ill, now));
    valueOf(await submitCase(patient, id, yes, now));
    const sent = await caseForActor(patient, id);
    expect(sent?.urgent).toBe(true);
    expect(sent?.nextDueAt).toEqual(new Date(now.getTime() + 15 * 60_000));
  });

  it("names what is missing", async () => {
    const { id, token } = valueOf(
      await startDraft({ consent: { textVersion: "1" }, language: "en" }, "here", now),
    );
    const patient = await makePatient();
    valueOf(await claimDraft(patient, draftHolder(token), now));
    const outcome = await submitCase(patient, id, yes, now);
    expect(outcome).toMatchObject({ ok: false, reason: "invalid_incomplete", detail: { path: "treatment" } });
  });

  it("happens once, also when asked twice at once", async () => {
    const patient = await makePatient();
    const { id } = valueOf(await startCase(patient, form, now));
    const both = await Promise.all([submitCase(patient, id, yes, now), submitCase(patient, id, yes, now)]);
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    expect(reasonOf(await submitCase(patient, id, yes, now))).toBe("illegal_transition");
  });
});
