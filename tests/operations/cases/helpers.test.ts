import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { acceptInvitation } from "@/lib/cases/accept-invitation";
import { giveAccess } from "@/lib/cases/give-access";
import { helperViewOf } from "@/lib/cases/invitation-view";
import { caseForActor, helpersOfCase } from "@/lib/cases/queries";
import { revokeAccess } from "@/lib/cases/revoke-access";
import { openDb } from "@/lib/infra/db";
import { makeCase } from "../../support/cases";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makePatient } from "../../support/people";

const now = new Date();

/** The link in the newest mail to an address. */
async function linkTo(email: string): Promise<string> {
  const mail = await openDb().outboxMail.findFirstOrThrow({
    where: { to: email, template: "help_wanted" },
    orderBy: { createdAt: "desc" },
  });
  return /\/my\/invitations\/([\w-]+)/.exec(mail.text)?.[1] ?? "";
}

async function invited(scopes: ("read" | "upload" | "message" | "pay")[] = ["read", "message"]) {
  const patient = await makePatient();
  const helper = await makePatient("Karim");
  const { id } = await makeCase({ patient, stage: "triage" });
  const { id: invitationId } = valueOf(await giveAccess(patient, id, { email: helper.email, scopes }, now));
  return { patient, helper, id, invitationId, token: await linkTo(helper.email) };
}

describe("somebody who helps with a case", () => {
  it("is let in by the link sent to their own address, with what was granted", async () => {
    const { patient, helper, id, token } = await invited();
    expect(await caseForActor(helper, id)).toBeNull();
    expect(valueOf(await acceptInvitation(helper, token, now))).toEqual({ caseId: id });
    expect((await caseForActor(helper, id))?.id).toBe(id);
    const access = await openDb().caseAccess.findFirst({ where: { caseId: id, personId: helper.personId } });
    expect(access?.scopes.toSorted()).toEqual(["message", "read"]);
    const helpers = (await helpersOfCase(patient, id)) ?? [];
    expect(helpers.map((each) => helperViewOf(each))).toMatchObject([{ state: "joined", name: "Karim" }]);
    expect(JSON.stringify(helpers)).not.toContain(token);
    expect(await traces(id, "access.invited")).toBe(1);
    expect(await traces(id, "access.given")).toBe(1);
  });

  it("is not let in by a link that went to somebody else, is old, or was taken back", async () => {
    const one = await invited();
    expect(reasonOf(await acceptInvitation(await makePatient(), one.token, now))).toBe("not_found");
    expect(reasonOf(await acceptInvitation(one.helper, "guess", now))).toBe("not_found");
    expect(reasonOf(await acceptInvitation(one.helper, one.token, addHours(now, 15 * 24)))).toBe("not_found");
    valueOf(await revokeAccess(one.patient, one.id, one.invitationId, now));
    expect(reasonOf(await acceptInvitation(one.helper, one.token, now))).toBe("not_found");
    expect(await caseForActor(one.helper, one.id)).toBeNull();
  });

  it("accepts once, and pressing twice at once does no harm", async () => {
    const { helper, id, token } = await invited();
    const accept = () => acceptInvitation(helper, token, now);
    const both = await Promise.all([accept(), accept()]);
    expect(both.some((outcome) => outcome.ok)).toBe(true);
    expect(valueOf(await accept())).toEqual({ caseId: id });
    expect(await traces(id, "access.given")).toBe(1);
  });

  it("sees nothing from the moment the patient ends it", async () => {
    const { patient, helper, id, invitationId, token } = await invited();
    valueOf(await acceptInvitation(helper, token, now));
    const end = () => revokeAccess(patient, id, invitationId, now);
    expect(reasonsOf(await Promise.all([end(), end()]))).toEqual(["done", "done"]);
    expect(await caseForActor(helper, id)).toBeNull();
    expect(reasonOf(await acceptInvitation(helper, token, now))).toBe("not_found");
    expect(await traces(id, "access.revoked")).toBe(1);
  });

  it("can neither invite others nor end anybody's help", async () => {
    const { helper, id, invitationId, token } = await invited();
    valueOf(await acceptInvitation(helper, token, now));
    const form = { email: "third@example.test", scopes: ["read" as const] };
    expect(reasonOf(await giveAccess(helper, id, form, now))).toBe("forbidden");
    expect(reasonOf(await revokeAccess(helper, id, invitationId, now))).toBe("forbidden");
    expect(await helpersOfCase(helper, id)).toBeNull();
  });
});

describe("asking for help", () => {
  const form = (email: string) => ({ email, scopes: ["read" as const] });

  it("answers the same whether the address has an account or not", async () => {
    const { patient, id } = await invited();
    valueOf(await giveAccess(patient, id, form("nobody@example.test"), now));
    const views = ((await helpersOfCase(patient, id)) ?? []).map((each) => helperViewOf(each));
    expect(views.map(({ state, name }) => ({ state, name }))).toEqual([
      { state: "invited", name: null },
      { state: "invited", name: null },
    ]);
  });

  it("is open once per address, whoever clicks twice, and again when it ran out", async () => {
    const { patient, id } = await invited();
    const ask = (at = now) => giveAccess(patient, id, form("aunt@example.test"), at);
    expect(reasonsOf(await Promise.all([ask(), ask()]))).toEqual(["already_invited", "done"]);
    expect(reasonOf(await ask(addHours(now, 15 * 24)))).toBe("done");
  });

  it("is refused to strangers, for oneself, for ended cases, and to too many", async () => {
    const { patient, id } = await invited();
    expect(reasonOf(await giveAccess(await makePatient(), id, form("a@example.test"), now))).toBe(
      "not_found",
    );
    expect(reasonOf(await giveAccess(patient, newId(), form("a@example.test"), now))).toBe("not_found");
    expect(reasonOf(await giveAccess(patient, id, form(patient.email), now))).toBe("invalid_own_address");
    const ended = await makeCase({ patient, stage: "cancelled" });
    expect(reasonOf(await giveAccess(patient, ended.id, form("a@example.test"), now))).toBe(
      "illegal_transition",
    );
    const outcomes: string[] = [];
    for (let index = 0; index < 11; index += 1)
      outcomes.push(reasonOf(await giveAccess(patient, id, form(`a${index}@example.test`), now)));
    expect(outcomes.at(-1)).toBe("too_many");
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(9);
  });
});
