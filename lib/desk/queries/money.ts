import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { CANCEL_CAUSES, type EndCause, proofFor } from "@/lib/bookings/refund-policy";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { type PreviewedRefund, refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { refundsOf } from "@/lib/payments/scope";

/** Refunds that wait for somebody in finance: to be approved, to be tried again, or to be sent through the bank. */
export async function refundsToHandle(finance: Finance) {
  const rows = await readWaiting(finance);
  const cases = await readCases(rows.map((row) => row.caseId));
  const handled = [];
  for (const row of rows) {
    handled.push({
      ...row,
      proof: proofFor(row.cause),
      caseNumber: cases.get(row.caseId)?.number ?? null,
      owner: cases.get(row.caseId)?.owner ?? null,
      computed: await readComputation(finance, row),
    });
  }
  return handled;
}
export type RefundToHandle = Awaited<ReturnType<typeof refundsToHandle>>[number];

interface Waiting {
  state: string;
  cause: string;
  /** Null when somebody named the sum. */
  quote: unknown;
  /** Null for the fee of a second opinion. */
  bookingId: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** What the refund rules say about a proposal; null for a sum somebody named and for one that is decided. */
async function readComputation(finance: Finance, row: Waiting) {
  const isOfRules = (cause: string): cause is EndCause =>
    cause === WITHDRAWAL || CANCEL_CAUSES.some((one) => one === cause);
  if (row.state !== "calculated" || row.quote === null || !isOfRules(row.cause)) return null;
  if (row.bookingId === null) return null;
  const on = dayOf(row.cause === WITHDRAWAL ? row.createdAt : (row.endedAt ?? row.createdAt));
  const quoted = await refundPreviewFor(finance, row.bookingId, row.cause, on, row.createdAt);
  return quoted && computationOf(quoted);
}

function computationOf({ on, quote, ends, returned }: PreviewedRefund) {
  const returnedMinor = returned.A + returned.B;
  return { on, daysBefore: quote.daysBefore, contracts: quote.contracts, ends, returnedMinor };
}

/** Finance reaches no case; of one it learns the number and whom to ask for papers. */
async function readCases(ids: readonly string[]) {
  return asPerson(systemActor("refunds"), async (tx) => {
    const cases = await tx.case.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, number: true, ownerId: true },
    });
    const owners = await tx.person.findMany({
      where: { id: { in: cases.flatMap((one) => one.ownerId ?? []) } },
      select: { id: true, name: true },
    });
    const names = new Map(owners.map((person) => [person.id, person.name]));
    return new Map(
      cases.map(({ id, number, ownerId }) => [
        id,
        { number, owner: ownerId ? (names.get(ownerId) ?? null) : null },
      ]),
    );
  });
}

function readWaiting(finance: Finance) {
  return asPerson(finance, async (tx) => {
    const rows = await tx.refund.findMany({
      where: {
        AND: [
          refundsOf(finance),
          {
            OR: [
              { state: { in: ["calculated", "failed", "approved"] } },
              // The provider sends the others; these wait for somebody at the bank.
              { state: "sent", payment: { method: "bank_transfer" } },
            ],
          },
        ],
      },
      select: {
        id: true,
        bookingId: true,
        caseId: true,
        quote: true,
        cause: true,
        state: true,
        currency: true,
        amountMinor: true,
        proposedById: true,
        failureCode: true,
        seenProof: true,
        createdAt: true,
        payment: {
          select: {
            method: true,
            planItem: { select: { booking: { select: { number: true, cancelledAt: true } } } },
            opinion: { select: { number: true, endedAt: true } },
          },
        },
      },
      orderBy: { createdAt: "asc" },
      take: 100,
    });
    const ids = rows.flatMap((row) => row.proposedById ?? []);
    const people = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const names = new Map(people.map((person) => [person.id, person.name]));
    return rows.map(({ payment, ...row }) => ({
      ...row,
      method: payment.method,
      /** Of the booking, or of the second opinion where there is none. */
      bookingNumber: payment.planItem?.booking.number ?? payment.opinion?.number ?? "–",
      endedAt: payment.planItem?.booking.cancelledAt ?? payment.opinion?.endedAt ?? null,
      proposedBy: row.proposedById ? (names.get(row.proposedById) ?? null) : null,
    }));
  });
}
