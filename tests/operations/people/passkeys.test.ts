import { describe, expect, it } from "vitest";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson, openDb } from "@/lib/infra/db";
import { identityOfCookie } from "@/lib/infra/session";
import { addPasskey } from "@/lib/people/add-passkey";
import { checkPasskey } from "@/lib/people/check-passkey";
import { confirmByPasskey } from "@/lib/people/confirm-person";
import { editPasskey } from "@/lib/people/edit-passkey";
import { openDoor } from "@/lib/people/open-door";
import { countRecoveryCodes, passkeysOf } from "@/lib/people/queries";
import { removePasskey } from "@/lib/people/remove-passkey";
import { finishByPasskey, signInByPasskey } from "@/lib/people/sign-in-passkey";
import { startProof, startRegistration } from "@/lib/people/start-passkey";
import { openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makePatient } from "../../support/people";

const NOW = new Date();
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
const audits = (event: string, objectId: string) => openDb().auditEvent.count({ where: { event, objectId } });

type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** Adds a passkey as a browser would. */
async function add(person: SignedIn, browser: Browser, key = new TestKey(), lie = {}, now = NOW) {
  const response = key.register(await startRegistration(person, now), lie);
  const added = await addPasskey(person, { name: "My phone", password: "", response }, browser, now);
  return { added, key };
}

async function withPasskey() {
  const anna = await makePatient();
  const browser = await openBrowser(anna);
  const { added, key } = await add(anna, browser);
  const { codes } = valueOf(added);
  const [row] = await passkeysOf(anna);
  return { anna, browser, key, codes, passkeyId: row?.id ?? "" };
}

const entry = { userAgent: "vitest", next: null };
const signIn = async (key: TestKey, lie = {}, now = NOW) =>
  signInByPasskey(key.prove(await startProof(null, now), lie), entry, now);

describe("adding a passkey", () => {
  it("is a second factor at once, with recovery codes, and closes every other door", async () => {
    const anna = await makePatient();
    const [here, there] = [await openBrowser(anna), await openBrowser(anna)];
    const { added } = await add(anna, here);
    expect(valueOf(added).codes).toHaveLength(10);
    expect(await identityOfCookie(there.token)).toBeNull();
    expect(await identityOfCookie(here.token)).toMatchObject({ hasFactor: true, mfaAt: NOW });
    const [row] = await passkeysOf(anna);
    expect(row).toMatchObject({ name: "My phone", lastUsedAt: null });
    expect(await audits("person.passkey_added", row?.id ?? "")).toBe(1);
    expect(await passkeysOf(await makePatient())).toEqual([]);
  });

  it("refuses another site, a touch without finger or PIN, a stale and a foreign question", async () => {
    const [anna, ben] = [await makePatient(), await makePatient()];
    const browser = await openBrowser(anna, null, minutes(6));
    for (const lie of [{ origin: "https://evil.test" }, { flags: 0x41 }])
      expect(reasonOf((await add(anna, browser, new TestKey(), lie)).added)).toBe("passkey_refused");
    const wish = async (asked: { challenge: string }, now: Date) =>
      reasonOf(
        await addPasskey(
          anna,
          { name: "x", password: "", response: new TestKey().register(asked) },
          browser,
          now,
        ),
      );
    expect(await wish(await startRegistration(anna, NOW), minutes(6))).toBe("passkey_refused");
    expect(await wish(await startRegistration(ben, NOW), NOW)).toBe("passkey_refused");
    expect(await wish(await startProof(null, NOW), NOW)).toBe("passkey_refused");
    expect(await passkeysOf(anna)).toEqual([]);
  });

  it("needs a fresh proof from whoever has a factor, and takes one key once", async () => {
    const { anna, browser, key } = await withPasskey();
    expect(reasonOf((await add(anna, browser, new TestKey(), {}, minutes(6))).added)).toBe(
      "step_up_required",
    );
    expect(reasonOf((await add(anna, browser, key)).added)).toBe("passkey_known");
    const second = valueOf((await add(anna, browser)).added);
    expect(second.codes).toEqual([]);
    expect(await countRecoveryCodes(anna)).toBe(10);
  });

  it("answers one question once, when it is sent twice at once", async () => {
    const anna = await makePatient();
    const browser = await openBrowser(anna);
    const response = new TestKey().register(await startRegistration(anna, NOW));
    const form = { name: "My phone", password: "", response };
    const answers = await Promise.all([1, 2].map(() => addPasskey(anna, form, browser, NOW)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await passkeysOf(anna)).toHaveLength(1);
  });
});

describe("signing in by a passkey", () => {
  it("is both steps at once, keeps where one wanted to go, and leaves a trace", async () => {
    const { anna, key } = await withPasskey();
    const proof = key.prove(await startProof(null, NOW));
    const opened = valueOf(await signInByPasskey(proof, { ...entry, next: "/en/my/x" }, NOW));
    expect(opened).toMatchObject({ personId: anna.personId, next: "/en/my/x" });
    expect(await identityOfCookie(opened.token)).toMatchObject({ mfaAt: NOW });
    expect((await passkeysOf(anna))[0]?.lastUsedAt).toEqual(NOW);
    expect(await audits("session.opened", anna.personId)).toBe(1);
    expect(reasonOf(await signInByPasskey(proof, entry, NOW))).toBe("passkey_refused");
  });

  it("refuses another site, no finger or PIN, another's signature, an unknown key and a copy", async () => {
    const { anna, key } = await withPasskey();
    for (const lie of [{ origin: "https://evil.test" }, { flags: 0x01 }, { by: new TestKey() }])
      expect(reasonOf(await signIn(key, lie))).toBe("passkey_refused");
    expect(reasonOf(await signIn(new TestKey()))).toBe("passkey_refused");
    expect(reasonOf(await signInByPasskey(key.prove({ challenge: "never asked" }), entry, NOW))).toBe(
      "passkey_refused",
    );
    valueOf(await signIn(key));
    // A copy of the key counts from where it was taken.
    key.counter = 0;
    expect(reasonOf(await signIn(key))).toBe("passkey_refused");
    expect(await audits("session.opened", anna.personId)).toBe(1);
  });

  it("opens one session when one answer is sent twice at once", async () => {
    const { key } = await withPasskey();
    const proof = key.prove(await startProof(null, NOW));
    const answers = await Promise.all([1, 2].map(() => signInByPasskey(proof, entry, NOW)));
    expect(reasonsOf(answers)).toEqual(["done", "passkey_refused"]);
  });

  it("is refused for an erased account", async () => {
    const { anna, key } = await withPasskey();
    await openDb().person.update({ where: { id: anna.personId }, data: { erasedAt: NOW } });
    expect(reasonOf(await signIn(key))).toBe("passkey_refused");
  });
});

describe("a passkey as the second step", () => {
  it("finishes its owner's sign-in and nobody else's", async () => {
    const [{ anna, key }, other] = [await withPasskey(), await withPasskey()];
    const door = await openDoor(anna.personId, { by: "link", ...entry }, NOW);
    if (door?.state !== "held") throw new Error("The second step was not asked for.");
    const ask = () => startProof(anna.personId, NOW);
    expect(reasonOf(await finishByPasskey(door.token, other.key.prove(await ask()), null, NOW))).toBe(
      "passkey_refused",
    );
    const forSignIn = key.prove(await startProof(null, NOW));
    expect(reasonOf(await finishByPasskey(door.token, forSignIn, null, NOW))).toBe("passkey_refused");
    const opened = valueOf(await finishByPasskey(door.token, key.prove(await ask()), null, NOW));
    expect(opened.personId).toBe(anna.personId);
    expect(reasonOf(await finishByPasskey(door.token, key.prove(await ask()), null, NOW))).toBe(
      "sign_in_over",
    );
  });

  it("confirms once more who sits at a browser", async () => {
    const { anna, key } = await withPasskey();
    const browser = await openBrowser(anna);
    const proof = key.prove(await startProof(anna.personId, minutes(1)));
    valueOf(await confirmByPasskey(anna, browser.sessionId, proof, minutes(1)));
    expect(await identityOfCookie(browser.token)).toMatchObject({ mfaAt: minutes(1) });
    const stranger = await makePatient();
    const foreign = key.prove(await startProof(anna.personId, NOW));
    expect(reasonOf(await confirmByPasskey(stranger, browser.sessionId, foreign, NOW))).toBe(
      "passkey_refused",
    );
  });
});

describe("the list of passkeys", () => {
  it("lets its owner alone rename one, and leaves a trace", async () => {
    const { anna, passkeyId } = await withPasskey();
    const wish = { passkeyId, name: "هاتفي" };
    expect(reasonOf(await editPasskey(await makePatient(), wish))).toBe("not_found");
    valueOf(await editPasskey(anna, wish));
    expect(await passkeysOf(anna)).toMatchObject([{ name: "هاتفي" }]);
    expect(await audits("person.passkey_renamed", passkeyId)).toBe(1);
  });

  it("lets its owner alone remove one, with a fresh proof, once, and the last takes the second step along", async () => {
    const { anna, browser, key, passkeyId } = await withPasskey();
    const { sessionId } = browser;
    expect(reasonOf(await removePasskey(anna, passkeyId, sessionId, minutes(6)))).toBe("step_up_required");
    const stranger = await makePatient();
    expect(reasonOf(await removePasskey(stranger, passkeyId, sessionId, NOW))).toBe("not_found");
    const answers = await Promise.all([1, 2].map(() => removePasskey(anna, passkeyId, sessionId, NOW)));
    expect(reasonsOf(answers)).toEqual(["done", "not_found"]);
    expect(reasonOf(await signIn(key))).toBe("passkey_refused");
    expect(await identityOfCookie(browser.token)).toMatchObject({ hasFactor: false });
    expect(await countRecoveryCodes(anna)).toBe(0);
    expect(await audits("person.passkey_removed", passkeyId)).toBe(1);
  });

  it("keeps the second step where an app is left", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    valueOf((await add(anna, browser)).added);
    const [row] = await passkeysOf(anna);
    valueOf(await removePasskey(anna, row?.id ?? "", browser.sessionId, NOW));
    expect(await identityOfCookie(browser.token)).toMatchObject({ hasFactor: true });
    expect(await countRecoveryCodes(anna)).toBe(10);
  });

  it("is known to the database for its owner alone, and what is asked to nobody", async () => {
    const { anna } = await withPasskey();
    await startProof(anna.personId, NOW);
    const ben = await makePatient();
    const seen = await asPerson(ben, async (tx) => [
      await tx.passkey.count(),
      await tx.passkeyChallenge.count(),
    ]);
    expect(seen).toEqual([0, 0]);
    expect(await asPerson(anna, (tx) => tx.passkeyChallenge.count())).toBe(0);
  });
});

describe("what a passkey is asked", () => {
  it("cannot be taken by anything of another shape", async () => {
    const { key } = await withPasskey();
    const proof = key.prove(await startProof(null, NOW));
    const broken = { ...proof, response: { ...proof.response, authenticatorData: "AAAA" } };
    expect(reasonOf(await checkPasskey(broken, null, NOW))).toBe("passkey_refused");
  });
});
