import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";
import {
  clientOf,
  control,
  eventually,
  payWith,
  sessionWishes,
  startPortal,
} from "@/tests/support/stripe-sandbox";
import { startSandbox } from "@/tools/stripe-sandbox/start-sandbox";

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stripe-sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it("keeps everything over a restart: secrets, address, payments, answers and open pages", async () => {
  const dataDir = await dataFolder();
  const first = await startSandbox({ port: 0, dataDir });
  const stripe = clientOf(first);
  const options = { idempotencyKey: "k" };
  const paid = await stripe.checkout.sessions.create(sessionWishes(), options);
  const open = await stripe.checkout.sessions.create(sessionWishes());
  await payWith(paid.url, "4242424242424242");
  const charges = await stripe.charges.list();
  await first.close();

  // A batch cut off by a kill was never answered; it must not stop the next start.
  await appendFile(join(dataDir, "sandbox", "journal.jsonl"), '[{"table":"charges","id":"ch_half');
  const second = await startSandbox({ port: 0, dataDir });
  onTestFinished(() => second.close());
  expect(second.url).toBe(first.url);
  expect(second.webhookSecret).toBe(first.webhookSecret);
  expect((await stripe.charges.list()).data).toEqual(charges.data);
  expect((await stripe.checkout.sessions.create(sessionWishes(), options)).id).toBe(paid.id);
  expect((await payWith(open.url, "4242424242424242")).status).toBe(303);
  expect((await stat(join(dataDir, "sandbox.json"))).mode & 0o777).toBe(0o600);
});

it("tells after a restart what it could not tell before", async () => {
  const dataDir = await dataFolder();
  const first = await startSandbox({ port: 0, dataDir, webhookUrl: "http://127.0.0.1:9/closed" });
  const session = await clientOf(first).checkout.sessions.create(sessionWishes());
  await payWith(session.url, "4242424242424242");
  await first.close();

  const portal = await startPortal(() => first.webhookSecret);
  onTestFinished(() => portal.close());
  const second = await startSandbox({ port: 0, dataDir, webhookUrl: portal.url });
  onTestFinished(() => second.close());
  await eventually(() => (portal.told.length === 4 ? true : null));
  expect(portal.told.map(({ event }) => event.type).at(-1)).toBe("checkout.session.completed");
});

it("runs as one bundled file, survives a kill and ends within a second", async () => {
  const dataDir = await dataFolder();
  const bundle = join(dataDir, "server.mjs");
  await build({
    entryPoints: ["tools/stripe-sandbox/server.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  const run = () => spawn(process.execPath, [bundle], { env: { ...process.env, VALVIA_DATA: dataDir } });
  const killed = run();
  await once(killed.stdout, "data");
  const file = JSON.parse(await readFile(join(dataDir, "sandbox.json"), "utf8"));
  await control(file, "webhooks", { deliver: "never" });
  const { id } = await clientOf(file).customers.create({ name: "A" });
  killed.kill("SIGKILL");
  await once(killed, "exit");

  const stopped = run();
  await once(stopped.stdout, "data");
  expect((await clientOf(file).customers.retrieve(id)).id).toBe(id);
  // It waits for nobody who takes no webhook: the time a test may take is the only limit.
  stopped.kill("SIGTERM");
  const [code] = await once(stopped, "exit");
  expect(code).toBe(0);
});

it("says which of its files is damaged, and changes nothing in it", async () => {
  const dataDir = await dataFolder();
  await (await startSandbox({ port: 0, dataDir })).close();
  const journal = join(dataDir, "sandbox", "journal.jsonl");
  await appendFile(journal, "damaged\n");
  await expect(startSandbox({ port: 0, dataDir })).rejects.toThrow(/journal\.jsonl, line \d+ is damaged/);
  expect(await readFile(journal, "utf8")).toContain("damaged");
  await writeFile(join(dataDir, "sandbox.json"), '{"url":');
  await expect(startSandbox({ port: 0, dataDir })).rejects.toThrow(/sandbox\.json is damaged\. Remove it/);
});
