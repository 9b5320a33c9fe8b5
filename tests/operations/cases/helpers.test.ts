import { describe, expect, it } from "vitest";
import { DELETE as end } from "@/app/api/v1/cases/[id]/access/[accessId]/route";
import { addHours } from "@/lib/kernel/day";
import { companionViewOf, companionView } from "@/lib/cases/invitation-view";
import { caseForActor, companionsOfCase } from "@/lib/cases/queries";
import { revokeAccess } from "@/lib/cases/revoke-access";
import { openDb } from "@/lib/infra/db";
import type { Patient } from "@/lib/kernel/actor";
import { makeCase } from "../../support/cases";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makePatient } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const now = new Date();

/** Somebody who was let in by hand: a door, and no invitation. */
async function letIn(expiresAt: Date | null = null) {
  const patient = await makePatient();
  const helper = await makePatient("Nadia Haddad");
  const { id } = await makeCase({ patient, stage: "triage" });
  const door = await openDb().caseAccess.create({
    data: {
      ...{ caseId: id, personId: helper.personId, purpose: "companion", expiresAt },
      scopes: ["read", "upload", "message"],
    },
  });
  return { patient, helper, id, doorId: door.id };
}

const shown = async (patient: Patient, id: string) =>
  ((await companionsOfCase(patient, id)) ?? []).map((each) => companionViewOf(each));

describe("somebody who was let into a case without an invitation", () => {
  it("stands in the list of who helps, with what they may do", async () => {
    const { patient, helper, id, doorId } = await letIn();
    expect(await shown(patient, id)).toMatchObject([
      {
        ...{ id: doorId, name: "Nadia Haddad", email: helper.email, state: "joined", expiresAt: null },
        scopes: ["read", "upload", "message"],
      },
    ]);
  });

  it("is no longer said to help once their time is over", async () => {
    const { patient, id } = await letIn(addHours(now, -1));
    expect(await shown(patient, id)).toMatchObject([{ state: "ended" }]);
  });

  it("is sent away by the patient, once, and sees nothing more", async () => {
    const { patient, helper, id, doorId } = await letIn();
    expect((await caseForActor(helper, id))?.id).toBe(id);
    const send = () => revokeAccess(patient, id, doorId, now);
    expect(reasonsOf(await Promise.all([send(), send()]))).toEqual(["done", "done"]);
    expect(await caseForActor(helper, id)).toBeNull();
    expect(await traces(id, "access.revoked")).toBe(1);
    expect(await shown(patient, id)).toMatchObject([{ id: doorId, state: "ended" }]);
  });

  it("is sent away over the API in the shape described", async () => {
    const { patient, id, doorId } = await letIn();
    const answer = await call(end, {
      ...{ token: await tokenOf(patient), params: { id, accessId: doorId }, method: "DELETE" },
    });
    expect(answer.status).toBe(200);
    expect(companionView.parse(answer.body)).toMatchObject({ id: doorId, state: "ended" });
  });

  it("cannot be sent away by a stranger, by themselves or through another case", async () => {
    const { helper, id, doorId } = await letIn();
    expect(reasonOf(await revokeAccess(await makePatient(), id, doorId, now))).toBe("not_found");
    expect(reasonOf(await revokeAccess(helper, id, doorId, now))).toBe("forbidden");
    const other = await letIn();
    expect(reasonOf(await revokeAccess(other.patient, other.id, doorId, now))).toBe("not_found");
    expect((await caseForActor(helper, id))?.id).toBe(id);
  });
});

describe("the patient's own door and a centre's", () => {
  it("stand in no list of helpers and are not ended this way", async () => {
    const { patient, id, doorId } = await letIn();
    const others = await openDb().caseAccess.findMany({ where: { caseId: id, NOT: { id: doorId } } });
    expect(others.length).toBeGreaterThan(0);
    for (const { id: accessId } of others)
      expect(reasonOf(await revokeAccess(patient, id, accessId, now))).toBe("not_found");
    expect((await shown(patient, id)).map((each) => each.id)).toEqual([doorId]);
    valueOf(await revokeAccess(patient, id, doorId, now));
    expect((await caseForActor(patient, id))?.id).toBe(id);
  });
});
