import path from "node:path";
import { z } from "zod";

const base64Key = z.string().refine((text) => Buffer.from(text, "base64").length === 32, {
  error: "must be 32 bytes in base64 (openssl rand -base64 32)",
});

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  APP_URL: z.url().optional(),
  VALVIA_DATA: z.string().min(1).default(".data"),
  VALVIA_MODE: z.enum(["demo", "production"]).default("demo"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgres:// address"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  RECORDS_KEY: base64Key,
  RECORDS_KEY_PREVIOUS: base64Key.optional(),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters"),
  STRIPE_SECRET_KEY: z.string().min(1).default("sk_test_not_configured"),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).default("whsec_not_configured"),
  STRIPE_API_BASE: z.url().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Valvia <care@valvia.test>"),
  CLAMAV_URL: z
    .string()
    .regex(/^tcp:\/\//, "must look like tcp://host:3310")
    .optional(),
  ROLE: z.enum(["all", "web", "worker", "records"]).default("all"),
  HOLD_MINUTES: z.coerce.number().int().min(1).default(4320),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

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
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not valid.\n${lines.join("\n")}`);
  }
  const { data } = result;
  parsed = {
    ...data,
    APP_URL: data.APP_URL ?? `http://127.0.0.1:${data.PORT}`,
    VALVIA_DATA: path.resolve(/* turbopackIgnore: true */ process.cwd(), data.VALVIA_DATA),
  };
  return parsed;
}

export function isDemo(): boolean {
  return env().VALVIA_MODE === "demo";
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
