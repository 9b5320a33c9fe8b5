import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fromRoot, root } from "./root.mjs";
import { Stop } from "./say.mjs";

const ROLES = ["all", "web", "worker", "records"];
const SECRETS = ["AUTH_SECRET", "RECORDS_KEY", "RECORDS_KEY_PREVIOUS", "DATABASE_URL", "SMTP_URL"];
const KEYS = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];

/** What production must be told, and how to get it. */
const NEEDED = {
  APP_URL: "the public address, for example https://care.example.org",
  AUTH_SECRET: "at least 32 characters (openssl rand -base64 48)",
  RECORDS_KEY: "32 bytes in base64 (openssl rand -base64 32)",
  STRIPE_SECRET_KEY: "the secret key of your Stripe account",
  STRIPE_WEBHOOK_SECRET: "the signing secret of the webhook at <APP_URL>/api/stripe/webhook",
  SMTP_URL: "the mail server, for example smtps://user:password@mail.example.org",
  MAIL_FROM: 'the sender, for example "Valvia <care@example.org>"',
};

const S3 = ["S3_ENDPOINT", "S3_BUCKET", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];

const isAddress = (text) => /^https?:\/\//.test(text) && URL.canParse(text);
const isKey = (text) => Buffer.from(text, "base64").length === 32;
const isCount = (text) => /^[1-9]\d{0,8}$/.test(text);

/** What a value that is given must be. The product's own check (lib/infra/env.ts) refuses the same. */
const OPTIONAL = {
  DATABASE_POOL: {
    fits: (text) => isCount(text) && text >= 2 && text <= 200,
    must: "a whole number from 2 to 200",
  },
  RECORDS_KEY: { fits: isKey, must: NEEDED.RECORDS_KEY },
  RECORDS_KEY_PREVIOUS: { fits: isKey, must: NEEDED.RECORDS_KEY },
  AUTH_SECRET: { fits: (text) => text.length >= 32, must: NEEDED.AUTH_SECRET },
  S3_ENDPOINT: { fits: isAddress, must: "an http or https address" },
  S3_BUCKET: {
    fits: (text) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text),
    must: "the name of a bucket",
  },
  STRIPE_API_BASE: { fits: isAddress, must: "an http or https address" },
  SMTP_URL: { fits: (text) => /^smtps?:\/\/./.test(text), must: NEEDED.SMTP_URL },
  CLAMAV_URL: {
    fits: (text) => /^tcp:\/\/./.test(text) && URL.canParse(text),
    must: "like tcp://host:3310",
  },
  VALVIA_GALLERY: { fits: (text) => text === "0" || text === "1", must: "0 or 1" },
  HOLD_MINUTES: { fits: isCount, must: "a whole number of minutes, at least 1" },
};

/** Reads .env beside package.json (what the shell already set wins) and secrets given as files (`<NAME>_FILE`). */
export function loadEnvironment() {
  if (existsSync(fromRoot(".env"))) process.loadEnvFile(fromRoot(".env"));
  for (const name of [...SECRETS, ...KEYS]) {
    const file = process.env[`${name}_FILE`];
    if (file && !process.env[name]) process.env[name] = readSecret(`${name}_FILE`, file);
  }
}

function readSecret(name, file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (failure) {
    throw new Stop(`${name} names ${file}, which cannot be read (${failure.code}).`);
  }
}

/** The settings the start itself needs; every other variable is validated by the product when it begins. */
export function readSettings({ dev }) {
  const given = (name) => process.env[name] || null;
  const port = Number(given("PORT") ?? 3000);
  const mode = given("VALVIA_MODE") ?? "demo";
  const role = given("ROLE") ?? "all";
  const settings = {
    dev,
    mode,
    role,
    port,
    data: resolve(root, given("VALVIA_DATA") ?? ".data"),
    appUrl: (given("APP_URL") ?? `http://127.0.0.1:${port || 3000}`).replace(/\/$/, ""),
    databaseUrl: given("DATABASE_URL"),
    sandbox: mode === "demo" && given("STRIPE_SECRET_KEY") === null,
    web: role === "all" || role === "web",
    worker: role === "all" || role === "worker",
    records: role === "records",
  };
  const wrong = [...complaints(settings), ...productionComplaints(settings)];
  if (wrong.length > 0)
    throw new Stop(`The environment is not valid.\n${wrong.map((line) => `  ${line}`).join("\n")}`);
  return settings;
}

function* complaints({ port, mode, role, appUrl, databaseUrl }) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    yield "PORT: must be a whole number from 1 to 65535";
  if (!["demo", "production"].includes(mode)) yield "VALVIA_MODE: must be demo or production";
  if (!ROLES.includes(role)) yield `ROLE: must be one of ${ROLES.join(", ")}`;
  if (!isAddress(appUrl)) yield "APP_URL: must be an http or https address";
  if (databaseUrl && !/^postgres(ql)?:\/\/./.test(databaseUrl))
    yield "DATABASE_URL: must be a postgres:// address";
  for (const [name, { fits, must }] of Object.entries(OPTIONAL)) {
    const value = process.env[name];
    if (value && !fits(value)) yield `${name}: must be ${must}`;
  }
  // Half a store would leave records where nobody looks for them.
  if (S3.some((name) => process.env[name])) {
    for (const name of S3.filter((one) => !process.env[one]))
      yield `${name}: an S3 store needs it; set it, or none of the S3 settings`;
  }
}

function* productionComplaints({ mode, dev }) {
  if (mode !== "production") return;
  if (dev) yield "VALVIA_MODE: npm run dev is for the demo; use npm start in production";
  for (const [name, meaning] of Object.entries(NEEDED)) {
    if (!process.env[name]) yield `${name}: production needs ${meaning}`;
  }
  if (process.env.VALVIA_GALLERY === "1") yield "VALVIA_GALLERY: production has no gallery; leave it unset";
  const base = process.env.STRIPE_API_BASE;
  if (base && /^https?:\/\/(localhost|127\.|\[::1\])/.test(base)) {
    yield "STRIPE_API_BASE: production refuses a payment sandbox; leave it unset";
  }
}

/** The environment of web, worker and seed. */
export function productEnvironment(settings, secrets, databaseUrl) {
  const { AUTH_SECRET, RECORDS_KEY, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY } = secrets;
  const env = { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, AUTH_SECRET, RECORDS_KEY, ...withoutEmpty(process.env) };
  return {
    ...env,
    NODE_ENV: settings.dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(settings.port),
    HOSTNAME: "127.0.0.1",
    APP_URL: settings.appUrl,
    NEXTAUTH_URL: settings.appUrl,
    NEXTAUTH_SECRET: env.AUTH_SECRET,
    VALVIA_MODE: settings.mode,
    VALVIA_DATA: settings.data,
    ROLE: settings.role,
    DATABASE_URL: databaseUrl,
  };
}

function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}
