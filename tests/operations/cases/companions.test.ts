import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { acceptInvitation } from "@/lib/cases/accept-invitation";
import { giveAccess } from "@/lib/cases/give-access";
import { readInvitation } from "@/lib/cases/read-invitation";
import { companionViewOf } from "@/lib/cases/invitation-view";
import { caseForActor, companionsOfCase } from "@/lib/cases/queries";
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
  const companion = await makePatient("Karim");
  const { id } = await makeCase({ patient, stage: "triage" });
  const { id: invitationId } = valueOf(
    await giveAccess(patient, id, { email: companion.email, scopes }, now),
  );
  return { patient, companion, id, invitationId, token: await linkTo(companion.email) };
}

describe("somebody who helps with a case", () => {
  it("is let in by the link sent to their own address, with what was granted", async () => {
    const { patient, companion, id, token } = await invited();
    expect(await caseForActor(companion, id)).toBeNull();
    expect(valueOf(await acceptInvitation(companion, token, now))).toEqual({ caseId: id });
    expect((await caseForActor(companion, id))?.id).toBe(id);
    const access = await openDb().caseAccess.findFirst({
      where: { caseId: id, personId: companion.personId },
    });
    expect(access?.scopes.toSorted()).toEqual(["message", "read"]);
    const companions = (await companionsOfCase(patient, id)) ?? [];
    expect(companions.map((each) => companionViewOf(each))).toMatchObject([
      { state: "joined", name: "Karim" },
    ]);
    expect(JSON.stringify(companions)).not.toContain(token);
    expect(await traces(id, "access.invited")).toBe(1);
    expect(await traces(id, "access.given")).toBe(1);
  });

  it("is not let in by a link that went to somebody else, is old, or was taken back", async () => {
    const one = await invited();
    expect(reasonOf(await acceptInvitation(await makePatient(), one.token, now))).toBe("not_found");
    expect(reasonOf(await acceptInvitation(one.companion, "guess", now))).toBe("not_found");
    expect(reasonOf(await acceptInvitation(one.companion, one.token, addHours(now, 15 * 24)))).toBe(
      "not_found",
    );
    valueOf(await revokeAccess(one.patient, one.id, one.invitationId, now));
    expect(reasonOf(await acceptInvitation(one.companion, one.token, now))).toBe("not_found");
    expect(await caseForActor(one.companion, one.id)).toBeNull();
  });

  it("accepts once, and pressing twice at once does no harm", async () => {
    const { companion, id, token } = await invited();
    const accept = () => acceptInvitation(companion, token, now);
    const both = await Promise.all([accept(), accept()]);
    expect(both.some((outcome) => outcome.ok)).toBe(true);
    expect(valueOf(await accept())).toEqual({ caseId: id });
    expect(await traces(id, "access.given")).toBe(1);
  });

  it("sees nothing from the moment the patient ends it", async () => {
    const { patient, companion, id, invitationId, token } = await invited();
    valueOf(await acceptInvitation(companion, token, now));
    const end = () => revokeAccess(patient, id, invitationId, now);
    expect(reasonsOf(await Promise.all([end(), end()]))).toEqual(["done", "done"]);
    expect(await caseForActor(companion, id)).toBeNull();
    expect(reasonOf(await acceptInvitation(companion, token, now))).toBe("not_found");
    expect(await traces(id, "access.revoked")).toBe(1);
  });

  it("can neither invite others nor end anybody's help", async () => {
    const { companion, id, invitationId, token } = await invited();
    valueOf(await acceptInvitation(companion, token, now));
    const form = { email: "third@example.test", scopes: ["read" as const] };
    expect(reasonOf(await giveAccess(companion, id, form, now))).toBe("forbidden");
    expect(reasonOf(await revokeAccess(companion, id, invitationId, now))).toBe("forbidden");
    expect(await companionsOfCase(companion, id)).toBeNull();
  });
});

describe("asking for help", () => {
  const form = (email: string) => ({ email, scopes: ["read" as const] });

  it("answers the same whether the address has an account or not", async () => {
    const { patient, id } = await invited();
    valueOf(await giveAccess(patient, id, form("nobody@example.test"), now));
    const views = ((await companionsOfCase(patient, id)) ?? []).map((each) => companionViewOf(each));
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
    const next = await makeCase({ patient, stage: "triage" });
    expect(reasonOf(await giveAccess(patient, next.id, form("b@example.test"), now))).toBe("too_many");
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(9);
  });
});

describe("an invitation", () => {
  const mailTo = (email: string) =>
    openDb().outboxMail.findFirstOrThrow({
      where: { to: email, template: "help_wanted" },
      orderBy: { createdAt: "desc" },
    });

  it("says by mail who asks and what they would let do, and nothing else of the case", async () => {
    const patient = await makePatient("Amal Haddad");
    const { id } = await makeCase({ patient, stage: "triage" });
    const number = (await caseForActor(patient, id))?.number ?? "";
    valueOf(await giveAccess(patient, id, { email: "aunt2@example.test", scopes: ["upload"] }, now));
    const { subject, text, html } = await mailTo("aunt2@example.test");
    for (const body of [text, html]) {
      expect(body).toContain("Amal Haddad");
      expect(body).toContain("see what is kept there for them and send files for them");
      expect(body).not.toMatch(/pay for them|write messages|[{}]/);
      for (const secret of [number, patient.email, "valve", "heart"]) expect(body).not.toContain(secret);
    }
    expect(subject).not.toContain("Amal");
  });

  it("carries the address of who asks where their name could be a message of its own", async () => {
    const patient = await makePatient("Call +49 30 1234 about your prize");
    const { id } = await makeCase({ patient, stage: "triage" });
    valueOf(await giveAccess(patient, id, { email: "aunt3@example.test", scopes: [] }, now));
    const { text } = await mailTo("aunt3@example.test");
    expect(text).toContain(patient.email);
    expect(text).not.toContain("prize");
  });

  it("is read by whoever signs in with its address, until they said yes or it is over", async () => {
    const { patient, companion, id, token } = await invited(["upload"]);
    const read = (at = now) => readInvitation(companion, token, at);
    expect(await read()).toEqual({
      state: "invited",
      from: { name: patient.name, email: patient.email },
      scopes: ["read", "upload"],
    });
    expect(await read(addHours(now, 15 * 24))).toBeNull();
    expect(await readInvitation(await makePatient(), token, now)).toBeNull();
    expect(await readInvitation(companion, "guess", now)).toBeNull();
    valueOf(await acceptInvitation(companion, token, now));
    expect(await read()).toEqual({ state: "joined", caseId: id });
    expect(await readInvitation(patient, token, now)).toBeNull();
  });

  it("tells nothing once it was taken back", async () => {
    const { patient, companion, id, invitationId, token } = await invited();
    valueOf(await revokeAccess(patient, id, invitationId, now));
    expect(await readInvitation(companion, token, now)).toBeNull();
  });
});
