import "server-only";
import type { Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import { addDays, dateOf, isDay } from "@/lib/kernel/day";
import { bookingsOf } from "@/lib/bookings/scope";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { LedgerForm, RefundListForm } from "./forms";
import { refundsOf } from "./scope";

const refundSelect = {
  id: true,
  paymentId: true,
  bookingId: true,
  caseId: true,
  cause: true,
  state: true,
  currency: true,
  amountMinor: true,
  proposedById: true,
  approvedById: true,
  failureCode: true,
  seenProof: true,
  bankReference: true,
  refusedReason: true,
  refusedAt: true,
  createdAt: true,
  approvedAt: true,
  sentAt: true,
  settledAt: true,
} satisfies Prisma.RefundSelect;

export type RefundRowFacts = Prisma.RefundGetPayload<{ select: typeof refundSelect }>;

export function refundFor(
  actor: Patient | Coordinator | Finance,
  id: string,
): Promise<RefundRowFacts | null> {
  return asPerson(actor, (tx) =>
    tx.refund.findFirst({ where: { AND: [{ id }, refundsOf(actor)] }, select: refundSelect }),
  );
}

/** Refunds in one state or all, the newest first. */
export function refundsFor(
  actor: Coordinator | Finance,
  form: RefundListForm,
): Promise<Page<RefundRowFacts>> {
  const before = form.cursor ? idOfCursor(form.cursor) : null;
  return asPerson(actor, async (tx) => {
    const rows = await tx.refund.findMany({
      where: {
        AND: [
          refundsOf(actor),
          form.state ? { state: form.state } : {},
          before ? { id: { lt: before } } : {},
        ],
      },
      orderBy: { id: "desc" },
      take: form.limit + 1,
      select: refundSelect,
    });
    return pageOf(rows, form.limit);
  });
}

const entrySelect = {
  id: true,
  account: true,
  contract: true,
  currency: true,
  amountMinor: true,
  bookingId: true,
  at: true,
  tx: { select: { id: true, kind: true, reference: true, memo: true, paymentId: true, refundId: true } },
} satisfies Prisma.LedgerEntrySelect;

export type LedgerEntryFacts = Prisma.LedgerEntryGetPayload<{ select: typeof entrySelect }>;

/** Entries of the ledger, oldest first. It holds no names; only finance reads it. */
export async function ledgerFor(
  _finance: Finance,
  form: LedgerForm,
  order: "oldest" | "newest" = "oldest",
): Promise<Page<LedgerEntryFacts>> {
  const after = form.cursor ? idOfCursor(form.cursor) : null;
  const rows = await openDb().ledgerEntry.findMany({
    where: {
      AND: [
        form.account ? { account: form.account } : {},
        form.bookingId ? { bookingId: form.bookingId } : {},
        form.from ? { at: { gte: momentOf(form.from) } } : {},
        form.to
          ? { at: isDay(form.to) ? { lt: dateOf(addDays(form.to, 1)) } : { lte: momentOf(form.to) } }
          : {},
        after ? { id: order === "oldest" ? { gt: after } : { lt: after } } : {},
      ],
    },
    orderBy: { id: order === "oldest" ? "asc" : "desc" },
    take: form.limit + 1,
    select: entrySelect,
  });
  return pageOf(rows, form.limit);
}

/** What the bookings of some entries are called. */
export async function bookingNumbersOf(
  finance: Finance,
  entries: readonly { bookingId: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(entries.flatMap(({ bookingId }) => bookingId ?? []))];
  const rows = await asPerson(finance, (tx) =>
    tx.booking.findMany({
      where: { AND: [{ id: { in: ids } }, bookingsOf(finance)] },
      select: { id: true, number: true },
    }),
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

function momentOf(text: string): Date {
  return isDay(text) ? dateOf(text) : new Date(text);
}

export interface AccountBalance {
  account: LedgerEntryFacts["account"];
  currency: string;
  debitMinor: bigint;
  creditMinor: bigint;
}

/** Both sides of every account, by currency, in one look at the ledger. */
export async function trialBalance(_finance: Finance): Promise<AccountBalance[]> {
  const rows = await openDb().$queryRaw<AccountBalance[]>`
    SELECT account::text AS account, currency,
           COALESCE(sum("amountMinor") FILTER (WHERE "amountMinor" > 0), 0)::bigint AS "debitMinor",
           COALESCE(-sum("amountMinor") FILTER (WHERE "amountMinor" < 0), 0)::bigint AS "creditMinor"
      FROM "LedgerEntry" GROUP BY account, currency ORDER BY currency, account`;
  return rows;
}

/** Bank transfers that matched no instalment, oldest first; one with a payment was paid twice and goes back by itself. */
export function unmatchedTransfersFor(finance: Finance) {
  return asPerson(finance, (tx) =>
    tx.bankTransfer.findMany({
      where: { state: "unmatched" },
      orderBy: { recordedAt: "asc" },
      take: 200,
      include: { returns: { where: { state: "proposed" }, select: { id: true } } },
    }),
  );
}
