import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { answers, ask } from "./ask.mjs";
import { launch, untilReady } from "./children.mjs";
import { fromRoot } from "./root.mjs";
import { beginSandbox } from "./sandbox.mjs";
import { startPostgres } from "./postgres.mjs";
import { Stop } from "./say.mjs";

/** What ends first when we stop: those who use the others. */
const RANK = { database: 0, sandbox: 1, product: 2 };

const WEB_WITHIN_MS = 120_000;
const PROGRAM_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 60_000;

const logOf = (data, name) => join(data, "logs", `${name}.log`);

export async function addDatabase(house, { data, secrets }) {
  const dir = join(data, "postgres");
  const member = await house.add({
    name: "database",
    rank: RANK.database,
    log: join(dir, "postgres.log"),
    begin: (launched) => startPostgres({ dir, password: secrets.databasePassword, launched }),
  });
  return member.running.url;
}

export async function addSandbox(house, { data, env, port }) {
  const log = logOf(data, "sandbox");
  const told = { ...env, SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}/api/stripe/webhook` };
  const begin = (launched) => beginSandbox({ env: told, data, log, launched });
  await house.add({ name: "payment sandbox", rank: RANK.sandbox, log, begin });
}

export async function addWeb(house, { data, env, settings }) {
  const log = logOf(data, "web");
  const name = "web server";
  const begin = (launched) => {
    const child = launch({ name, args: webProgram(settings), env, log, graceMs: 4_000 });
    launched(child);
    const isReady = () => answers(`http://127.0.0.1:${settings.port}/api/health/live`);
    return untilReady({ name, child, isReady, timeoutMs: WEB_WITHIN_MS });
  };
  await house.add({ name, rank: RANK.product, log, begin });
}

function webProgram({ dev, port }) {
  if (!dev) return [fromRoot(".next", "standalone", "server.js")];
  const next = fromRoot("node_modules", "next", "dist", "bin", "next");
  return [next, "dev", "--hostname", "127.0.0.1", "--port", String(port)];
}

export function addWorker(house, settings) {
  return addProgram(house, { ...settings, name: "worker", program: "worker.mjs" });
}

/** Uploads and record bytes alone, without a web server around them. */
export function addRecords(house, settings) {
  return addProgram(house, { ...settings, name: "records server", program: "records.mjs" });
}

async function addProgram(house, { data, env, name, program }) {
  const log = logOf(data, name.split(" ")[0]);
  const args = ["--enable-source-maps", fromRoot(".build", program)];
  const begin = (launched) => {
    const child = launch({ name, args, env, log, graceMs: 4_000 });
    launched(child);
    return untilReady({ name, child, isReady: child.saidReady, timeoutMs: PROGRAM_WITHIN_MS });
  };
  await house.add({ name, rank: RANK.product, log, begin });
}

/** Asks the product itself: database, storage and queue must all be well. */
export async function untilHealthy(port) {
  const since = Date.now();
  let last = "no answer";
  while (Date.now() - since < READY_WITHIN_MS) {
    try {
      const { status, text } = await ask(`http://127.0.0.1:${port}/api/health/ready`, 5_000);
      if (status === 200) return;
      last = text;
    } catch (failure) {
      last = failure.message;
    }
    await pause(200);
  }
  throw new Stop(`Valvia started but does not become ready: ${last}`);
}
