import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { bankTransferForm } from "@/lib/payments/forms";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { SELLER_SETTING } from "@/lib/payments/seller";
import { TAX_SETTING, TAXED_KINDS } from "@/lib/payments/tax";
import { makeUnpaidBooking } from "./payments";
import { makeFinance, testSystem } from "./people";

export const SELLER = {
  ...{ name: "Operator GmbH", address: "Street 1\nCologne", vatId: "DE1", taxNumber: "", register: "" },
};

/** The settings without which nothing is invoiced: a seller, and 19 % on everything but medicines. */
export async function makeTaxSettings(): Promise<void> {
  const usual = { treatment: "standard", rateBp: 1_900, note: "" };
  const rules = {
    ...Object.fromEntries(TAXED_KINDS.map((kind) => [kind, usual])),
    medicine_supply: { treatment: "exempt", rateBp: 0, note: "§ 4 No. 14 UStG" },
  };
  for (const [key, value] of [
    [SELLER_SETTING, SELLER],
    [TAX_SETTING, rules],
  ] as const)
    await openDb().setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

type Unpaid = Awaited<ReturnType<typeof makeUnpaidBooking>>;

/** Pays one instalment by bank transfer. */
export async function payItem(made: Unpaid, planItemId: string, amount: number): Promise<string> {
  const form = bankTransferForm.parse({
    ...{ planItemId, amount: { amount, currency: made.currency }, receivedOn: "2026-11-20" },
  });
  const recorded = await recordBankTransfer(await makeFinance(), form, new Date());
  if (!recorded.ok || !recorded.value.paymentId) throw new Error("The set-up was refused.");
  return recorded.value.paymentId;
}

/** A booking whose deposit and balance were paid: 3,000 of contract A, a fee of 2,000 and a ride of 500. */
export async function makeFullyPaid(wish: Parameters<typeof makeUnpaidBooking>[0] = {}) {
  const made = await makeUnpaidBooking({ ...wish });
  const depositPaymentId = await payItem(made, made.depositId, Number(made.depositMinor));
  const balancePaymentId = await payItem(made, made.balanceId, Number(wish.balanceMinor ?? 200_000n));
  return { ...made, depositPaymentId, balancePaymentId };
}

/** The ride was driven. */
export function deliverRide(bookingId: string, at = new Date()) {
  return asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({
      where: { bookingId, kind: "transfer_arrival" },
      data: { deliveredAt: at },
    }),
  );
}

/** The hospital has billed what was agreed, and its account is closed. */
async function settleAll(caseId: string): Promise<void> {
  const finance = await makeFinance();
  const settledAt = new Date();
  const bookings = await asPerson(testSystem, (tx) =>
    tx.booking.findMany({
      where: { caseId },
      select: { id: true, clinicId: true, currency: true, contractAMode: true, planItems: true },
    }),
  );
  for (const { planItems, id: bookingId, ...booking } of bookings) {
    const owedMinor = planItems.reduce((sum, item) => sum + item.contractAMinor, 0n);
    const sums = { estimateMinor: owedMinor, ceilingMinor: owedMinor, agreedMinor: owedMinor, owedMinor };
    const nothing = { waitingMinor: 0n, notOwedMinor: 0n, loweredMinor: 0n, refundMinor: 0n };
    const author = { authorId: finance.personId, authorRole: "finance", authorName: finance.name };
    const by = { settledById: finance.personId, settledByName: finance.name, settledAt };
    const [id, matchId] = [newId(), newId()];
    await asPerson(finance, async (tx) => {
      const match = { id: matchId, bookingId, caseId, version: 1, madeAt: settledAt, ...author };
      await tx.billMatch.createMany({ data: [match] });
      const account = { id, bookingId, caseId, matchId, version: 1, ...booking, ...sums, ...nothing, ...by };
      await tx.billAccount.createMany({ data: [{ ...account, billedMinor: owedMinor }] });
    });
    const done = { followedAt: settledAt, finishedAt: settledAt };
    await asPerson(testSystem, (tx) => tx.billAccount.updateMany({ where: { id }, data: done }));
  }
}

/** The case went through a stage that earns a slice of the fee; to after-care it goes with its account closed. */
export async function passStage(caseId: string, toStage: "on_site" | "discharged" | "aftercare") {
  if (toStage === "aftercare") await settleAll(caseId);
  await asPerson(testSystem, (tx) =>
    tx.caseEvent.create({
      data: { id: newId(), caseId, kind: "stage", toStage, actorRole: "system", at: new Date() },
    }),
  );
}

/** What the books say of one booking by account, debits positive. */
export async function booked(bookingId: string): Promise<Record<string, bigint>> {
  const rows = await openDb().ledgerEntry.groupBy({
    by: ["account"],
    where: { bookingId },
    _sum: { amountMinor: true },
  });
  return Object.fromEntries(rows.map((row) => [row.account, row._sum.amountMinor ?? 0n]));
}
