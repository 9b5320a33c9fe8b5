import { afterAll, expect, it, vi } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import jobNames from "@/lib/infra/job-names.json";
import { closeJobs, enqueue, type JobHandlers, startWorker } from "@/lib/infra/jobs";
import { sweepUploads } from "@/lib/records/sweep-uploads";
import { testSystem } from "../../support/people";
import { caseWithOwner } from "../../support/records";
import { noise } from "../../support/uploads";

let worker: Awaited<ReturnType<typeof startWorker>> | null = null;
afterAll(async () => {
  await worker?.stop();
  await closeJobs();
});

it("a file whose check was given up long ago is asked about again, once in an hour", async () => {
  const { tus, caseId } = await caseWithOwner();
  const [late, young] = [await tus.upload(caseId, noise(10)), await tus.upload(caseId, noise(20))];
  const completedAt = new Date(Date.now() - 3 * 3_600_000);
  await asPerson(testSystem, (tx) => tx.record.update({ where: { id: late }, data: { completedAt } }));
  const asked = async (id: string) => {
    const [row] = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'record.check' AND data->>'recordId' = ${id}`;
    return Number(row?.n);
  };
  for (let turn = 0; turn < 3; turn += 1) await sweepUploads(testSystem, new Date());
  expect([await asked(late), await asked(young)]).toEqual([2, 1]);
});

it("the checks of a whole study are taken together, and one that fails holds up none of the others", async () => {
  const ids = Array.from({ length: 60 }, () => newId());
  await asPerson(testSystem, async (tx) => {
    for (const recordId of ids) await enqueue(tx, "record.check", { recordId });
  });
  const tries = new Map<string, number>();
  const idle = async () => undefined;
  const handlers = Object.fromEntries(jobNames.map((name) => [name, idle])) as unknown as JobHandlers;
  handlers["record.check"] = async ({ recordId }) => {
    if (!ids.includes(recordId)) return;
    tries.set(recordId, (tries.get(recordId) ?? 0) + 1);
    if (recordId === ids[5] && tries.get(recordId) === 1) throw new Error("The scanner is down.");
  };
  worker = await startWorker(handlers);
  // One by one at half a second each would have taken half a minute.
  await vi.waitFor(() => expect(tries.size).toBe(60), { timeout: 25_000, interval: 50 });
  await vi.waitFor(() => expect(tries.get(ids[5] ?? "")).toBe(2), { timeout: 30_000, interval: 200 });
  expect([...tries].filter(([id, count]) => id !== ids[5] && count > 1)).toEqual([]);
});
