import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { cancelCase } from "@/lib/cases/cancel-case";
import { ownDraft } from "@/lib/cases/read-draft";
import { readRights } from "@/lib/cases/read-rights";
import { openDb } from "@/lib/infra/db";
import { postMessage } from "@/lib/messages/post-message";
import { makeCase } from "../../support/cases";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makePatient } from "../../support/people";

const now = new Date();

async function helped(
  scopes: ("read" | "upload" | "message" | "pay")[],
  stage: "draft" | "triage" = "triage",
) {
  const patient = await makePatient();
  const helper = await makePatient("Karim");
  const { id: caseId } = await makeCase({ patient, stage });
  const door = { caseId, personId: helper.personId, scopes, purpose: "companion", grantedAt: now };
  await openDb().caseAccess.create({ data: door });
  return { patient, helper, caseId };
}

describe("the rights on a case", () => {
  it("are offered as the verbs judge them", async () => {
    const { patient, helper, caseId } = await helped(["read", "message"]);
    expect(await readRights(patient, caseId, now)).toMatchObject({ decide: true, pay: true });
    expect(await readRights(helper, caseId, now)).toEqual({
      read: true,
      seeMoney: true,
      upload: false,
      write: true,
      pay: false,
      decide: false,
    });
    expect(reasonOf(await cancelCase(helper, caseId, { cause: "no" }, now))).toBe("forbidden");
    valueOf(await postMessage(helper, caseId, { body: "Hello", attachments: [] }, now));
  });

  it("end with the door, and a stranger has none", async () => {
    const { helper, caseId } = await helped(["read"]);
    expect((await readRights(await makePatient(), caseId, now)).read).toBe(false);
    const where = { caseId, personId: helper.personId };
    await openDb().caseAccess.updateMany({ where, data: { expiresAt: addHours(now, -1) } });
    expect((await readRights(helper, caseId, now)).read).toBe(false);
    await openDb().caseAccess.updateMany({ where, data: { expiresAt: null, revokedAt: now } });
    expect((await readRights(helper, caseId, now)).read).toBe(false);
  });
});

describe("a draft opened again for changes", () => {
  it("is shown to its patient alone, and only until it is sent", async () => {
    const { patient, helper, caseId } = await helped(["read"], "draft");
    expect((await ownDraft({ patient, caseId }))?.id).toBe(caseId);
    expect(await ownDraft({ patient: helper, caseId })).toBeNull();
    expect(await ownDraft({ patient: await makePatient(), caseId })).toBeNull();
    const sent = await makeCase({ patient, stage: "triage" });
    expect(await ownDraft({ patient, caseId: sent.id })).toBeNull();
  });
});
