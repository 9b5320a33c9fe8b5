import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { systemActor } from "@/lib/infra/session";

const test = systemActor("test");

/** A job's row without what differs from job to job; times as how long after its making. */
async function rowOf(recordId: string): Promise<unknown> {
  const [row] = await asPerson(
    test,
    (tx) => tx.$queryRaw<{ row: unknown }[]>`
      SELECT to_jsonb(j) - ARRAY['id', 'data', 'created_on', 'start_after', 'keep_until']
             || jsonb_build_object('waits', j.start_after - j.created_on, 'kept', j.keep_until - j.start_after) AS row
        FROM pgboss.job j WHERE j.name = 'record.check' AND j.data = jsonb_build_object('recordId', ${recordId}::text)`,
  );
  return row?.row;
}

describe("a job the database itself puts into the queue", () => {
  it("is in every column what the queue's own library writes", async () => {
    const [ours, theirs] = [newId(), newId()];
    await asPerson(test, async (tx) => {
      await tx.$executeRaw`SELECT enqueue_job('record.check', jsonb_build_object('recordId', ${ours}::text))`;
      await enqueue(tx, "record.check", { recordId: theirs });
    });
    const written = await rowOf(theirs);
    expect(written).toMatchObject({ name: "record.check", state: "created", retry_limit: 8 });
    expect(await rowOf(ours)).toEqual(written);
  });

  it("is refused for a queue that is not there", async () => {
    const lost = asPerson(test, (tx) => tx.$executeRaw`SELECT enqueue_job('no.such', '{}')`);
    await expect(lost).rejects.toThrow(/no\.such/);
  });
});
