import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { afterCommit, asPerson, openDb, type Tx } from "@/lib/infra/db";
import { type LiveEvent, notify, tell } from "@/lib/infra/events";
import { newId } from "@/lib/kernel/ids";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeCase } from "../../support/cases";
import { makeAcceptedCase } from "../../support/estimates";
import { makePatient, testSystem } from "../../support/people";

describe("a hint of a change", () => {
  const listener = new pg.Client({ connectionString: process.env.DATABASE_URL });
  const heard: LiveEvent[] = [];
  beforeAll(async () => {
    listener.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "") as LiveEvent));
    await listener.connect();
    await listener.query("LISTEN app_events");
  });
  afterAll(() => listener.end());

  const about = (caseId: string): LiveEvent => ({ kind: "case", caseId });
  /** What was told of these, once everything told before now has been heard. */
  async function toldOf(...cases: string[]): Promise<LiveEvent[]> {
    const mark = newId();
    await asPerson(testSystem, (tx) => notify(tx, about(mark)));
    await vi.waitFor(() => expect(heard).toContainEqual(about(mark)), { timeout: 20_000 });
    return heard.filter(({ caseId }) => cases.includes(caseId));
  }

  it("is told when the change is there to be read, all of one change in its order", async () => {
    const [one, other] = [newId(), newId()];
    const before: LiveEvent[] = [];
    await asPerson(testSystem, async (tx) => {
      await notify(tx, about(one));
      await notify(tx, { kind: "booking", caseId: other, bookingId: one });
      before.push(...heard.filter(({ caseId }) => caseId === one));
    });
    expect(before).toEqual([]);
    expect(await toldOf(one, other)).toEqual([
      about(one),
      { kind: "booking", caseId: other, bookingId: one },
    ]);
  });

  it("is not told of a change that was not made", async () => {
    const { id } = await makeCase({ patient: await makePatient() });
    const failed = asPerson(testSystem, async (tx) => {
      await tx.case.update({ where: { id }, data: { contactName: "Nobody" } });
      await notify(tx, about(id));
      throw new Error("on second thoughts");
    });
    await expect(failed).rejects.toThrow("on second thoughts");
    expect(await toldOf(id)).toEqual([]);
  });

  it("is told once of a change that took two tries", async () => {
    const id = newId();
    let tries = 0;
    await asPerson(testSystem, async (tx) => {
      tries += 1;
      await notify(tx, about(id));
      if (tries === 1)
        await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`;
    });
    expect(tries).toBe(2);
    expect(await toldOf(id)).toEqual([about(id)]);
  });

  it("goes with all that comes while another is being told, in their order and the same one once", async () => {
    const [first, ...crowd] = [newId(), newId(), newId(), newId()];
    const told = [first, ...crowd, ...crowd].map((id) => tell([about(id)]));
    await Promise.all(told);
    expect(await toldOf(first, ...crowd)).toEqual([first, ...crowd].map(about));
  });

  it("is told of a day that is held, and of one that is given back", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const earlier = (await toldOf(accepted.caseId)).length;
    const { id, caseId } = await makeHold(accepted);
    const booked = { kind: "booking", caseId, bookingId: id } as const;
    const held = (await toldOf(caseId)).slice(earlier);
    expect(held).toEqual([about(caseId), booked]);
    const form = { cause: "patient_cancels", endCase: false } as const;
    expect((await cancelBooking(accepted.patient, id, form, new Date())).ok).toBe(true);
    expect((await toldOf(caseId)).slice(earlier + held.length)).toContainEqual(booked);
  });

  it("needs a transaction whose end is known", () => {
    expect(() => afterCommit(openDb() as unknown as Tx, () => Promise.resolve())).toThrow("asPerson");
  });
});
