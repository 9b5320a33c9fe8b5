import { beforeEach, expect, it } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { cancelBookingForm, withdrawForm } from "@/lib/bookings/forms";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { asPerson } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { declineChange } from "@/lib/payments/decline-change-order";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { proposeRelease } from "@/lib/payments/propose-release";
import { readOpenChange } from "@/lib/payments/read-open-changes";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { bookingNow } from "@/tests/support/bookings";
import {
  amountOf,
  changeForm,
  lineIdOf,
  makeTrip,
  payItem,
  planOf,
  propose,
  tasks,
  traces,
  type Trip,
  yes,
} from "@/tests/support/changes";
import { makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";

const now = () => new Date();
beforeEach(makeTaxSettings);

/** A trip whose translation shall cost less, or nothing; the patient has not answered yet. */
async function makeWaiting(toMinor: number) {
  const trip = await makeTrip();
  await payItem(trip.bookingId, "balance", "B");
  const lines = [
    { lineId: await lineIdOf(trip.bookingId, "translation"), amount: toMinor, cause: "Fewer pages" },
  ];
  const form = await changeForm(trip, 1, { contract: "B", reason: "less_needed", lines });
  const order = await proposeChange(trip.owner, form, now());
  if (!order.ok) throw new Error(order.reason);
  return { trip, order: order.value };
}

const deliver = ({ bookingId }: Trip, kind = "translation") =>
  asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({ where: { bookingId, kind }, data: { deliveredAt: now() } }),
  );
const refundsOf = ({ bookingId }: Trip) =>
  asPerson(testSystem, (tx) => tx.refund.count({ where: { bookingId } }));

it("is not agreed to once its line stands on an invoice, and leaves everything as it was", async () => {
  const { trip, order } = await makeWaiting(10_000);
  await deliver(trip);
  await issueInvoice(testSystem, trip.bookingId, now());
  const plan = await planOf(trip.bookingId);

  expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({
    ...{ ok: false, reason: "change_overtaken" },
    detail: { kind: "translation" },
  });

  expect(await amountOf(trip.bookingId, "translation")).toBe(40_000n);
  expect([await planOf(trip.bookingId), await refundsOf(trip)]).toEqual([plan, 0]);
  expect(await tasks(trip.caseId, "follow_change")).toBe(1);
  expect(await declineChange(trip.owner, order.id, {}, now())).toMatchObject({ ok: true });
});

it("is not agreed to once its line is about to be passed on", async () => {
  const { trip, order } = await makeWaiting(10_000);
  const { services } = await bookingNow(trip.bookingId);
  const serviceId = services.find((one) => one.kind === "translation")?.id ?? "";
  const mark = { serviceId, deliveredOn: dayOf(now()), note: "sent" };
  valueOf(await recordDelivery(trip.owner, mark, now()));
  const { due } = await releasableFor(await makeFinance());
  const group = due.find((one) => one.bookingId === trip.bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId: trip.bookingId, contract: "B" as const, payee: "Words", key: releaseKey(group) };
  valueOf(await proposeRelease(await makeFinance(), form, now()));

  expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({
    reason: "change_overtaken",
  });
  expect(await amountOf(trip.bookingId, "translation")).toBe(40_000n);
});

it("drops nothing that was delivered in the meantime, but may still make it cheaper", async () => {
  const dropped = await makeWaiting(0);
  const cheaper = await makeWaiting(10_000);
  for (const { trip } of [dropped, cheaper]) await deliver(trip);

  expect(await acceptChange(dropped.trip.patient, dropped.order.id, yes(dropped.order), now())).toMatchObject(
    {
      reason: "change_overtaken",
    },
  );
  expect(await acceptChange(cheaper.trip.patient, cheaper.order.id, yes(cheaper.order), now())).toMatchObject(
    {
      ok: true,
    },
  );
});

it("meets the invoice at the same moment, and both name one price", async () => {
  const { trip, order } = await makeWaiting(10_000);
  await deliver(trip);

  const [answer] = await Promise.all([
    acceptChange(trip.patient, order.id, yes(order), now()),
    issueInvoice(testSystem, trip.bookingId, now()),
  ]);
  await issueInvoice(testSystem, trip.bookingId, now());

  const { services } = await bookingNow(trip.bookingId);
  const service = services.find((one) => one.kind === "translation");
  const lines = await asPerson(testSystem, (tx) =>
    tx.invoiceLine.findMany({ where: { serviceId: service?.id ?? "" } }),
  );
  expect(lines.map((line) => line.grossMinor)).toEqual([service?.amountMinor]);
  expect(service?.amountMinor).toBe(answer.ok ? 10_000n : 40_000n);
});

it("ends with a withdrawal from its contract, and nobody is asked for an answer any more", async () => {
  const { trip, order } = await makeWaiting(10_000);
  const form = withdrawForm.parse({ contract: "B" });
  valueOf(await withdrawContract(trip.patient, trip.bookingId, form, now()));
  valueOf(await withdrawContract(trip.patient, trip.bookingId, form, now()));
  expect(await readOpenChange(trip.patient, trip.caseId, now())).toBeNull();
  expect(await tasks(trip.caseId, "follow_change")).toBe(0);
  expect(await tasks(trip.caseId, "change_expired")).toBe(0);
  expect((await traces(order.id)).filter((event) => event === "change.expired")).toHaveLength(1);
});

it("of the hospital's contract outlives a withdrawal from ours, and ends with the booking", async () => {
  const trip = await makeTrip("preparing");
  const order = await propose(trip, 3_100_000);
  valueOf(await withdrawContract(trip.patient, trip.bookingId, withdrawForm.parse({ contract: "B" }), now()));
  expect(await readOpenChange(trip.patient, trip.caseId, now())).not.toBeNull();

  const form = cancelBookingForm.parse({ cause: "patient_cancels" });
  valueOf(await cancelBooking(trip.patient, trip.bookingId, form, now()));
  expect(await tasks(trip.caseId, "follow_change")).toBe(0);
  expect(await traces(order.id)).toContain("change.expired");
});

it("of our contract ends too where the centre ends the booking, which does not see it", async () => {
  const { trip, order } = await makeWaiting(10_000);
  const form = cancelBookingForm.parse({ cause: "centre_declines" });
  valueOf(await cancelBooking(trip.manager, trip.bookingId, form, now()));
  expect(await traces(order.id)).toContain("change.expired");
  expect(await tasks(trip.caseId, "follow_change")).toBe(0);
});
