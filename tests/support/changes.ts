import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { acceptChangeForm, proposeChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import type { ChangeOrderRead } from "@/lib/payments/read-change-orders";
import { recordPayment } from "@/lib/payments/record-payment";
import { connect } from "../../scripts/steps/database.mjs";
import { bookingNow, makeSigned } from "./bookings";
import { valueOf } from "./outcomes";
import { line, makeAcceptedCase } from "./estimates";
import { makeManager, testSystem } from "./people";

/** Treatment 28,000 to 36,000 EUR, expected 30,000; a device; our fee and a translation. */
export const tripLines = [
  line("treatment", 3_000_000, {
    contract: "A",
    low: 2_800_000,
    high: 3_600_000,
    cause: "Length of stay",
  }),
  line("device", 500_000, { contract: "A" }),
  line("operator_fee", 200_000),
  line("translation", 40_000),
];

/** A confirmed booking whose deposit went through the ledger; its patient stands at the wished stage. */
export async function makeTrip(stage: CaseStage = "on_site") {
  const accepted = await makeAcceptedCase({ lines: tripLines });
  const { id: bookingId } = await makeSigned(accepted);
  const deposit = await payItem(bookingId, "deposit");
  const manager = await makeManager(accepted.clinic.id);
  const confirmed = await confirmBooking(manager, bookingId, new Date());
  if (!confirmed.ok) throw new Error(confirmed.reason);
  await asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id: accepted.caseId }, data: { stage } }));
  return { ...accepted, bookingId, deposit, manager };
}

export type Trip = Awaited<ReturnType<typeof makeTrip>>;

/** Money for the first unpaid instalment of a kind, of a contract where it matters, or for a part of it, as if the provider had told of it. */
export async function payItem(
  bookingId: string,
  kind: string,
  contract?: "A" | "B",
  part?: bigint,
): Promise<string> {
  const { planItems, caseId, patientId } = await bookingNow(bookingId);
  const item = planItems.find(
    (one) => one.kind === kind && one.state !== "paid" && (!contract || one.contract === contract),
  );
  if (!item) throw new Error(`There is no ${kind} to pay.`);
  const id = newId();
  const { currency } = item;
  const amountMinor = part ?? item.amountMinor;
  await asPerson(testSystem, async (tx) => {
    await tx.payment.create({
      data: {
        ...{ id, planItemId: item.id, bookingId, caseId, payerId: patientId, method: "card" },
        ...{ currency, amountMinor, idempotencyKey: id },
      },
    });
    await recordPayment(tx, testSystem, id, {}, new Date());
  });
  return id;
}

/** The booked line of a kind, as a form names it. */
export async function lineIdOf(bookingId: string, kind: string): Promise<string> {
  const found = (await bookingNow(bookingId)).services.find((service) => service.kind === kind);
  if (!found) throw new Error(`No ${kind} is booked.`);
  return found.lineId;
}

/** A change of the treatment's price, or of whatever is said. */
export async function changeForm(
  trip: Pick<Trip, "bookingId">,
  amount: number,
  more: Record<string, unknown> = {},
) {
  return proposeChangeForm.parse({
    bookingId: trip.bookingId,
    reason: "longer_stay",
    explanation: "Two more nights are needed.",
    lines: [{ lineId: await lineIdOf(trip.bookingId, "treatment"), amount, cause: "Two more nights" }],
    ...more,
  });
}

export const emergencyFacts = (happenedAt = new Date(Date.now() - 3_600_000)) => ({
  happenedAt: happenedAt.toISOString(),
  doctor: "Dr. Ole Berg",
  reason: "Bleeding during the procedure",
});

/** The centre's letter among the records. */
export async function makeProof(caseId: string): Promise<string> {
  const id = newId();
  await asPerson(testSystem, (tx) =>
    tx.record.create({
      data: {
        ...{ id, caseId, state: "readable", filename: "letter.pdf", sizeBytes: 10n, offsetBytes: 10n },
        ...{ chunkBytes: 1_048_576, completedAt: new Date(), sha256: "0".repeat(64) },
      },
    }),
  );
  return id;
}

/** Lets the time to answer run out by the database's own clock; only its owner can, for a proposal never changes. */
export async function runOutChange(id: string): Promise<void> {
  const owner = await connect(env().DATABASE_URL);
  try {
    await owner.query("SELECT set_config('app.role', 'system', false)");
    await owner.query('ALTER TABLE "ChangeOrder" DISABLE TRIGGER change_stays_as_proposed');
    await owner.query(`UPDATE "ChangeOrder" SET "expiresAt" = now() - interval '1 second' WHERE id = $1`, [
      id,
    ]);
    await owner.query('ALTER TABLE "ChangeOrder" ENABLE TRIGGER change_stays_as_proposed');
  } finally {
    await owner.end();
  }
}

export const planOf = async (bookingId: string) =>
  (await bookingNow(bookingId)).planItems.map((item) => ({
    ...{ kind: item.kind, state: item.state, amountMinor: item.amountMinor },
    ...{ contractAMinor: item.contractAMinor, dueOn: dayOf(item.dueOn) },
  }));

export async function propose(
  trip: Trip,
  amount: number,
  more: Record<string, unknown> = {},
): Promise<ChangeOrderRead> {
  const proposed = await proposeChange(trip.manager, await changeForm(trip, amount, more), new Date());
  if (!proposed.ok) throw new Error(proposed.reason);
  return proposed.value;
}

export const yes = (order: { hash: string }, more: Record<string, unknown> = {}) =>
  acceptChangeForm.parse({ hash: order.hash, typedName: "Anna Petrova", ...more });

/** A cheaper line, proposed and accepted. */
export async function lower(trip: Trip, contract: "A" | "B", kind: string, amount: number): Promise<void> {
  const lines = [{ lineId: await lineIdOf(trip.bookingId, kind), amount, cause: "Less is needed" }];
  const form = await changeForm(trip, 1, { contract, reason: "less_needed", lines });
  const author = contract === "A" ? trip.manager : trip.owner;
  const order = valueOf(await proposeChange(author, form, new Date()));
  valueOf(await acceptChange(trip.patient, order.id, yes(order), new Date()));
}

export const tasks = (caseId: string, kind: string) =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind, state: "open" } }));
export const amountOf = async (bookingId: string, kind: string) =>
  (await bookingNow(bookingId)).services.find((service) => service.kind === kind)?.amountMinor;
export const mails = (to: string, template: string) => openDb().outboxMail.count({ where: { to, template } });
export const traces = async (id: string) =>
  (await openDb().auditEvent.findMany({ where: { objectId: id }, orderBy: { id: "asc" } })).map(
    (row) => row.event,
  );
