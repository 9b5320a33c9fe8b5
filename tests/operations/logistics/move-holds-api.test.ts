import { expect, it } from "vitest";
import { POST as reschedule } from "@/app/api/v1/bookings/[id]/reschedule/route";
import { POST as sign } from "@/app/api/v1/bookings/[id]/sign/route";
import { bookingSchema } from "@/lib/bookings/views/booking";
import { dayAt, makeHeld } from "../../support/moves";
import { makeCoordinator, makePatient } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

it("moves a hold by API: as described, named codes when refused, nothing for a stranger", async () => {
  const { accepted, held } = await makeHeld();
  const [patient, stranger, coordinator] = await Promise.all(
    [accepted.patient, await makePatient(), await makeCoordinator()].map(tokenOf),
  );
  const params = { id: held.id };
  const to = (day: number, more = {}) => ({ slotId: dayAt(accepted, day), ...more });
  const move = (token: string | undefined, body: object) => call(reschedule, { token, params, body });
  expect(await move(stranger, to(1))).toMatchObject({ status: 404 });
  const moved = await move(patient, to(1, { fromSlotId: held.slotId }));
  expect(moved.status).toBe(200);
  expect(bookingSchema.parse(moved.body)).toMatchObject({
    ...{ state: "held", slotId: dayAt(accepted, 1), holdExpiresAt: held.holdExpiresAt?.toISOString() },
    moves: [{ byRole: "patient", byName: accepted.patient.name }],
  });
  const unseen = to(2, { fromSlotId: held.slotId });
  expect(await move(patient, unseen)).toMatchObject({ status: 409, body: { code: "day_changed" } });
  expect(await move(patient, to(1))).toMatchObject({ status: 422, body: { code: "invalid_slot" } });
  expect(await move(coordinator, to(2, { note: "By telephone" }))).toMatchObject({ status: 200 });
  const typed = { contract: "A", typedName: accepted.patient.name };
  const sent = (body: object) => call(sign, { token: patient, params, body });
  expect(await sent(typed)).toMatchObject({ status: 409, body: { code: "day_changed" } });
  expect(await sent({ ...typed, slotId: dayAt(accepted, 2) })).toMatchObject({ status: 200 });
  expect(await move(patient, to(3))).toMatchObject({ status: 409, body: { code: "contract_signed" } });
});
