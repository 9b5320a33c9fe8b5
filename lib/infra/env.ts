import { randomUUID } from "node:crypto";
import path from "node:path";
import { z } from "zod";

/** Differs in every process: nobody can sign an event with a secret that was never set. */
const NO_KEY = `none-${randomUUID()}`;

const base64Key = z.string().refine((text) => Buffer.from(text, "base64").length === 32, {
  error: "must be 32 bytes in base64 (openssl rand -base64 32)",
});

const address = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/** Addresses with commas between them. */
const addresses = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((one) => one.trim() || []))
  .pipe(z.array(address));

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  APP_URL: address.optional(),
  VALVIA_DATA: z.string().min(1).default(".data"),
  VALVIA_MODE: z.enum(["demo", "production"]).default("demo"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\/./, "must be a postgres:// address"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  S3_ENDPOINT: address.optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket")
    .optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  RECORDS_KEY: base64Key,
  RECORDS_KEY_PREVIOUS: base64Key.optional(),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters"),
  STRIPE_SECRET_KEY: z.string().default(NO_KEY),
  STRIPE_WEBHOOK_SECRET: z.string().default(NO_KEY),
  STRIPE_API_BASE: address.optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./, "must look like smtps://user:password@mail.example.org")
    .optional(),
  MAIL_FROM: z.string().default("Valvia <care@valvia.test>"),
  PAGE_CACHES: addresses,
  CLAMAV_URL: z.url({ protocol: /^tcp$/, error: "must look like tcp://host:3310" }).optional(),
  ROLE: z.enum(["all", "web", "worker", "records"]).default("all"),
  VALVIA_GALLERY: z.enum(["0", "1"]).default("0"),
  HOLD_MINUTES: z.coerce.number().int().min(1).default(4320),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

/** What production must be told: the demo makes these itself, goes without them or uses the payment sandbox. */
const PRODUCTION_NEEDS = ["APP_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "SMTP_URL", "MAIL_FROM"];

function* productionComplaints(given: Record<string, string | undefined>): Generator<string> {
  if (given.VALVIA_MODE !== "production") return;
  for (const name of PRODUCTION_NEEDS) if (!given[name]) yield `${name}: production needs it`;
  if (given.VALVIA_GALLERY === "1") yield "VALVIA_GALLERY: production has no gallery; leave it unset";
  const base = given.STRIPE_API_BASE;
  if (base && URL.canParse(base) && /^(localhost|127\.|\[::1\])/.test(new URL(base).hostname))
    yield "STRIPE_API_BASE: production refuses a payment sandbox; leave it unset";
}

const S3_NEEDS = ["S3_ENDPOINT", "S3_BUCKET", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];

/** Half a store would leave records where nobody looks for them. */
function* storeComplaints(given: Record<string, string | undefined>): Generator<string> {
  if (!S3_NEEDS.some((name) => given[name])) return;
  for (const name of S3_NEEDS)
    if (!given[name]) yield `${name}: an S3 store needs it; set it, or none of the S3 settings`;
}

export type Env = z.infer<typeof schema> & { APP_URL: string };

let parsed: Env | undefined;

/**
 * The environment, validated once. Throws an error that names each bad variable and what it must be.
 * Read lazily, so that a build without secrets works.
 */
export function env(): Env {
  if (parsed) return parsed;
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  const issues = result.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
  const lines = [...issues, ...storeComplaints(given), ...productionComplaints(given)];
  if (!result.success || lines.length > 0)
    throw new Error(`The environment is not valid.\n${lines.join("\n")}`);
  const { data } = result;
  parsed = {
    ...data,
    APP_URL: data.APP_URL ?? `http://127.0.0.1:${data.PORT}`,
    VALVIA_DATA: dataFolder(),
  };
  return parsed;
}

/** Where everything is kept: all that a process is told which must know no secret. */
export function dataFolder(): string {
  return path.resolve(/* turbopackIgnore: true */ process.cwd(), process.env.VALVIA_DATA || ".data");
}

/** The S3-compatible store that keeps the files; null when this machine's disk does. */
export function s3Settings() {
  // Asked by a process that must know no secret, too: it has none of these, and no other.
  if (!process.env.S3_ENDPOINT) return null;
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env();
  return {
    endpoint: S3_ENDPOINT ?? "",
    bucket: S3_BUCKET ?? "",
    region: S3_REGION ?? "",
    accessKeyId: S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: S3_SECRET_ACCESS_KEY ?? "",
  };
}

/**
 * The origins our own pages have. The demo's machine answers to its number and to its name: passkeys exist for names
 * alone.
 */
export function ownOrigins(): string[] {
  const own = new URL(env().APP_URL);
  const { origin } = own;
  if (!isDemo() || own.hostname !== "127.0.0.1") return [origin];
  own.hostname = "localhost";
  return [origin, own.origin];
}

/** Whether payments go to an account at the provider that somebody has named; else to the sandbox beside the demo. */
export function hasPaymentAccount(): boolean {
  return env().STRIPE_SECRET_KEY !== NO_KEY;
}

export function isDemo(): boolean {
  return env().VALVIA_MODE === "demo";
}

/** Whether the gallery of components and its pages that fail on purpose are open: while developing, or when asked. */
export function isGalleryOpen(): boolean {
  return env().NODE_ENV === "development" || env().VALVIA_GALLERY === "1";
}

/** The origin the browser may be sent to for payment, besides our own. */
export function checkoutOrigin(): string {
  const base = process.env.STRIPE_API_BASE;
  return base ? new URL(base).origin : "https://checkout.stripe.com";
}

/** What public pages know at build time, when no secret need be set: whether this is a demo, and our own address. */
export function siteSettings(): { demo: boolean; appUrl: string } {
  const port = process.env.PORT || "3000";
  return {
    demo: process.env.VALVIA_MODE !== "production",
    appUrl: process.env.APP_URL || `http://127.0.0.1:${port}`,
  };
}
