import "server-only";
import { fromPrisma, type Job, type JobResult, PgBoss } from "pg-boss";
import type { Tx } from "./db";
import { env } from "./env";
import jobNames from "./job-names.json";
import { log } from "./log";
import type { Damage } from "./record-store-driver";
import { keepPulse } from "./worker-pulse";

/** Every job the worker knows, with the facts it needs: ids only, the rest is read when it runs. */
export interface JobPayloads {
  "mail.send": { mailId: string };
  "record.check": { recordId: string };
  "record.damaged": { recordId: string; damage: Damage; metAt: string };
  "record.restore": { recordId: string; askedById: string };
  "record.unpack": UnpackPayload;
  "provider.apply": { eventId: string };
  "payment.settle": { paymentId: string };
  "opinion.settle": { opinionId: string };
  "document.receipt": { paymentId: string };
  "document.decline": { reviewId: string };
  "document.estimate": { estimateId: string };
  "document.contract": { contractId: string; moveId?: string };
  "document.change": { changeOrderId: string };
  "bill.follow": BillNews;
  "invoice.sweep": Record<string, never>;
  "hold.tidy": Record<string, never>;
  "upload.sweep": Record<string, never>;
  "keys.rotate": Record<string, never>;
  "payment.reconcile": Record<string, never>;
  "case.sweep": Record<string, never>;
  "refund.send": { refundId: string };
  "search.refresh": Record<string, never>;
}

/** An invoice that was entered or judged, or a final account. */
export type BillNews = { billId: string } | { accountId: string };

/** An archive, the place of the next file in it, and how many came to nothing so far. */
export interface UnpackPayload {
  recordId: string;
  next: number;
  leftOut: number;
  alreadyHere: number;
  broken: number[];
}

export function unpackFromStart(recordId: string): UnpackPayload {
  return { recordId, next: 0, leftOut: 0, alreadyHere: 0, broken: [] };
}

export type JobName = keyof JobPayloads;
export type JobHandlers = { [N in JobName]: (payload: JobPayloads[N]) => Promise<void> };

const SCHEMA = "pgboss";
const shared = globalThis as typeof globalThis & { valviaBoss?: Promise<PgBoss> };

/** The sending side: no maintenance, the application's own database role. */
function sender(): Promise<PgBoss> {
  shared.valviaBoss ??= startSender();
  return shared.valviaBoss;
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    options: "-c role=valvia_app",
    schema: SCHEMA,
    max: 2,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ error }, "job sender"));
  return boss.start();
}

/**
 * Puts a job into the queue inside the transaction of its cause: no cause without its job, no job without its cause.
 * Delivered at least once; each job is idempotent by its own effect.
 */
export async function enqueue<N extends JobName>(
  tx: Tx,
  name: N,
  payload: JobPayloads[N],
  options: { startAfter?: Date; singletonKey?: string; singletonSeconds?: number } = {},
): Promise<void> {
  const boss = await sender();
  await boss.send(name, payload, { ...options, db: fromPrisma(tx) });
}

export async function closeJobs(): Promise<void> {
  const boss = await shared.valviaBoss;
  await boss?.stop({ graceful: false });
  delete shared.valviaBoss;
}

/** How many jobs of a kind are taken at a time, where it is not one. */
const BATCHES: Partial<Record<JobName, number>> = { "record.check": 20 };

/** Jobs the clock starts, as cron lines in UTC. */
const SCHEDULE: readonly [JobName, string][] = [
  ["hold.tidy", "* * * * *"],
  ["upload.sweep", "*/10 * * * *"],
  // Does nothing unless a key of the old master key is left.
  ["keys.rotate", "*/5 * * * *"],
  ["payment.reconcile", "*/5 * * * *"],
  ["case.sweep", "*/5 * * * *"],
  ["invoice.sweep", "*/5 * * * *"],
  // Each day is done once, in the first hour; the later hours make good what a night without a worker left.
  ["search.refresh", "3 * * * *"],
];

/** Works the queues until stopped. Failed jobs are tried eight times with growing pauses, then kept for a human. */
export async function startWorker(handlers: JobHandlers): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: env().DATABASE_URL, schema: SCHEMA, max: 4, migrate: false });
  boss.on("error", (error) => log.error({ error }, "job worker"));
  await boss.start();
  for (const name of jobNames as JobName[]) {
    // Files come by the thousand: they are taken in batches, the next at once, and each is settled by itself.
    const options = {
      pollingIntervalSeconds: 0.5,
      batchSize: BATCHES[name] ?? 1,
      perJobResults: true,
    } as const;
    await boss.work(name, { ...options, burstWhenBatchFull: true }, (jobs) =>
      settleAll(name, jobs, handlers),
    );
  }
  for (const [name, cron] of SCHEDULE) await boss.schedule(name, cron, {});
  const pulse = keepPulse();
  return {
    stop: async () => {
      await pulse.stop();
      await boss.stop({ graceful: true, timeout: 8_000 });
    },
  };
}

const LANES = 2;

/** Two at a time; one that fails is tried again alone, whatever became of the others. */
async function settleAll(
  name: JobName,
  jobs: readonly Job<unknown>[],
  handlers: JobHandlers,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const rest = jobs.values();
  const lane = async () => {
    for (const { id, data } of rest) {
      try {
        await handle(name, data as JobPayloads[typeof name], handlers);
        results.push({ id, status: "completed" });
      } catch (error) {
        results.push({ id, status: "failed", output: { message: String(error) } });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

async function handle<N extends JobName>(
  name: N,
  payload: JobPayloads[N],
  handlers: JobHandlers,
): Promise<void> {
  try {
    await handlers[name](payload);
  } catch (error) {
    log.error({ error, job: name }, "job failed");
    throw error;
  }
}
