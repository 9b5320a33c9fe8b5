import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepLoopbackDirect } from "../../../scripts/steps/ask.mjs";
import { loadEnvironment, readSettings } from "../../../scripts/steps/environment.mjs";

const KEY = Buffer.alloc(32, 7).toString("base64");
const DEMO = { DATABASE_URL: "postgres://db/x", AUTH_SECRET: "a".repeat(32), RECORDS_KEY: KEY };
const S3 = {
  S3_ENDPOINT: "https://s3.example.org",
  S3_BUCKET: "records",
  S3_REGION: "eu-central-1",
  S3_ACCESS_KEY_ID: "key",
  S3_SECRET_ACCESS_KEY: "secret",
};
const PRODUCTION = {
  ...DEMO,
  VALVIA_MODE: "production",
  APP_URL: "https://care.example.org",
  STRIPE_SECRET_KEY: "sk_live_x",
  STRIPE_WEBHOOK_SECRET: "whsec_x",
  SMTP_URL: "smtps://user:password@mail.example.org",
  MAIL_FROM: "Valvia <care@example.org>",
};

const before = { ...process.env };
beforeEach(() => vi.resetModules());
afterEach(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
});

function given(settings) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, settings);
}

/** What the start says about these settings, and what a part of the product says that was started without it. */
async function saidOf(settings) {
  given(settings);
  const said = async (work) => {
    try {
      await work();
      return "";
    } catch (failure) {
      return failure.message;
    }
  };
  const { env } = await import("@/lib/infra/env");
  return [await said(() => readSettings({ dev: false })), await said(() => env())];
}

describe("a setting that is not valid", () => {
  it.each([
    ["PORT", "80x"],
    ["PORT", "70000"],
    ["APP_URL", "care.example.org"],
    ["APP_URL", "ftp://care.example.org"],
    ["VALVIA_MODE", "prod"],
    ["ROLE", "chef"],
    ["DATABASE_URL", "mysql://db/x"],
    ["DATABASE_POOL", "many"],
    ["DATABASE_POOL", "1"],
    ["RECORDS_KEY", "short"],
    ["RECORDS_KEY_PREVIOUS", "short"],
    ["AUTH_SECRET", "short"],
    ["STRIPE_API_BASE", "here"],
    ["SMTP_URL", "mail.example.org"],
    ["CLAMAV_URL", "clamav:3310"],
    ["VALVIA_GALLERY", "yes"],
    ["HOLD_MINUTES", "0"],
    ["HOLD_MINUTES", "two"],
    ["S3_ENDPOINT", "s3.example.org"],
    ["S3_BUCKET", "My Records"],
  ])("names itself, to the start and to each part: %s=%s", async (name, value) => {
    for (const said of await saidOf({ ...DEMO, [name]: value })) expect(said).toContain(`${name}: `);
  });

  it.each(Object.keys(S3))("names the one setting of an S3 store that is missing: %s", async (name) => {
    const { [name]: _left, ...rest } = S3;
    for (const said of await saidOf({ ...DEMO, ...rest })) {
      expect(said).toContain(`${name}: an S3 store needs it`);
      expect(said.split("S3 store needs it")).toHaveLength(2);
    }
    expect(await saidOf({ ...DEMO, ...S3 })).toEqual(["", ""]);
  });

  it("is a secret's file that is not there", () => {
    given({ AUTH_SECRET_FILE: "/nowhere/auth" });
    expect(() => loadEnvironment()).toThrow("AUTH_SECRET_FILE names /nowhere/auth");
  });

  it("is not an empty one, nor one that is left out", async () => {
    const empty = Object.fromEntries(["S3_ENDPOINT", "CLAMAV_URL", "SMTP_URL"].map((name) => [name, ""]));
    expect(await saidOf({ ...DEMO, ...empty })).toEqual(["", ""]);
  });
});

it.each([
  [{}, false],
  [{ VALVIA_GALLERY: "0" }, false],
  [{ VALVIA_GALLERY: "1" }, true],
  [{ NODE_ENV: "development" }, true],
])("opens the gallery while developing, or when asked: %o", async (settings, isOpen) => {
  given({ ...DEMO, NODE_ENV: "production", ...settings });
  const { isGalleryOpen } = await import("@/lib/infra/env");
  expect(isGalleryOpen()).toBe(isOpen);
});

describe("production", () => {
  it("begins with all it needs", async () => {
    expect(await saidOf(PRODUCTION)).toEqual(["", ""]);
  });

  it.each([
    "APP_URL",
    "AUTH_SECRET",
    "RECORDS_KEY",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "SMTP_URL",
    "MAIL_FROM",
  ])("does not begin without %s, whoever starts it", async (name) => {
    for (const said of await saidOf({ ...PRODUCTION, [name]: "" })) expect(said).toContain(`${name}: `);
  });

  it("has no gallery, whoever starts it", async () => {
    const said = await saidOf({ ...PRODUCTION, VALVIA_GALLERY: "1" });
    for (const words of said) expect(words).toContain("VALVIA_GALLERY: ");
  });

  it("refuses a payment sandbox, whoever starts it", async () => {
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      const said = await saidOf({ ...PRODUCTION, STRIPE_API_BASE: `http://${host}:9` });
      for (const words of said) expect(words).toContain("STRIPE_API_BASE: ");
      vi.resetModules();
    }
  });
});

it("sends nothing that stays on this machine to the shell's proxy, and keeps the shell's own exceptions", () => {
  const env = { NO_PROXY: "intranet,localhost" };
  keepLoopbackDirect(env);
  expect(env.no_proxy.split(",")).toEqual(["intranet", "localhost", "127.0.0.1", "::1"]);
  expect(env.NO_PROXY).toBe(env.no_proxy);
});
