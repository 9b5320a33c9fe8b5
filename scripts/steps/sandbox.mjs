import { statSync } from "node:fs";
import { join } from "node:path";
import { answers } from "./ask.mjs";
import { launch, untilReady } from "./children.mjs";
import { textOf } from "./files.mjs";
import { fromRoot } from "./root.mjs";

const ANSWERS_WITHIN_MS = 15_000;

/** The local stand-in for Stripe. Ready once it has written its address beside the data and answers there. */
export async function beginSandbox({ env, data, log, launched }) {
  const path = join(data, "sandbox.json");
  const before = writtenAt(path);
  const child = launch({
    name: "payment sandbox",
    args: ["--enable-source-maps", fromRoot(".build", "stripe-sandbox.mjs")],
    env,
    log,
    graceMs: 1_500,
  });
  launched(child);
  const isReady = () => writtenAt(path) > before && answers(readSandbox(data).url);
  return untilReady({ name: "payment sandbox", child, isReady, timeoutMs: ANSWERS_WITHIN_MS });
}

function writtenAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readSandbox(data) {
  return JSON.parse(textOf(join(data, "sandbox.json")) ?? '{"url":""}');
}

/** What web and worker must know to reach it as if it were Stripe. */
export function sandboxEnvironment(data) {
  const { url, secretKey, webhookSecret } = readSandbox(data);
  return { STRIPE_API_BASE: url, STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret };
}
