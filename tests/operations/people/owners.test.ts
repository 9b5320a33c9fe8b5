import { describe, expect, it } from "vitest";
import type { Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { hashPassword } from "@/lib/infra/password";
import { addPasskey } from "@/lib/people/add-passkey";
import { changePassword } from "@/lib/people/change-password";
import { confirmAuthenticator } from "@/lib/people/confirm-authenticator";
import { openDoor } from "@/lib/people/open-door";
import { owesLink, passkeysOf } from "@/lib/people/queries";
import { startAuthenticator } from "@/lib/people/start-authenticator";
import { startRegistration } from "@/lib/people/start-passkey";
import { codeFor, openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makePatient } from "../../support/people";

const NOW = new Date();
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
const PASSWORD = "a long sentence";
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });

type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** Each way to lock an owner out, tried from this browser. */
async function attempts(person: Patient, browser: Browser, now = NOW) {
  const response = new TestKey().register(await startRegistration(person, now));
  const passkey = await addPasskey(person, { name: "Mine", password: "", response }, browser, now);
  await startAuthenticator(person, now);
  const code = await codeFor(person.personId, now);
  const app = await confirmAuthenticator(person, { code, password: "" }, browser, now);
  const password = { oldPassword: "", newPassword: PASSWORD };
  return [passkey, app, await changePassword(person, password, browser, now)];
}

/** A browser opened by a link from a mail at this moment. */
async function byLink(person: Patient, now: Date): Promise<Browser> {
  const opened = await openDoor(person.personId, { by: "link", userAgent: "vitest", next: null }, now);
  const tokenHash = sha256(opened?.token ?? "");
  const { id } = await openDb().session.findUniqueOrThrow({ where: { tokenHash } });
  return { token: opened?.token ?? "", sessionId: id, address: newId() };
}

describe("an account without a password", () => {
  it("gets no factor and no first password from a browser no link has just opened", async () => {
    const anna = await makePatient();
    const stolen = [await openBrowser(anna, null, null), await openBrowser(anna, null, minutes(-6))];
    for (const browser of stolen) {
      const answers = await attempts(anna, browser);
      for (const answer of answers)
        expect(answer).toMatchObject({ reason: "step_up_required", detail: { way: "link" } });
      expect(await owesLink(anna, browser.sessionId, NOW)).toBe(true);
    }
    expect(await passkeysOf(anna)).toEqual([]);
    expect(await row(anna.personId)).toMatchObject({ secondFactorAt: null, passwordHash: null });
  });

  it("gets one in the five minutes after a link from a mail", async () => {
    const anna = await makePatient();
    const browser = await byLink(anna, NOW);
    expect(await owesLink(anna, browser.sessionId, minutes(4))).toBe(false);
    const response = new TestKey().register(await startRegistration(anna, minutes(4)));
    const form = { name: "Mine", password: "", response };
    expect(valueOf(await addPasskey(anna, form, browser, minutes(4))).codes).toHaveLength(10);
    const ben = await makePatient();
    const theirs = await byLink(ben, NOW);
    const password = { oldPassword: "", newPassword: PASSWORD };
    valueOf(await changePassword(ben, password, theirs, minutes(4)));
  });

  it("lends the link of one browser to no other, and none to somebody else", async () => {
    const [anna, ben] = [await makePatient(), await makePatient()];
    const stolen = await openBrowser(anna, null, null);
    await byLink(anna, NOW);
    const theirs = await byLink(ben, NOW);
    expect(
      reasonOf(await changePassword(anna, { oldPassword: "", newPassword: PASSWORD }, stolen, NOW)),
    ).toBe("step_up_required");
    expect(
      reasonOf(await changePassword(anna, { oldPassword: "", newPassword: PASSWORD }, theirs, NOW)),
    ).toBe("step_up_required");
  });
});

describe("an account with a password", () => {
  it("asks for that, and for no link", async () => {
    const anna = await makePatient();
    const passwordHash = await hashPassword(PASSWORD);
    const data = { passwordHash, emailVerifiedAt: NOW };
    await openDb().person.update({ where: { id: anna.personId }, data });
    const browser = await openBrowser(anna, null, null);
    expect(await owesLink(anna, browser.sessionId, NOW)).toBe(false);
    const response = new TestKey().register(await startRegistration(anna, NOW));
    valueOf(await addPasskey(anna, { name: "Mine", password: PASSWORD, response }, browser, NOW));
  });

  it("takes another password from nobody who has not just taken the second step", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    const data = { passwordHash: await hashPassword(PASSWORD), emailVerifiedAt: NOW };
    await openDb().person.update({ where: { id: anna.personId }, data });
    const form = { oldPassword: PASSWORD, newPassword: "another long sentence" };
    const stolen = await openBrowser(anna, minutes(-6));
    const answer = await changePassword(anna, form, stolen, NOW);
    expect(answer).toEqual({ ok: false, reason: "step_up_required", detail: {} });
    expect((await row(anna.personId)).passwordHash).toBe(data.passwordHash);
    valueOf(await changePassword(anna, form, browser, NOW));
  });
});
