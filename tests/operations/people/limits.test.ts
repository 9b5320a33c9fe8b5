import { describe, expect, it } from "vitest";
import { GET as exportRoute } from "@/app/api/v1/cases/[id]/export/route";
import { POST as tokensRoute } from "@/app/api/v1/tokens/route";
import { newId } from "@/lib/kernel/ids";
import { startDraft } from "@/lib/cases/start-draft";
import { clientAddress, isLoopback } from "@/lib/infra/client-address";
import { asPerson, openDb } from "@/lib/infra/db";
import { spend } from "@/lib/infra/rate-limit";
import { createAccount } from "@/lib/people/create-account";
import { sendSignInLink } from "@/lib/people/send-sign-in-link";
import { signIn } from "@/lib/people/sign-in";
import { sweepLeftovers } from "@/lib/people/sweep-leftovers";
import { makeCase } from "../../support/cases";
import { makePatient, testSystem } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const PASSWORD = "a long sentence";
const at = (address: string) => ({ address, userAgent: "vitest" });
const wrong = "wrong wrong";

async function account(): Promise<string> {
  const email = `${newId()}@example.test`;
  const made = await createAccount({ email, password: PASSWORD, name: "Nora", locale: "en" }, newId());
  if (!made.ok) throw new Error(made.reason);
  return email;
}

describe("limits of signing in", () => {
  it("never lock out an owner where they have signed in before, however many guess from elsewhere", async () => {
    const email = await account();
    const home = newId();
    expect((await signIn({ email, password: PASSWORD }, at(home))).ok).toBe(true);
    for (let turn = 0; turn < 50; turn += 1) await signIn({ email, password: wrong }, at(newId()));
    const guess = await signIn({ email, password: PASSWORD }, at(newId()));
    expect(guess).toMatchObject({ reason: "too_many" });
    expect((await signIn({ email, password: PASSWORD }, at(home))).ok).toBe(true);
  });

  it("compare ten guesses and no more when many are sent at once", async () => {
    const email = await account();
    const from = newId();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => signIn({ email, password: wrong }, at(from))),
    );
    const compared = answers.filter((answer) => !answer.ok && answer.reason === "wrong_password");
    // Two are compared at a time, so one more may have begun.
    expect(compared.length).toBeLessThanOrEqual(11);
  });

  it("keep neither mail nor network addresses in clear", async () => {
    const email = await account();
    const from = newId();
    await signIn({ email, password: wrong }, at(from));
    const keys = await openDb().rateLimit.findMany({ select: { key: true } });
    expect(JSON.stringify(keys)).not.toContain(email);
    expect(JSON.stringify(keys)).not.toContain(from);
  });

  it("are no use to somebody who invents addresses in headers", async () => {
    const email = await account();
    const statuses: number[] = [];
    for (let turn = 0; turn < 11; turn += 1) {
      const answer = await call(tokensRoute, {
        body: { email, password: wrong, name: "x" },
        headers: { "x-forwarded-for": `203.0.113.${turn}`, "x-real-ip": `203.0.113.${turn}` },
      });
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect(clientAddress(new Headers({ "x-forwarded-for": "203.0.113.9" }))).toBe("local");
    expect(isLoopback(new Headers({ "x-forwarded-for": "203.0.113.9, 127.0.0.1" }))).toBe(false);
    expect(isLoopback(new Headers())).toBe(true);
  });

  it("send five links by mail and no more", async () => {
    const email = await account();
    for (let turn = 0; turn < 8; turn += 1) await sendSignInLink(email, null);
    expect(await openDb().signInLink.count({ where: { identifier: email } })).toBe(5);
  });

  it("tell the owner of a known address a few times, not each time", async () => {
    const email = await account();
    const form = { email, password: PASSWORD, name: "Nora", locale: "en" as const };
    for (let turn = 0; turn < 6; turn += 1) await createAccount(form, newId());
    // The welcome and three notices.
    expect(await openDb().outboxMail.count({ where: { to: email } })).toBe(4);
  });
});

describe("limits of what costs much", () => {
  it("let an address start so many cases without an account", async () => {
    const from = newId();
    while ((await spend("draft_address", from)) === null);
    const form = { consent: { textVersion: "1" }, language: "en" as const };
    const refusal = await startDraft(form, from, new Date());
    expect(refusal).toMatchObject({ ok: false, reason: "too_many" });
    expect((await startDraft(form, newId(), new Date())).ok).toBe(true);
  });

  it("let a person take a case away so often an hour, and say when again", async () => {
    const patient = await makePatient();
    const params = { id: (await makeCase({ patient })).id };
    const token = await tokenOf(patient);
    while ((await spend("case_export", patient.personId)) === null);
    const answer = await call(exportRoute, { token, params });
    expect(answer).toMatchObject({ status: 429, body: { code: "too_many" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(60);
  });
});

describe("what is over", () => {
  it("is swept away: ended sessions, old links, half sign-ins, unconfirmed apps, counters, kept answers and links of mails that never left", async () => {
    const { personId } = await makePatient();
    const past = new Date(Date.now() - 48 * 3_600_000);
    const mail = (state: "sent" | "failed" | "waiting") => ({
      ...{ id: newId(), to: personId, locale: "en", template: "draft_link", state },
      ...{ subject: "A link", text: "a link", html: "a link" },
    });
    const session = { tokenHash: newId(), personId, endsAt: past, endsLatestAt: new Date(Date.now() + 1e6) };
    await asPerson(testSystem, async (tx) => {
      await tx.session.create({ data: session });
      await tx.signInLink.create({ data: { identifier: "x", tokenHash: newId(), expiresAt: past } });
      await tx.pendingSignIn.create({ data: { tokenHash: newId(), personId, expiresAt: past } });
      const app = { personId, secretSealed: new Uint8Array(1), startedAt: past };
      await tx.authenticator.create({ data: app });
      await tx.rateLimit.create({ data: { key: personId, points: 3, expire: BigInt(past.getTime()) } });
      const kept = { personId, key: newId(), route: "POST /x", requestHash: "0", createdAt: past };
      await tx.idempotencyKey.create({ data: kept });
      await tx.outboxMail.createMany({ data: [mail("failed"), mail("sent"), mail("waiting")] });
    });
    const words = async () =>
      (await openDb().outboxMail.findMany({ where: { to: personId }, orderBy: { state: "asc" } })).map(
        ({ state, text, html }) => [state, text, html],
      );
    const swept = await sweepLeftovers(new Date());
    expect(Object.values(swept).every((count) => count > 0)).toBe(true);
    expect(await openDb().session.count({ where: { personId } })).toBe(0);
    expect(await openDb().rateLimit.count({ where: { key: personId } })).toBe(0);
    expect(await openDb().idempotencyKey.count({ where: { personId } })).toBe(0);
    // Without a mail server what was sent stands in the local mailbox.
    expect(await words()).toEqual([
      ["waiting", "a link", "a link"],
      ["sent", "a link", "a link"],
      ["failed", "", ""],
    ]);
  });
});
