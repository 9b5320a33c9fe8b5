import "server-only";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { keysLeft } from "./keys-left";
import { openDb } from "./db";

const shared = globalThis as typeof globalThis & { valviaMetrics?: Registry };

function registry(): Registry {
  if (shared.valviaMetrics) return shared.valviaMetrics;
  const made = new Registry();
  collectDefaultMetrics({ register: made, prefix: "valvia_" });
  gauge(made, "valvia_jobs_waiting", "Jobs that wait for the worker.", async () => {
    const rows = await openDb().$queryRaw<
      { count: bigint }[]
    >`SELECT count(*) FROM pgboss.job WHERE state IN ('created', 'retry')`;
    return Number(rows[0]?.count ?? 0n);
  });
  gauge(made, "valvia_mails_waiting", "Mails that wait to be sent.", () =>
    openDb().outboxMail.count({ where: { state: "waiting" } }),
  );
  gauge(made, "valvia_provider_events_waiting", "Payment events that wait to be applied.", () =>
    openDb().providerEvent.count({ where: { appliedAt: null } }),
  );
  gauge(made, "valvia_keys_waiting", "Files whose key is not wrapped by RECORDS_KEY yet.", keysLeft);
  shared.valviaMetrics = made;
  return made;
}

function gauge(register: Registry, name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [register],
    async collect() {
      this.set(await read());
    },
  });
}

/** Prometheus text: process figures and queue lengths, no health data. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const metrics = registry();
  return { text: await metrics.metrics(), contentType: metrics.contentType };
}
