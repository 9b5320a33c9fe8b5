import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { lostDisputePostings } from "@/lib/payments/ledger";
import { postLedger } from "@/lib/payments/post-ledger";
import { BUNDLING } from "@/scripts/steps/build.mjs";
import { fromRoot } from "@/scripts/steps/root.mjs";
import { makeFullyPaid } from "@/tests/support/invoices";
import { testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

withProvider();

const PATIENCE_MS = 120_000;
/** Beside the others of this folder, so that it finds the packages. */
const bundle = fromRoot(".build", `worker-${randomUUID()}.mjs`);
let worker: ChildProcess | null = null;

afterAll(async () => {
  const gone = worker && new Promise((resolve) => worker?.once("exit", resolve));
  worker?.kill("SIGTERM");
  await gone;
  rmSync(bundle, { force: true });
});

/** The worker itself, as it runs beside the product. */
async function startWorker(): Promise<void> {
  const { build } = await import("esbuild");
  const entryPoints = [fromRoot("scripts", "worker.ts")];
  await build({ ...BUNDLING, sourcemap: false, entryPoints, outfile: bundle });
  const child = fork(bundle, { stdio: "ignore" });
  worker = child;
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`The worker ended with ${code}.`)));
  });
}

const read = (id: string) => asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }));

it("has losses of before settled by the worker's look at money", { timeout: PATIENCE_MS }, async () => {
  const { depositPaymentId: id, bookingId, currency } = await makeFullyPaid();
  await asPerson(testSystem, async (tx) => {
    await tx.payment.update({ where: { id }, data: { state: "disputed" } });
    await tx.payment.update({ where: { id }, data: { state: "lost", lostMinor: 10_000n } });
    const event = { kind: "dispute_lost", reference: `dispute:old_${id}`, memo: "old" };
    await postLedger(tx, { ...event, bookingId, paymentId: id, currency }, lostDisputePostings(10_000n));
  });
  await startWorker();
  await asPerson(testSystem, (tx) => enqueue(tx, "payment.reconcile", {}));

  await expect
    .poll(async () => (await read(id)).lossSettledMinor, { timeout: PATIENCE_MS / 2, interval: 250 })
    .toBe(10_000n);
});
