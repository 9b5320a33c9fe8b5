import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import type { Patient } from "@/lib/kernel/actor";
import { openDb } from "@/lib/infra/db";
import { identityOfCookie } from "@/lib/infra/session";
import { changePassword } from "@/lib/people/change-password";
import { issueApiToken } from "@/lib/people/create-api-token";
import { createAccount } from "@/lib/people/create-account";
import { editAccount } from "@/lib/people/edit-account";
import { hasPassword, sessionsOf } from "@/lib/people/queries";
import { signIn } from "@/lib/people/sign-in";
import { openBrowser } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makePatient } from "../../support/people";

const OLD = "a long sentence";
const NEW = "another long sentence";
const from = () => ({ address: `test-${newId()}`, userAgent: "vitest" });
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });
const audits = (event: string, objectId: string) => openDb().auditEvent.count({ where: { event, objectId } });

/** Somebody with a password, signed in with two browsers. */
async function signedIn() {
  const email = `${newId()}@example.test`;
  const form = { email, password: OLD, name: "Nora", locale: "en" as const };
  const { id } = valueOf(await createAccount(form, newId()));
  const here = valueOf(await signIn({ email, password: OLD }, from())).token;
  const there = valueOf(await signIn({ email, password: OLD }, from())).token;
  const sessionId = (await identityOfCookie(here))?.sessionId ?? "";
  const patient: Patient = { ...(await makePatient()), personId: id, email };
  return { patient, email, id, here, there, sessionId };
}

describe("changing the password", () => {
  it("asks for the old one, signs out every other browser, ends every token and leaves a trace", async () => {
    const { patient, email, id, here, there, sessionId } = await signedIn();
    const at = { address: newId(), sessionId };
    const wrong = await changePassword(
      patient,
      { oldPassword: "not this one", newPassword: NEW },
      at,
      new Date(),
    );
    expect(wrong).toMatchObject({ reason: "wrong_password", detail: { path: "oldPassword" } });
    expect(await identityOfCookie(there)).not.toBeNull();
    await issueApiToken(id, "a program");
    valueOf(await changePassword(patient, { oldPassword: OLD, newPassword: NEW }, at, new Date()));
    expect(await openDb().apiToken.count({ where: { personId: id, revokedAt: null } })).toBe(0);
    expect(await identityOfCookie(here)).not.toBeNull();
    expect(await identityOfCookie(there)).toBeNull();
    expect((await signIn({ email, password: OLD }, from())).ok).toBe(false);
    expect((await signIn({ email, password: NEW }, from())).ok).toBe(true);
    expect(await audits("person.password_changed", id)).toBe(1);
  });

  it("cannot be used to guess: ten wrong ones and the place must wait", async () => {
    const { patient, sessionId } = await signedIn();
    const at = { address: newId(), sessionId };
    for (let turn = 0; turn < 10; turn += 1)
      await changePassword(patient, { oldPassword: "wrong wrong", newPassword: NEW }, at, new Date());
    const right = await changePassword(patient, { oldPassword: OLD, newPassword: NEW }, at, new Date());
    expect(reasonOf(right)).toBe("too_many");
  });

  it("lets who came by a link choose the first one, once when asked twice at once", async () => {
    const { patient, email, id } = await signedIn();
    await openDb().person.update({ where: { id }, data: { passwordHash: null } });
    const { sessionId } = await openBrowser(patient);
    expect(await hasPassword(patient)).toBe(false);
    const set = () =>
      changePassword(
        patient,
        { oldPassword: "", newPassword: NEW },
        { address: newId(), sessionId },
        new Date(),
      );
    expect(reasonsOf(await Promise.all([set(), set()])).toSorted()).toEqual(["done", "password_changed"]);
    expect(await hasPassword(patient)).toBe(true);
    expect(reasonOf(await set())).toBe("wrong_password");
    expect((await signIn({ email, password: NEW }, from())).ok).toBe(true);
  });
});

describe("changing one's account", () => {
  it("changes name and language, of nobody else, and leaves a trace", async () => {
    const { patient, id } = await signedIn();
    const stranger = await makePatient("Olga");
    valueOf(await editAccount(patient, { name: "Nora Haddad", locale: "ar" }));
    expect(await row(id)).toMatchObject({ name: "Nora Haddad", locale: "ar" });
    expect(await row(stranger.personId)).toMatchObject({ name: "Olga", locale: "en" });
    expect(await audits("person.edited", id)).toBe(1);
  });
});

describe("the list of browsers", () => {
  it("shows the clock each goes by once it has told, and none that is over", async () => {
    const { patient, here, there, sessionId } = await signedIn();
    expect((await identityOfCookie(here, "Asia/Dubai"))?.sessionId).toBe(sessionId);
    await identityOfCookie(there);
    const zones = async () => (await sessionsOf(patient, new Date())).map((one) => one.zone).toSorted();
    expect(await zones()).toEqual(["Asia/Dubai", null]);
    await identityOfCookie(here, "Europe/Berlin");
    await identityOfCookie(here);
    expect(await zones()).toEqual(["Europe/Berlin", null]);
    await openDb().session.updateMany({ where: { id: sessionId }, data: { endsAt: new Date() } });
    expect(await zones()).toEqual([null]);
    expect(await sessionsOf(await makePatient(), new Date())).toEqual([]);
  });
});
