import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { identityOfCookie } from "@/lib/infra/session";
import { hashPassword } from "@/lib/infra/password";
import { addPasskey } from "@/lib/people/add-passkey";
import { closeDoors } from "@/lib/people/close-doors";
import { changePassword } from "@/lib/people/change-password";
import { confirmAuthenticator } from "@/lib/people/confirm-authenticator";
import { createApiToken, issueOwnToken } from "@/lib/people/create-api-token";
import { openDoor } from "@/lib/people/open-door";
import { passkeysOf } from "@/lib/people/queries";
import { removeFactors } from "@/lib/people/remove-factors";
import { signIn } from "@/lib/people/sign-in";
import { signInByPasskey } from "@/lib/people/sign-in-passkey";
import { startAuthenticator } from "@/lib/people/start-authenticator";
import { startProof, startRegistration } from "@/lib/people/start-passkey";
import { codeFor, openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makeAdmin, makeCoordinator, makePatient } from "../../support/people";
import { inLine } from "../../support/row-line";

const NOW = new Date();
const LOST = { reason: "called_back" as const };
const PASSWORD = "a long sentence";
const NEW = "another long sentence";
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });
const from = () => ({ address: `test-${newId()}`, userAgent: "vitest" });

/** Somebody with a password, in a browser of theirs. */
async function withPassword() {
  const anna = await makePatient();
  const data = { passwordHash: await hashPassword(PASSWORD), emailVerifiedAt: NOW };
  await openDb().person.update({ where: { id: anna.personId }, data });
  const browser = await openBrowser(anna);
  const change = () => changePassword(anna, { oldPassword: PASSWORD, newPassword: NEW }, browser, NOW);
  return { anna, browser, change };
}

describe("what comes behind an administrator who removes every factor", () => {
  it("adds no passkey and no app from the browser that was signed out", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    const { browser } = await switchOnApp(clara, NOW);
    const response = new TestKey().register(await startRegistration(clara, NOW));
    const [reset, added] = await inLine(
      clara.personId,
      () => removeFactors(ada, clara.personId, LOST, NOW),
      () => addPasskey(clara, { name: "thief", password: "", response }, browser, NOW),
    );
    expect([reasonOf(reset), reasonOf(added)]).toEqual(["done", "step_up_required"]);
    expect(await passkeysOf(clara)).toEqual([]);
    expect((await row(clara.personId)).secondFactorAt).toBeNull();
  });

  it("opens no session by a passkey", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    const [browser, key] = [await openBrowser(clara), new TestKey()];
    const response = key.register(await startRegistration(clara, NOW));
    valueOf(await addPasskey(clara, { name: "Mine", password: "", response }, browser, NOW));
    const proof = key.prove(await startProof(null, NOW));
    const [reset, entered] = await inLine(
      clara.personId,
      () => removeFactors(ada, clara.personId, LOST, NOW),
      () => signInByPasskey(proof, { userAgent: null, next: null }, NOW),
    );
    expect([reasonOf(reset), reasonOf(entered)]).toEqual(["done", "passkey_refused"]);
    expect(await openDb().session.count({ where: { personId: clara.personId } })).toBe(0);
  });
});

describe("what comes behind an administrator who signs somebody out", () => {
  it("adds no first factor and makes no token from the browser that was signed out", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    const browser = await openBrowser(clara);
    valueOf(await startAuthenticator(clara, NOW));
    const form = { code: await codeFor(clara.personId, NOW), password: "" };
    const [closed, confirmed] = await inLine(
      clara.personId,
      () => closeDoors(ada, clara.personId, NOW),
      () => confirmAuthenticator(clara, form, browser, NOW),
    );
    expect([reasonOf(closed), reasonOf(confirmed)]).toEqual(["done", "step_up_required"]);
    const other = await openBrowser(clara);
    const [, made] = await inLine(
      clara.personId,
      () => closeDoors(ada, clara.personId, NOW),
      () => issueOwnToken(clara, { name: "thief", scope: "all", password: "" }, other, NOW),
    );
    expect(reasonOf(made)).toBe("step_up_required");
  });
});

describe("what comes behind a change of the password", () => {
  it("opens no door by the old one, compared a moment before", async () => {
    const { anna, change } = await withPassword();
    const { passwordHash } = await row(anna.personId);
    const [changed, opened] = await inLine(anna.personId, change, () =>
      openDoor(anna.personId, { by: { passwordHash: passwordHash ?? "" }, userAgent: null, next: null }, NOW),
    );
    expect([reasonOf(changed), opened]).toEqual(["done", null]);
  });

  it("refuses the old one at the door of browsers and of programs as a wrong one", async () => {
    const { anna, browser, change } = await withPassword();
    const [, signed] = await inLine(anna.personId, change, () =>
      signIn({ email: anna.email, password: PASSWORD }, from()),
    );
    expect(reasonOf(signed)).toBe("wrong_password");
    const again = { oldPassword: NEW, newPassword: PASSWORD };
    const form = { email: anna.email, password: NEW, name: "thief", scope: "all" as const };
    const [changed, made] = await inLine(
      anna.personId,
      () => changePassword(anna, again, browser, NOW),
      () => createApiToken(form, newId()),
    );
    expect([reasonOf(changed), reasonOf(made)]).toEqual(["done", "wrong_password"]);
    expect(await openDb().apiToken.count({ where: { personId: anna.personId, revokedAt: null } })).toBe(0);
  });

  it("adds no factor by the old one", async () => {
    const { anna, change } = await withPassword();
    const stolen = await openBrowser(anna);
    const response = new TestKey().register(await startRegistration(anna, NOW));
    const form = { name: "thief", password: PASSWORD, response };
    const [changed, added] = await inLine(anna.personId, change, () => addPasskey(anna, form, stolen, NOW));
    expect([reasonOf(changed), reasonOf(added)]).toEqual(["done", "step_up_required"]);
    expect(await passkeysOf(anna)).toEqual([]);
    expect(await identityOfCookie(stolen.token)).toBeNull();
  });
});
