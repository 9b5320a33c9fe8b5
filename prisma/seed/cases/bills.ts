import { addDays, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { announceBill, finishAccount } from "@/lib/payments/announce-bill";
import { approveRefund } from "@/lib/payments/approve-refund";
import { SURPLUS } from "@/lib/payments/bill";
import { billForm } from "@/lib/payments/bill-form";
import { keepBillFile } from "@/lib/payments/keep-bill-file";
import { matchBills } from "@/lib/payments/match-bills";
import { type BillsRead, billsOfBooking } from "@/lib/payments/read-bills";
import { recordBill } from "@/lib/payments/record-bill";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { settleBills } from "@/lib/payments/settle-bills";
import { inspectContent } from "@/lib/records/inspect-content";
import { makePdf } from "../files/pdf";
import type { Story } from "./story";
import type { Journey } from "./trips";

const system = systemActor("demo");

interface PrintedLine {
  wording: string;
  kind?: string;
  amount: number;
}

/** The hospital's invoice: a treatment a little cheaper than agreed, and where it is still open, a line nobody agreed to. */
export async function billTrip(story: Story, { trip, bookingId }: Journey, daysAgo: number): Promise<void> {
  const { manager } = story.cast.team(trip.clinic);
  const isOpen = story.plot.stage === "settling";
  const read = await billsOfBooking(manager, bookingId);
  if (!read) throw new Error("A booking of the demo is gone.");
  const lines = printedLines(read, isOpen);
  const number = `RE-${story.chance.whole(10_000, 99_999)}`;
  const billId = await story.step(daysAgo, async (now) => {
    const bytes = makePdf([pageOf(read, number, lines)], "Invoice");
    const sent = { filename: `${number}.pdf`, sizeBytes: bytes.length, bytes: once(bytes) };
    const file = await keepBillFile(manager, bookingId, sent, now, inspectContent);
    if (!file.ok) return file;
    const form = billForm.parse({
      ...{ fileId: file.value.id, number, currency: read.booking.currency, lines },
      issuedOn: addDays(dayOf(now), -1),
      total: lines.reduce((sum, line) => sum + line.amount, 0),
    });
    return recordBill(manager, bookingId, form, now);
  });
  await story.do(daysAgo, (now) => announceBill(system, { billId: billId.id }, now));
  if (!isOpen) await settle(story, bookingId, daysAgo - 1);
}

/** Finance compares and closes; what was paid too much goes back through the bank, by another person's yes. */
async function settle(story: Story, bookingId: string, daysAgo: number): Promise<void> {
  const { finance, secondFinance } = story.cast;
  const matched = await story.step(daysAgo, (now) => matchBills(finance, bookingId, { lines: [] }, now));
  const owed = matched.mirror.sums.owedMinor;
  const settled = await story.step(daysAgo, (now) => settleBills(finance, bookingId, { owed }, now));
  const accountId = settled.account?.id ?? "";
  await story.do(daysAgo, (now) => announceBill(system, { accountId }, now));
  for (const { id } of await surplusOf(bookingId)) {
    await story.step(daysAgo - 1, (now) => approveRefund(secondFinance, id, now));
    await story.step(daysAgo - 2, (now) => settleBankRefund(finance, id, now));
  }
}

/** The surplus is back: the product itself goes on to after-care. */
export async function endSettling(story: Story, { bookingId }: Journey, daysAgo: number): Promise<void> {
  const { caseId } = story;
  await story.do(daysAgo, (now) =>
    asPerson(system, async (tx) => {
      const { id: accountId } = await tx.billAccount.findFirstOrThrow({ where: { bookingId } });
      await finishAccount(tx, system, { accountId, caseId }, now);
    }),
  );
}

function surplusOf(bookingId: string): Promise<{ id: string }[]> {
  return asPerson(system, (tx) =>
    tx.refund.findMany({ where: { bookingId, cause: SURPLUS }, select: { id: true } }),
  );
}

const WORDINGS: Readonly<Record<string, string>> = {
  treatment: "Catheter procedure, heart team and operating room",
  device: "Implant as delivered",
  workup: "Laboratory, echo and CT before the procedure",
  stay: "Ward and intensive care, nursing",
  rehabilitation: "Rehabilitation",
};

function printedLines({ mirror }: BillsRead, isOpen: boolean): PrintedLine[] {
  const agreed = mirror.lines.map(({ kind, agreedMinor }): PrintedLine => {
    const amount = Number(agreedMinor);
    // To whole major units, as hospitals print them.
    const billed = kind === "treatment" ? Math.round((amount * 0.96) / 10_000) * 10_000 : amount;
    return { wording: WORDINGS[kind] ?? kind, kind, amount: billed };
  });
  return isOpen ? [...agreed, { wording: "Telephone and television", amount: 6_400 }] : agreed;
}

function pageOf({ booking }: BillsRead, number: string, lines: readonly PrintedLine[]): string[] {
  const sum = (amount: number) => `${(amount / 100).toFixed(2)} ${booking.currency}`;
  const total = lines.reduce((all, line) => all + line.amount, 0);
  return [
    `Invoice ${number}`,
    `Booking ${booking.number}`,
    "",
    ...lines.map((line) => `${line.wording}: ${sum(line.amount)}`),
    "",
    `Total: ${sum(total)}`,
  ];
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
