import { beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { POST as signInDoor } from "@/app/api/session/route";
import { POST as confirmDoor } from "@/app/api/session/confirm/route";
import { POST as passkeyDoor } from "@/app/api/session/passkey/route";
import { POST as newPasskeyDoor } from "@/app/api/session/passkey/new/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { ownOrigins } from "@/lib/infra/env";
import { hashPassword } from "@/lib/infra/password";
import { openBrowser } from "../../support/factors";
import { makePatient, testSystem } from "../../support/people";

const browser = vi.hoisted(() => ({ sent: new Headers(), jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => browser.sent,
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => browser.jar.set(name, value),
    delete: (name: string) => browser.jar.delete(name),
  }),
}));
vi.mock("next-intl/server", () => ({
  getLocale: async () => "en",
  getTranslations: async () => Object.assign((key: string) => key, { has: () => true }),
}));
vi.mock("@/i18n/action-locale", () => ({ actionLocale: async () => "en" }));
// In the demo nobody's address is believed: this test says where a request comes from.
const place = vi.hoisted(() => ({ address: "" }));
vi.mock("@/lib/infra/client-address", () => ({ clientAddress: () => place.address }));

const PASSWORD = "a long sentence";
const own = () => new Headers({ origin: ownOrigins()[0] ?? "", "sec-fetch-site": "same-origin" });
/** As a form of another site can send it without asking first: a body of no type. */
const post = (body: object) =>
  new Request("http://127.0.0.1/api/session", { method: "POST", body: new Blob([JSON.stringify(body)]) });
const questions = () => asPerson(testSystem, (tx) => tx.passkeyChallenge.count());

beforeEach(() => {
  browser.sent = own();
  browser.jar.clear();
  place.address = newId();
});

/** Somebody with a password, signed in here. */
async function signedIn() {
  const anna = await makePatient();
  const data = { passwordHash: await hashPassword(PASSWORD), emailVerifiedAt: new Date() };
  await openDb().person.update({ where: { id: anna.personId }, data });
  browser.jar.set("valvia", (await openBrowser(anna)).token);
  return anna;
}

describe("every door of a session", () => {
  const doors = [
    ["sign-in", signInDoor],
    ["confirm", confirmDoor],
    ["passkey", passkeyDoor],
    ["new passkey", newPasskeyDoor],
  ] as const;

  it.each(doors)("refuses what another site posts, with a type and without: %s", async (_name, door) => {
    const { email } = await signedIn();
    const body = { email, password: PASSWORD, purpose: "sign_in", code: "000000" };
    browser.sent = new Headers({ origin: "https://evil.test", "sec-fetch-site": "cross-site" });
    const refused = async () => {
      const answer = await door(post(body));
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: "cross_site" });
    };
    await refused();
    browser.sent.set("content-type", "application/json");
    await refused();
    browser.sent = new Headers();
    await refused();
    expect(browser.jar.size).toBe(1);
  });

  it.each(doors)("tells what is no JSON apart from a fault of its own: %s", async (_name, door) => {
    await signedIn();
    const broken = new Request("http://127.0.0.1/api/session", { method: "POST", body: "{" });
    const answer = await door(broken);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "malformed" });
  });

  it("lets our own page sign in", async () => {
    const { email, personId } = await signedIn();
    browser.jar.clear();
    const answer = await signInDoor(post({ email, password: PASSWORD }));
    expect(await answer.json()).toEqual({ state: "in", personId });
    expect(browser.jar.size).toBe(1);
  });
});

describe("the door of passkeys", () => {
  const ask = (purpose: string) => passkeyDoor(post({ purpose }));

  it("asks one address three hundred times in a quarter of an hour, and then says when again", async () => {
    const before = await questions();
    for (let turn = 0; turn < 300; turn += 1) expect((await ask("sign_in")).status).toBe(200);
    const answer = await ask("sign_in");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answer.json()).toEqual({ state: "refused", message: "too_many" });
    expect(await questions()).toBe(before + 300);
    place.address = newId();
    expect((await ask("sign_in")).status).toBe(200);
  });

  it("asks one person sixty times, wherever they are, and nobody who is not there", async () => {
    expect((await ask("confirm")).status).toBe(401);
    expect((await ask("second")).status).toBe(401);
    await signedIn();
    for (let turn = 0; turn < 30; turn += 1) {
      expect((await ask("confirm")).status).toBe(200);
      expect((await newPasskeyDoor(post({}))).status).toBe(200);
    }
    place.address = newId();
    expect((await ask("confirm")).status).toBe(429);
    expect((await newPasskeyDoor(post({}))).status).toBe(429);
  });
});
