import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/infra/env";
import { GET as listCases } from "@/app/api/v1/cases/route";
import { POST as tokens } from "@/app/api/v1/tokens/route";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { identityOfBearer, identityOfCookie, personAs } from "@/lib/infra/session";
import { changePassword } from "@/lib/people/change-password";
import { createAccount } from "@/lib/people/create-account";
import { finishSignIn, readPendingSignIn } from "@/lib/people/finish-sign-in";
import { openDoor } from "@/lib/people/open-door";
import { signIn } from "@/lib/people/sign-in";
import { sweepLeftovers } from "@/lib/people/sweep-leftovers";
import { codeFor, openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const mode = vi.hoisted(() => ({ demo: true }));
vi.mock("@/lib/infra/env", async (original) => ({
  ...(await original<typeof Env>()),
  isDemo: () => mode.demo,
}));

beforeEach(() => {
  mode.demo = true;
});

const PASSWORD = "a long sentence";
const from = () => ({ address: `test-${newId()}`, userAgent: "vitest" });
const minutes = (now: Date, count: number) => new Date(now.getTime() + count * 60_000);
const audits = (objectId: string) =>
  openDb().auditEvent.count({ where: { event: "session.opened", objectId } });

/** Somebody with a password and an authenticator app; its code of this moment is used up already. */
async function twoStepper() {
  const email = `${newId()}@example.test`;
  const form = { email, password: PASSWORD, name: "Nora", locale: "en" as const };
  const { id } = valueOf(await createAccount(form, newId()));
  const nora = { ...(await makePatient()), personId: id, email };
  const now = new Date();
  const { codes, browser } = await switchOnApp(nora, minutes(now, -2), PASSWORD);
  return { nora, id, email, codes, browser, now };
}

async function held(email: string, next?: string) {
  const signed = valueOf(await signIn({ email, password: PASSWORD, ...(next ? { next } : {}) }, from()));
  if (signed.state !== "held") throw new Error("The second step was not asked for.");
  return signed.token;
}

describe("a password or a link of somebody who signs in in two steps", () => {
  it("opens no session, only five minutes for the second step", async () => {
    const { id, email, now } = await twoStepper();
    const before = await openDb().session.count({ where: { personId: id } });
    const token = await held(email, "/en/my/cases");
    expect(await identityOfCookie(token)).toBeNull();
    expect(await openDb().session.count({ where: { personId: id } })).toBe(before);
    expect(await audits(id)).toBe(0);
    expect(await readPendingSignIn(token, now)).toMatchObject({ personId: id, next: "/en/my/cases" });
    expect(await readPendingSignIn(token, minutes(now, 6))).toBeNull();
    const link = await openDoor(id, { by: "link", userAgent: null, next: null, token: newId() }, now);
    expect(link?.state).toBe("held");
    expect(await identityOfCookie(link?.token ?? "")).toBeNull();
  });

  it("is followed by a code, which opens a session that says so", async () => {
    const { id, email, now } = await twoStepper();
    const token = await held(email, "/en/my/cases");
    const opened = valueOf(await finishSignIn(token, await codeFor(id, now), "vitest", now));
    expect(opened).toMatchObject({ personId: id, next: "/en/my/cases", roles: ["patient"] });
    expect(await identityOfCookie(opened.token)).toMatchObject({ personId: id, hasFactor: true, mfaAt: now });
    expect(await audits(id)).toBe(1);
    expect(reasonOf(await finishSignIn(token, await codeFor(id, minutes(now, 1)), null, now))).toBe(
      "sign_in_over",
    );
  });

  it("is followed by a recovery code where the phone is lost", async () => {
    const { email, codes, now } = await twoStepper();
    valueOf(await finishSignIn(await held(email), codes[3] ?? "", null, now));
    expect(reasonOf(await finishSignIn(await held(email), codes[3] ?? "", null, now))).toBe("wrong_code");
  });

  it("is over after five wrong codes, and knows no token of somebody's own making", async () => {
    const { id, email, now } = await twoStepper();
    const token = await held(email);
    for (let turn = 0; turn < 5; turn += 1)
      expect(reasonOf(await finishSignIn(token, "000000", null, now))).toBe("wrong_code");
    expect(reasonOf(await finishSignIn(token, await codeFor(id, now), null, now))).toBe("sign_in_over");
    expect(reasonOf(await finishSignIn(newId(), await codeFor(id, now), null, now))).toBe("sign_in_over");
  });

  it("opens one session when the second step is taken twice at once", async () => {
    const { id, email, codes, now } = await twoStepper();
    const token = await held(email);
    const [one = "", two = ""] = codes;
    const answers = await Promise.all([one, two].map((code) => finishSignIn(token, code, null, now)));
    expect(reasonsOf(answers)).toEqual(["done", "sign_in_over"]);
    expect(await audits(id)).toBe(1);
  });

  it("is nothing any more once the password has changed, or nobody came", async () => {
    const { nora, id, email, browser, now } = await twoStepper();
    const [first, second] = [await held(email), await held(email)];
    await sweepLeftovers(minutes(now, 6));
    expect(await readPendingSignIn(first, now)).toBeNull();
    const form = { oldPassword: PASSWORD, newPassword: "another long sentence" };
    const third = await held(email);
    valueOf(await changePassword(nora, form, browser, now));
    for (const token of [second, third])
      expect(reasonOf(await finishSignIn(token, await codeFor(id, now), null, now))).toBe("sign_in_over");
  });

  it("waits no longer where the account has been erased", async () => {
    const { id, email, now } = await twoStepper();
    const token = await held(email);
    await openDb().person.update({ where: { id }, data: { erasedAt: now } });
    expect(await readPendingSignIn(token, now)).toBeNull();
  });
});

describe("a token for the API", () => {
  const ask = (email: string, otp?: string) =>
    call(tokens, { body: { email, password: PASSWORD, name: "try", ...(otp === undefined ? {} : { otp }) } });

  it("needs a code from whoever signs in in two steps, and says so", async () => {
    const { id, email, now } = await twoStepper();
    expect(await ask(email)).toMatchObject({ status: 401, body: { code: "otp_required" } });
    expect(await ask(email, "000000")).toMatchObject({ status: 401, body: { code: "wrong_code" } });
    const made = await ask(email, await codeFor(id, now));
    expect(made.status).toBe(201);
    const identity = await identityOfBearer(String(made.body.token));
    expect(identity).toMatchObject({ personId: id, hasFactor: true });
    expect(identity?.mfaAt).toBeInstanceOf(Date);
    expect(await ask(email, await codeFor(id, now))).toMatchObject({ status: 401 });
  });

  it("tells nobody without the password that there is a second step", async () => {
    const { email } = await twoStepper();
    const body = { email, password: "not this one", name: "try" };
    expect(await call(tokens, { body })).toMatchObject({ status: 401, body: { code: "wrong_password" } });
  });
});

describe("staff without a second factor", () => {
  it("are nobody outside the demo: in no role, by no token", async () => {
    const clara = await makeCoordinator();
    const [browser, token] = [await openBrowser(clara), await tokenOf(clara)];
    const inDemo = await identityOfCookie(browser.token);
    expect(inDemo && personAs(inDemo, "coordinator")).not.toBeNull();
    expect((await call(listCases, { token })).status).toBe(200);
    mode.demo = false;
    const identity = await identityOfCookie(browser.token);
    expect(identity).toMatchObject({ owesFactor: true, roles: ["coordinator"] });
    expect(identity && personAs(identity, "coordinator")).toBeNull();
    expect(await call(listCases, { token })).toMatchObject({
      status: 403,
      body: { code: "second_factor_missing" },
    });
  });

  it("are themselves again once they have one, and patients never owe one", async () => {
    const [clara, anna] = [await makeCoordinator(), await makePatient()];
    const { browser } = await switchOnApp(clara, new Date());
    mode.demo = false;
    const identity = await identityOfCookie(browser.token);
    expect(identity && personAs(identity, "coordinator")).toMatchObject({ personId: clara.personId });
    expect(await identityOfCookie((await openBrowser(anna)).token)).toMatchObject({ owesFactor: false });
  });
});

describe("what waits for its second step", () => {
  it("is known to the database as a hash alone", async () => {
    const { email } = await twoStepper();
    const token = await held(email);
    const found = await asPerson(testSystem, (tx) => tx.pendingSignIn.count({ where: { tokenHash: token } }));
    expect(found).toBe(0);
  });
});
