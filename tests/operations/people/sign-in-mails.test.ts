import { describe, expect, it } from "vitest";
import type { Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { addPasskey } from "@/lib/people/add-passkey";
import { announceChange } from "@/lib/people/announce-change";
import { changePassword } from "@/lib/people/change-password";
import { changeRecoveryCodes } from "@/lib/people/change-recovery-codes";
import { passkeysOf } from "@/lib/people/queries";
import { removeAuthenticator } from "@/lib/people/remove-authenticator";
import { removePasskey } from "@/lib/people/remove-passkey";
import { startRegistration } from "@/lib/people/start-passkey";
import { openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makePatient } from "../../support/people";

const NOW = new Date();
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const mailsTo = ({ email }: Patient) =>
  openDb().outboxMail.findMany({ where: { to: email }, orderBy: { createdAt: "asc" } });
const told = async (person: Patient) => (await mailsTo(person)).map(({ template }) => template);

async function addKey(person: Patient, browser: { sessionId: string; address: string }, now: Date) {
  const response = new TestKey().register(await startRegistration(person, now));
  return addPasskey(person, { name: "My phone", password: "", response }, browser, now);
}

describe("whoever changes how an account is entered", () => {
  it("is told by mail of each change, once", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    expect(await told(anna)).toEqual(["authenticator_added"]);
    valueOf(await addKey(anna, browser, NOW));
    valueOf(await changeRecoveryCodes(anna, browser.sessionId, NOW));
    const [key] = await passkeysOf(anna);
    valueOf(await removePasskey(anna, key?.id ?? "", browser.sessionId, NOW));
    valueOf(await removeAuthenticator(anna, browser.sessionId, NOW));
    const password = { oldPassword: "", newPassword: "a long sentence" };
    valueOf(await changePassword(anna, password, browser, NOW));
    expect(await told(anna)).toEqual([
      ...["authenticator_added", "passkey_added", "recovery_codes_changed"],
      ...["passkey_removed", "authenticator_removed", "password_changed"],
    ]);
  });

  it("hears nothing of a change that was refused or undone", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    expect(reasonOf(await addKey(anna, browser, later(6)))).toBe("step_up_required");
    expect(reasonOf(await removeAuthenticator(anna, browser.sessionId, later(6)))).toBe("step_up_required");
    const undone = asPerson(anna, async (tx) => {
      await announceChange(tx, anna, "passkey_removed");
      throw new Error("The change failed after its mail.");
    });
    await expect(undone).rejects.toThrow("after its mail");
    expect(await told(anna)).toEqual(["authenticator_added"]);
  });

  it("reads what to do if it was somebody else, in their language and with a way to their own account", async () => {
    const [anna, layla] = [await makePatient(), { ...(await makePatient()), locale: "ar" }];
    await switchOnApp(anna, NOW);
    await switchOnApp(layla, NOW);
    const [english] = await mailsTo(anna);
    expect(english?.text).toContain("If it was not you");
    expect(english?.text).toMatch(/\/en\/account\/second-factor\n/);
    const [arabic] = await mailsTo(layla);
    expect(arabic?.text).toContain("وإن لم تكن أنت");
    expect(arabic?.text).toMatch(/\/ar\/account\/second-factor\n/);
    expect(arabic?.html).toContain('dir="rtl"');
  });

  it("is told of a password with the page that sets another", async () => {
    const anna = await makePatient();
    const { sessionId } = await openBrowser(anna);
    const form = { oldPassword: "", newPassword: "a long sentence" };
    valueOf(await changePassword(anna, form, { sessionId, address: newId() }, NOW));
    expect((await mailsTo(anna))[0]?.text).toMatch(/\/en\/account\n/);
  });
});
