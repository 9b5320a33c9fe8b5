import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { rescheduleForm } from "@/lib/logistics/forms";
import { daysToMove } from "@/lib/logistics/queries";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { bookingNow } from "../../support/bookings";
import { makeHeld, move, takenOf, toDay } from "../../support/moves";
import { makeCoordinator } from "../../support/people";

const now = () => new Date();

describe("how near and how often a hold is moved", () => {
  it("is to no day that begins before its money must be here, also by the desk", async () => {
    const { accepted, held } = await makeHeld();
    const ends = dayOf(held.holdExpiresAt ?? now());
    const slots = [0, 2].map((later) => ({
      ...{ id: newId(), clinicId: accepted.clinic.id, treatment: held.slot.treatment, capacity: 1 },
      on: dateOf(addDays(ends, later)),
    }));
    await openDb().procedureSlot.createMany({ data: slots });
    const [same, next] = slots.map(({ id }) => rescheduleForm.parse({ slotId: id }));
    if (!same || !next) throw new Error("No day was made.");
    for (const who of [accepted.patient, await makeCoordinator()])
      expect(await rescheduleBooking(who, held.id, same, now())).toMatchObject({ reason: "invalid_slot" });
    expect(await bookingNow(held.id)).toEqual(held);
    // Such days can be held, and are not offered: a hold is shown the days a new one would be.
    const booking = { ...held, clinic: accepted.clinic.slug, treatment: held.slot.treatment };
    const shown = (await daysToMove(booking, now())).map(({ slotId }) => slotId);
    expect(shown).toEqual(accepted.clinic.slots.map(({ id }) => id).filter((id) => id !== held.slotId));
    const paid = await daysToMove({ ...booking, state: "confirmed" }, now());
    expect(paid.map(({ slotId }) => slotId)).toEqual([...slots.map(({ id }) => id), ...shown]);
    expect(await rescheduleBooking(accepted.patient, held.id, next, now())).toMatchObject({ ok: true });
    const { planItems, treatmentOn } = await bookingNow(held.id);
    expect(planItems.filter(({ dueOn }) => dueOn >= treatmentOn)).toEqual([]);
  });

  it("is nine times by the patient; the desk may still move it", async () => {
    const { accepted, held } = await makeHeld();
    for (let count = 1; count <= 9; count += 1)
      expect(await move(accepted, held.id, count % 2)).toMatchObject({ ok: true });
    const before = await bookingNow(held.id);
    expect(await move(accepted, held.id, 2)).toMatchObject({ reason: "too_many" });
    expect(await bookingNow(held.id)).toEqual(before);
    expect(await takenOf(accepted.clinic.id)).toEqual(
      accepted.clinic.slots.map((slot) => (slot.id === before.slotId ? 1 : 0)),
    );
    const coordinator = await makeCoordinator();
    expect(await rescheduleBooking(coordinator, held.id, toDay(accepted, 2), now())).toMatchObject({
      ok: true,
    });
  });
});
