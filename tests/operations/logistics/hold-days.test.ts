import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { bookingsFor } from "@/lib/bookings/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { makeSigned, onlyTreatment } from "../../support/bookings";
import { makeAcceptedCase } from "../../support/estimates";
import { hold, slotNow } from "../../support/holds";
import { makePatient, testSystem } from "../../support/people";
import { accept, freePlaces, join, makeFullCentre, offered } from "../../support/waiting";

const now = () => new Date();
/** So many days after the day on which a hold of now ends. */
const afterHold = (days: number) =>
  dateOf(addDays(dayOf(new Date(Date.now() + env().HOLD_MINUTES * 60_000)), days));
/** An hour before the day begins at its centre, which none of these has west of Greenwich. */
const lastEnd = (on: Date, zone = "Europe/Berlin") =>
  addHours(new Date(Temporal.PlainDate.from(dayOf(on)).toZonedDateTime(zone).epochMilliseconds), -1);
const move = (id: string | undefined, on: Date) =>
  openDb().procedureSlot.update({ where: { id: id ?? "" }, data: { on } });

describe("a day nearer than the end of its own hold", () => {
  it("is held by nobody, however often it is asked for; a stranger hears nothing of it", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const [slot] = accepted.clinic.slots;
    await move(slot?.id, afterHold(0));
    for (const answer of await Promise.all([hold(accepted), hold(accepted)]))
      expect(answer).toMatchObject({ ok: false, reason: "day_too_near" });
    const stranger = await makePatient();
    expect(await hold({ ...accepted, patient: stranger })).toMatchObject({ reason: "not_found" });
    expect((await slotNow(slot?.id)).taken).toBe(0);
    const { items } = await bookingsFor(accepted.patient, { caseId: accepted.caseId, limit: 5 });
    expect(items).toEqual([]);
    await move(slot?.id, afterHold(2));
    const held = await hold(accepted);
    if (!held.ok) throw new Error(held.reason);
    const { planItems, treatmentOn, holdExpiresAt } = held.value;
    expect(planItems.filter(({ dueOn }) => dueOn >= treatmentOn)).toEqual([]);
    expect(holdExpiresAt && holdExpiresAt < treatmentOn).toBe(true);
  });

  it("that the waiting list offers has a hold that ends before it", async () => {
    const { clinic, waiting } = await makeFullCentre(1);
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    const on = dateOf(addDays(dayOf(now()), 2));
    await move(clinic.slots[0]?.id, on);
    const days = { fromOn: dayOf(on), toOn: dayOf(on) };
    expect(await join(one, 1, days)).toMatchObject({ ok: true });
    await freePlaces(clinic.slots[0]?.id);
    const [offer] = await offered(clinic.id);
    const taken = await accept(one.patient, offer?.id ?? "");
    expect(taken).toMatchObject({ value: { state: "held", holdExpiresAt: lastEnd(on) } });
  });

  it("is offered for as long as it can be taken, by the clock of its centre", async () => {
    const zone = "Pacific/Kiritimati";
    const { clinic, waiting } = await makeFullCentre(1);
    const [one] = waiting;
    if (!one) throw new Error("No case was made.");
    await openDb().clinic.update({ where: { id: clinic.id }, data: { timeZone: zone } });
    const on = dateOf(addDays(dayOf(now()), 2));
    await move(clinic.slots[0]?.id, on);
    expect(await join(one, 1, { fromOn: dayOf(on), toOn: dayOf(on) })).toMatchObject({ ok: true });
    await freePlaces(clinic.slots[0]?.id);
    const [offer] = await offered(clinic.id);
    const id = offer?.id ?? "";
    const { offeredAt, expiresAt } = await asPerson(testSystem, (tx) =>
      tx.waitingOffer.findUniqueOrThrow({ where: { id } }),
    );
    const lastYes = addHours(lastEnd(on, zone), -1);
    const wholeDay = addHours(offeredAt, 24);
    expect(expiresAt).toEqual(wholeDay < lastYes ? wholeDay : lastYes);
    const taken = await accept(one.patient, id);
    expect(taken).toMatchObject({ value: { holdExpiresAt: lastEnd(on, zone) } });
  });

  it("is not kept into the treatment by money that is on its way", async () => {
    await openDb().setting.create({
      data: { key: ACCOUNT_SETTING, value: { holder: "Valvia", iban: "DE00", bic: "T", bank: "Bank" } },
    });
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const zone = "Asia/Shanghai";
    await openDb().clinic.update({ where: { id: accepted.clinic.id }, data: { timeZone: zone } });
    const on = afterHold(2);
    await move(accepted.clinic.slots[0]?.id, on);
    const signed = await makeSigned(accepted);
    const [deposit] = signed.planItems;
    const answers = await Promise.all(
      [1, 2].map(() => announceTransfer(accepted.patient, deposit?.id ?? "", now())),
    );
    for (const answer of answers) expect(answer).toMatchObject({ value: { heldUntil: lastEnd(on, zone) } });
  });
});
