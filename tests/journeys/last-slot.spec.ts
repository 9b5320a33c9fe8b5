import { expect, test } from "@playwright/test";
import { ApiClient } from "../support/api";
import { acceptedEstimate, type Accepted, CLINIC, demoStaff, must } from "../support/main-job";

const PATIENTS = Number(process.env.VALVIA_TEST_STORM ?? 24);
const AT_ONCE = 6;

async function manyAccepted(count: number): Promise<Accepted[]> {
  const done: Accepted[] = [];
  while (done.length < count) {
    const batch = Math.min(AT_ONCE, count - done.length);
    done.push(...(await Promise.all(Array.from({ length: batch }, () => acceptedEstimate()))));
  }
  return done;
}

interface Days {
  items: { slotId: string; capacity: number; free: number }[];
}

test.describe("the last place of a day", () => {
  test("goes to exactly one of many who ask at once", async () => {
    test.setTimeout(600_000);
    const { manager } = await demoStaff();
    const on = new Date(Date.now() + 175 * 86_400_000).toISOString().slice(0, 10);
    const path = `/clinics/${CLINIC}/capacity?treatment=teer&from=${on}&to=${on}`;
    const before = must(await new ApiClient(null).get<Days>(path), 200).items[0];
    const taken = before ? before.capacity - before.free : 0;
    must(await manager.put("/cabinet/capacity", [{ treatment: "teer", on, capacity: taken + 1 }]), 200);
    const [slot] = must(await new ApiClient(null).get<Days>(path), 200).items;
    if (!slot) throw new Error("The day is not listed.");
    expect(slot.free).toBe(1);
    const patients = await manyAccepted(PATIENTS);
    const answers = await Promise.all(
      patients.map(({ patient, estimateId }) =>
        patient.post<{ code?: string }>("/bookings", { estimateId, slotId: slot.slotId, services: [] }),
      ),
    );
    const won = answers.filter((answer) => answer.status === 201);
    const lost = answers.filter((answer) => answer.status === 409 && answer.body.code === "slot_taken");
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(PATIENTS - 1);
  });
});
