import "server-only";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { addsUp, type BillSource, liveBills, mayBill, mayReplace } from "./bill";
import type { BillForm } from "./bill-form";
import type { BillWriter } from "./keep-bill-file";
import { readTripStage, type TripStage } from "./read-trip-stage";
import { type BillsRead, readBills } from "./read-bills";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "invalid_bill_file"
  | "invalid_other_currency"
  | "invalid_bill_total"
  | "invalid_corrects"
  | "invalid_corrects_centre"
  | "invalid_day_ahead"
  | "bill_known";

export interface RecordedBill {
  id: string;
  read: BillsRead;
}

/**
 * The centre's original invoice for a patient it has treated, with its lines as they are printed. It counts at once. What
 * a coordinator takes from the centre's letter waits for a second person. A correction names the invoice it stands for;
 * nothing that was entered is ever changed, and what the centre entered itself nobody else corrects.
 */
export async function recordBill(
  writer: BillWriter,
  bookingId: string,
  form: BillForm,
  now: Date,
): Promise<Outcome<RecordedBill, Refusal>> {
  const trip = await readTripStage(writer, bookingId);
  if (!trip) return refused("not_found");
  if (writer.role === "coordinator" && trip.ownerId !== writer.personId) return refused("forbidden");
  return asPerson(writer, async (tx) => {
    if (!(await claimTrip(tx, bookingId))) return refused("not_found");
    const found = await readBills(tx, writer, bookingId);
    if (!found) return refused("not_found");
    const reason = await whyNot(tx, writer, form, { found, trip, now });
    if (reason) return reason;
    const id = await write(tx, writer, form, found, now);
    const { caseId } = found.booking;
    const about = { caseId, objectType: "bill", objectId: id, facts: { lines: form.lines.length } };
    await writeAudit(tx, writer, "bill.entered", about);
    await enqueue(tx, "bill.follow", { billId: id });
    const read = await readBills(tx, writer, bookingId);
    return read ? done({ id, read }) : refused("not_found");
  });
}

interface Asked {
  found: BillsRead;
  trip: TripStage;
  now: Date;
}

async function whyNot(tx: Tx, writer: BillWriter, form: BillForm, { found, trip, now }: Asked) {
  const { booking, bills } = found;
  if (!mayBill(booking, trip.stage))
    return refused("illegal_transition", { from: booking.state, stage: trip.stage });
  if (form.currency !== booking.currency) return refused("invalid_other_currency", { path: "currency" });
  if (!addsUp(toLines(form), form.total)) {
    const linesMinor = `${sumMinor(form.lines.map((line) => line.amount))}`;
    return refused("invalid_bill_total", { path: "total", linesMinor });
  }
  if (form.issuedOn > dayOf(now)) return refused("invalid_day_ahead", { path: "issuedOn" });
  const file = await tx.billFile.findFirst({
    where: { id: form.fileId, bookingId: booking.id, uploadedById: writer.personId, bill: null },
    select: { id: true },
  });
  if (!file) return refused("invalid_bill_file", { path: "fileId" });
  const open = [...liveBills(bills), ...bills.filter((bill) => bill.state === "entered")];
  const corrected = liveBills(bills).find((bill) => bill.id === form.corrects);
  const isTaken = bills.some((bill) => bill.state === "entered" && bill.correctsId === form.corrects);
  if (form.corrects && (!corrected || isTaken)) return refused("invalid_corrects", { path: "corrects" });
  if (corrected && !mayReplace(sourceOf(writer), corrected))
    return refused("invalid_corrects_centre", { path: "corrects" });
  const isKnown = open.some((bill) => bill.number === form.number && bill.id !== form.corrects);
  return isKnown ? refused("bill_known", { path: "number" }) : null;
}

const sourceOf = (writer: BillWriter): BillSource => (writer.role === "clinic_manager" ? "clinic" : "letter");
const toLines = (form: BillForm) => form.lines.map((line) => ({ amountMinor: line.amount }));

async function write(
  tx: Tx,
  writer: BillWriter,
  form: BillForm,
  { booking, bills }: BillsRead,
  now: Date,
): Promise<string> {
  const id = newId();
  const { id: bookingId, caseId, clinicId, currency } = booking;
  const source = sourceOf(writer);
  await tx.bill.createMany({
    data: [
      {
        ...{ id, bookingId, caseId, clinicId, currency, version: 1 + bills.length },
        ...{ source, state: source === "clinic" ? "confirmed" : "entered" },
        ...{ number: form.number, issuedOn: dateOf(form.issuedOn), totalMinor: form.total },
        ...{ fileId: form.fileId, correctsId: form.corrects ?? null, enteredAt: now },
        ...{ enteredById: writer.personId, enteredByName: writer.name },
      },
    ],
  });
  await tx.billLine.createMany({
    data: form.lines.map(({ amount: amountMinor, ...line }, index) => ({
      ...{ id: newId(), billId: id, caseId, position: index + 1, amountMinor, ...line },
    })),
  });
  return id;
}
