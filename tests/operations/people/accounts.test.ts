import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { identityOfBearer, identityOfCookie, isStillSignedIn } from "@/lib/infra/session";
import { changeRoles } from "@/lib/people/change-roles";
import { createAccount } from "@/lib/people/create-account";
import { createApiToken } from "@/lib/people/create-api-token";
import { endOtherDoors, endOtherSessions, endSession } from "@/lib/people/end-session";
import { sessionsOf } from "@/lib/people/queries";
import { revokeApiToken } from "@/lib/people/revoke-api-token";
import { signIn } from "@/lib/people/sign-in";
import { openBrowser } from "../../support/factors";
import { makeAdmin, makeCoordinator, makePatient } from "../../support/people";

const PASSWORD = "a long sentence";
const from = () => ({ address: `test-${newId()}`, userAgent: "vitest" });

async function account() {
  const email = `${newId()}@example.test`;
  const made = await createAccount({ email, password: PASSWORD, name: "Nora", locale: "en" }, "here");
  if (!made.ok) throw new Error("The account was not made.");
  return { email, id: made.value.id };
}

describe("opening an account", () => {
  it("lets the person sign in and leaves a trace", async () => {
    const { email, id } = await account();
    const signed = await signIn({ email, password: PASSWORD }, from());
    expect(signed.ok).toBe(true);
    expect(await openDb().auditEvent.count({ where: { event: "account.created", objectId: id } })).toBe(1);
    expect(await openDb().outboxMail.count({ where: { to: email } })).toBe(1);
  });

  it("opens one account when asked twice at once", async () => {
    const email = `${newId()}@example.test`;
    const form = { email, password: PASSWORD, name: "Nora", locale: "en" as const };
    const answers = await Promise.all([createAccount(form, "here"), createAccount(form, "there")]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await openDb().person.count({ where: { email } })).toBe(1);
  });

  it("keeps no password in clear", async () => {
    const { email } = await account();
    const row = await openDb().person.findUniqueOrThrow({ where: { email } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("signing in", () => {
  it("answers an unknown address like a wrong password", async () => {
    const { email } = await account();
    const wrong = await signIn({ email, password: "not this one" }, from());
    const unknown = await signIn({ email: `${newId()}@example.test`, password: PASSWORD }, from());
    expect(wrong).toEqual(unknown);
  });

  it("makes an address wait after ten failures on an account, and counts failures only", async () => {
    const { email } = await account();
    const at = from();
    for (let turn = 0; turn < 12; turn += 1)
      expect((await signIn({ email, password: PASSWORD }, at)).ok).toBe(true);
    for (let turn = 0; turn < 10; turn += 1) await signIn({ email, password: "wrong wrong" }, at);
    const right = await signIn({ email, password: PASSWORD }, at);
    expect(right).toMatchObject({ ok: false, reason: "too_many" });
  });

  it("keeps only the hash of the session's token", async () => {
    const { email } = await account();
    const signed = await signIn({ email, password: PASSWORD }, from());
    if (!signed.ok) throw new Error("Not signed in.");
    expect(await openDb().session.count({ where: { tokenHash: signed.value.token } })).toBe(0);
    expect(await openDb().session.count({ where: { tokenHash: sha256(signed.value.token) } })).toBe(1);
  });
});

describe("a session", () => {
  it("is dead with the next request after signing out", async () => {
    const { email } = await account();
    const signed = await signIn({ email, password: PASSWORD }, from());
    if (!signed.ok) throw new Error("Not signed in.");
    const identity = await identityOfCookie(signed.value.token);
    if (!identity?.sessionId) throw new Error("No session.");
    const patient = { ...(await makePatient()), personId: identity.personId };
    const stranger = await makePatient();
    expect(await endSession(stranger, identity.sessionId)).toMatchObject({ ok: false, reason: "not_found" });
    expect((await endSession(patient, identity.sessionId)).ok).toBe(true);
    expect(await identityOfCookie(signed.value.token)).toBeNull();
  });

  it("ends on every device but this one at once", async () => {
    const { email } = await account();
    const tokens: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const signed = await signIn({ email, password: PASSWORD }, from());
      if (signed.ok) tokens.push(signed.value.token);
    }
    const identity = await identityOfCookie(tokens[0] ?? "");
    const person = { ...(await makePatient()), personId: identity?.personId ?? "" };
    expect(await endOtherSessions(await makePatient(), identity?.sessionId ?? "", new Date())).toBe(0);
    expect(await endOtherSessions(person, identity?.sessionId ?? "", new Date())).toBe(2);
    const left = await Promise.all(tokens.map((token) => identityOfCookie(token)));
    expect(left.map((one) => one?.personId ?? null)).toEqual([person.personId, null, null]);
    const where = { event: "session.ended_elsewhere", objectId: person.personId };
    expect(await openDb().auditEvent.count({ where })).toBe(1);
  });

  it("counts among the others only those the list shows, and takes away all", async () => {
    const now = new Date();
    const person = await makePatient();
    const [here, , quiet, old] = await Promise.all([1, 2, 3, 4].map(() => openBrowser(person, now)));
    const over = new Date(now.getTime() - 1000);
    await openDb().session.update({ where: { id: quiet?.sessionId ?? "" }, data: { endsAt: over } });
    await openDb().session.update({ where: { id: old?.sessionId ?? "" }, data: { endsLatestAt: over } });
    expect(await sessionsOf(person, now)).toHaveLength(2);
    expect(await endOtherSessions(person, here?.sessionId ?? "", now)).toBe(1);
    const { personId } = person;
    expect(await openDb().session.findMany({ where: { personId }, select: { id: true } })).toEqual([
      { id: here?.sessionId },
    ]);
    await openDb().session.update({ where: { id: here?.sessionId ?? "" }, data: { endsAt: over } });
    expect(await asPerson(person, (tx) => endOtherDoors(tx, personId, null, now))).toEqual({
      sessions: 0,
      tokens: 0,
    });
    expect(await openDb().session.count({ where: { personId } })).toBe(0);
  });

  it("ends when its idle time is over", async () => {
    const { email } = await account();
    const signed = await signIn({ email, password: PASSWORD }, from());
    if (!signed.ok) throw new Error("Not signed in.");
    await openDb().session.updateMany({
      where: { tokenHash: sha256(signed.value.token) },
      data: { endsAt: new Date(Date.now() - 1000) },
    });
    expect(await identityOfCookie(signed.value.token)).toBeNull();
  });
});

describe("changing roles", () => {
  it("ends the old rights with the next request", async () => {
    const admin = await makeAdmin();
    const coordinator = await makeCoordinator();
    const id = coordinator.personId;
    const token = newId();
    await openDb().apiToken.create({
      data: { personId: id, name: "t", tokenHash: sha256(token), scopes: ["all"] },
    });
    expect((await changeRoles(admin, id, { roles: ["finance"] }, new Date())).ok).toBe(true);
    expect(await identityOfBearer(token)).toBeNull();
    expect(await openDb().auditEvent.count({ where: { event: "person.roles_changed", objectId: id } })).toBe(
      1,
    );
  });

  it("is refused for oneself, for private people and for roles of another kind", async () => {
    const admin = await makeAdmin();
    const patient = await makePatient();
    const coordinator = await makeCoordinator();
    expect(await changeRoles(admin, admin.personId, { roles: ["finance"] }, new Date())).toMatchObject({
      reason: "own_roles",
    });
    expect(await changeRoles(admin, patient.personId, { roles: ["finance"] }, new Date())).toMatchObject({
      reason: "not_found",
    });
    expect(
      await changeRoles(admin, coordinator.personId, { roles: ["clinic_manager"] }, new Date()),
    ).toMatchObject({
      reason: "invalid_roles",
    });
  });
});

describe("an API token", () => {
  it("opens the door until it is revoked, and only its owner revokes it", async () => {
    const { email } = await account();
    const made = await createApiToken({ email, password: PASSWORD, name: "script", scope: "all" }, "here");
    if (!made.ok) throw new Error("No token.");
    const identity = await identityOfBearer(made.value.token);
    expect(identity?.email).toBe(email);
    const owner = { ...(await makePatient()), personId: identity?.personId ?? "" };
    const ends = (expiresAt: Date) =>
      openDb().apiToken.update({ where: { id: made.value.id }, data: { expiresAt } });
    await ends(new Date(Date.now() + 60_000));
    expect(identity && (await isStillSignedIn(identity))).toBe(true);
    await ends(new Date(Date.now() - 1));
    expect(identity && (await isStillSignedIn(identity))).toBe(false);
    expect(await revokeApiToken(await makePatient(), made.value.id, new Date())).toMatchObject({
      reason: "not_found",
    });
    const answers = await Promise.all([
      revokeApiToken(owner, made.value.id, new Date()),
      revokeApiToken(owner, made.value.id, new Date()),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await identityOfBearer(made.value.token)).toBeNull();
  });
});
