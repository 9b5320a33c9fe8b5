import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { identityOfCookie } from "@/lib/infra/session";
import { changeRecoveryCodes } from "@/lib/people/change-recovery-codes";
import { checkFactor } from "@/lib/people/check-factor";
import { confirmAuthenticator } from "@/lib/people/confirm-authenticator";
import { confirmPerson } from "@/lib/people/confirm-person";
import { issueApiToken } from "@/lib/people/create-api-token";
import { createAccount } from "@/lib/people/create-account";
import { authenticatorOf, countRecoveryCodes } from "@/lib/people/queries";
import { removeAuthenticator } from "@/lib/people/remove-authenticator";
import { startAuthenticator } from "@/lib/people/start-authenticator";
import { sweepLeftovers } from "@/lib/people/sweep-leftovers";
import { codeFor, openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const NOW = new Date("2026-11-02T10:00:00Z");
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const audits = (event: string, objectId: string) => openDb().auditEvent.count({ where: { event, objectId } });
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });

describe("setting up an authenticator app", () => {
  it("counts only once a code has confirmed it, and answers ten recovery codes", async () => {
    const anna = await makePatient();
    const browser = await openBrowser(anna);
    valueOf(await startAuthenticator(anna, NOW));
    expect((await row(anna.personId)).secondFactorAt).toBeNull();
    expect(reasonOf(await checkFactor(anna.personId, await codeFor(anna.personId, NOW), NOW))).toBe(
      "wrong_code",
    );
    const form = { code: await codeFor(anna.personId, NOW), password: "" };
    const { codes } = valueOf(await confirmAuthenticator(anna, form, browser, NOW));
    expect(codes).toHaveLength(10);
    expect((await row(anna.personId)).secondFactorAt).toEqual(NOW);
    expect(await authenticatorOf(anna)).toEqual({ state: "on", since: NOW });
    expect(await countRecoveryCodes(anna)).toBe(10);
    expect(await audits("person.authenticator_added", anna.personId)).toBe(1);
  });

  it("keeps neither the secret nor the codes in clear", async () => {
    const anna = await makePatient();
    const browser = await openBrowser(anna);
    valueOf(await startAuthenticator(anna, NOW));
    const shown = await authenticatorOf(anna);
    const form = { code: await codeFor(anna.personId, NOW), password: "" };
    const { codes } = valueOf(await confirmAuthenticator(anna, form, browser, NOW));
    const kept = await asPerson(
      testSystem,
      (tx) =>
        tx.$queryRaw<{ all: string }[]>`
        SELECT string_agg(a::text || r::text, ' ') AS all FROM "Authenticator" a
        JOIN "RecoveryCode" r USING ("personId") WHERE "personId" = ${anna.personId}::uuid`,
    );
    const text = kept[0]?.all ?? "";
    expect(text).toContain(anna.personId);
    for (const code of codes) expect(text).not.toContain(code.replace("-", ""));
    expect(shown.state === "started" && text.includes(shown.key)).toBe(false);
  });

  it("closes every other browser and every token, and keeps this one as proven", async () => {
    const anna = await makePatient();
    const [here, there] = [await openBrowser(anna), await openBrowser(anna)];
    await issueApiToken(anna.personId, "a program");
    valueOf(await startAuthenticator(anna, NOW));
    const form = { code: await codeFor(anna.personId, NOW), password: "" };
    valueOf(await confirmAuthenticator(anna, form, here, NOW));
    expect(await identityOfCookie(there.token)).toBeNull();
    expect(await identityOfCookie(here.token)).toMatchObject({ hasFactor: true, mfaAt: NOW });
    expect(await openDb().apiToken.count({ where: { personId: anna.personId, revokedAt: null } })).toBe(0);
  });

  it("asks for the password of whoever has one", async () => {
    const password = "a long sentence";
    const email = `${newId()}@example.test`;
    const account = { email, password, name: "Nora", locale: "en" as const };
    const { id } = valueOf(await createAccount(account, newId()));
    const nora = { ...(await makePatient()), personId: id, email };
    const browser = await openBrowser(nora);
    valueOf(await startAuthenticator(nora, NOW));
    const code = await codeFor(id, NOW);
    const wrong = await confirmAuthenticator(nora, { code, password: "not this one" }, browser, NOW);
    expect(wrong).toMatchObject({ reason: "wrong_password", detail: { path: "password" } });
    valueOf(await confirmAuthenticator(nora, { code, password }, browser, NOW));
  });

  it("refuses a wrong code, a code of nothing started, and a second app", async () => {
    const anna = await makePatient();
    const browser = await openBrowser(anna);
    const form = { code: "000000", password: "" };
    expect(reasonOf(await confirmAuthenticator(anna, form, browser, NOW))).toBe("not_started");
    valueOf(await startAuthenticator(anna, NOW));
    const stale = { code: await codeFor(anna.personId, after(-120)), password: "" };
    expect(reasonOf(await confirmAuthenticator(anna, stale, browser, NOW))).toBe("wrong_code");
    const right = { code: await codeFor(anna.personId, NOW), password: "" };
    valueOf(await confirmAuthenticator(anna, right, browser, NOW));
    expect(reasonOf(await startAuthenticator(anna, NOW))).toBe("authenticator_on");
  });

  it("is confirmed once when sent twice at once", async () => {
    const anna = await makePatient();
    const browser = await openBrowser(anna);
    valueOf(await startAuthenticator(anna, NOW));
    const form = { code: await codeFor(anna.personId, NOW), password: "" };
    const answers = await Promise.all([1, 2].map(() => confirmAuthenticator(anna, form, browser, NOW)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await countRecoveryCodes(anna)).toBe(10);
  });

  it("starts one secret when asked twice at once, and forgets one nobody confirmed", async () => {
    const anna = await makePatient();
    const answers = await Promise.all([startAuthenticator(anna, NOW), startAuthenticator(anna, NOW)]);
    expect(answers.some((answer) => answer.ok)).toBe(true);
    expect((await authenticatorOf(anna)).state).toBe("started");
    await sweepLeftovers(after(25 * 3_600));
    expect(await authenticatorOf(anna)).toEqual({ state: "off" });
  });

  it("shows a stranger nothing, not even through the database", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    const ben = await makePatient();
    const seen = await asPerson(ben, async (tx) => [
      await tx.authenticator.count(),
      await tx.recoveryCode.count(),
      await tx.pendingSignIn.count(),
    ]);
    expect(seen).toEqual([0, 0, 0]);
    expect(await authenticatorOf(ben)).toEqual({ state: "off" });
  });
});

describe("a code", () => {
  it("works once, and nothing older works after it", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    const [first, second] = [await codeFor(anna.personId, NOW), await codeFor(anna.personId, after(30))];
    expect(reasonOf(await checkFactor(anna.personId, first, NOW))).toBe("wrong_code");
    expect(valueOf(await checkFactor(anna.personId, second, after(30)))).toBe("app");
    expect(reasonOf(await checkFactor(anna.personId, second, after(31)))).toBe("wrong_code");
    expect(reasonOf(await checkFactor(anna.personId, first, after(29)))).toBe("wrong_code");
  });

  it("lets one of two in who use it at once", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    const code = await codeFor(anna.personId, after(60));
    const answers = await Promise.all([1, 2, 3].map(() => checkFactor(anna.personId, code, after(60))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("cannot be guessed: of a hundred sent at once ten are compared, and then the right one waits too", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    const guesses = Array.from({ length: 100 }, (_, n) => String(n).padStart(6, "0"));
    const answers = await Promise.all(guesses.map((guess) => checkFactor(anna.personId, guess, after(600))));
    expect(reasonsOf(answers).filter((reason) => reason === "wrong_code")).toHaveLength(10);
    const right = await codeFor(anna.personId, after(600));
    expect(await checkFactor(anna.personId, right, after(600))).toMatchObject({
      reason: "too_many",
      detail: { retryAfter: expect.any(Number) },
    });
  });
});

describe("a recovery code", () => {
  it("works once, typed in capitals too, and leaves a trace", async () => {
    const anna = await makePatient();
    const { codes } = await switchOnApp(anna, NOW);
    const [code = ""] = codes;
    expect(valueOf(await checkFactor(anna.personId, code.toUpperCase(), NOW))).toBe("recovery");
    expect(reasonOf(await checkFactor(anna.personId, code, NOW))).toBe("wrong_code");
    expect(await countRecoveryCodes(anna)).toBe(9);
    expect(await audits("person.recovery_code_used", anna.personId)).toBe(1);
  });

  it("lets one of two in who use it at once, and nobody but its owner", async () => {
    const [anna, ben] = [await makePatient(), await makePatient()];
    const [{ codes }] = [await switchOnApp(anna, NOW), await switchOnApp(ben, NOW)];
    const [code = ""] = codes;
    expect(reasonOf(await checkFactor(ben.personId, code, NOW))).toBe("wrong_code");
    const answers = await Promise.all([
      checkFactor(anna.personId, code, NOW),
      checkFactor(anna.personId, code, NOW),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("is worth nothing after new ones were made, which needs a fresh proof", async () => {
    const anna = await makePatient();
    const { codes, browser } = await switchOnApp(anna, NOW);
    expect(reasonOf(await changeRecoveryCodes(anna, browser.sessionId, after(301)))).toBe("step_up_required");
    const ben = await makePatient();
    expect(reasonOf(await changeRecoveryCodes(ben, browser.sessionId, NOW))).toBe("not_found");
    const made = valueOf(await changeRecoveryCodes(anna, browser.sessionId, after(299)));
    expect(made.codes.filter((code) => codes.includes(code))).toEqual([]);
    expect(reasonOf(await checkFactor(anna.personId, codes[0] ?? "", NOW))).toBe("wrong_code");
    expect(valueOf(await checkFactor(anna.personId, made.codes[0] ?? "", NOW))).toBe("recovery");
    expect(await audits("person.recovery_codes_changed", anna.personId)).toBe(1);
  });
});

describe("confirming that it is you", () => {
  it("marks this browser alone and leaves a trace", async () => {
    const clara = await makeCoordinator();
    await switchOnApp(clara, NOW);
    const [here, there] = [await openBrowser(clara), await openBrowser(clara)];
    const code = await codeFor(clara.personId, after(60));
    valueOf(await confirmPerson(clara, here.sessionId, code, after(60)));
    expect(await identityOfCookie(here.token)).toMatchObject({ mfaAt: after(60) });
    expect(await identityOfCookie(there.token)).toMatchObject({ mfaAt: null });
    expect(await audits("session.confirmed", here.sessionId)).toBe(1);
  });

  it("is refused with a wrong code and for somebody else's browser", async () => {
    const [clara, ben] = [await makeCoordinator(), await makePatient()];
    await switchOnApp(clara, NOW);
    const theirs = await openBrowser(ben);
    expect(reasonOf(await confirmPerson(clara, theirs.sessionId, "000000", after(60)))).toBe("wrong_code");
    const code = await codeFor(clara.personId, after(60));
    expect(reasonOf(await confirmPerson(clara, theirs.sessionId, code, after(60)))).toBe("not_found");
    expect(await identityOfCookie(theirs.token)).toMatchObject({ mfaAt: null });
  });
});

describe("switching the app off", () => {
  it("needs a fresh proof, closes every other door and takes the recovery codes along", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    const there = await openBrowser(anna, NOW);
    expect(reasonOf(await removeAuthenticator(anna, browser.sessionId, after(301)))).toBe("step_up_required");
    expect(reasonOf(await removeAuthenticator(await makePatient(), browser.sessionId, NOW))).toBe(
      "step_up_required",
    );
    valueOf(await removeAuthenticator(anna, browser.sessionId, after(299)));
    expect((await row(anna.personId)).secondFactorAt).toBeNull();
    expect(await countRecoveryCodes(anna)).toBe(0);
    expect(await identityOfCookie(there.token)).toBeNull();
    expect(await identityOfCookie(browser.token)).toMatchObject({ hasFactor: false, mfaAt: null });
    expect(await audits("person.authenticator_removed", anna.personId)).toBe(1);
  });

  it("happens once when asked twice at once", async () => {
    const anna = await makePatient();
    const { browser } = await switchOnApp(anna, NOW);
    const answers = await Promise.all([1, 2].map(() => removeAuthenticator(anna, browser.sessionId, NOW)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});
