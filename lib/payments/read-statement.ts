import "server-only";
import type { Coordinator, Finance, Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { least, sumMinor } from "@/lib/kernel/money";
import { bookedBySelect, bookedLineOf, moveSelect } from "@/lib/bookings/queries";
import { bookingsOf } from "@/lib/bookings/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { readBookingLoss, readLostOf } from "./read-loss";
import { readFinalBill } from "./read-final-bill";
import { type OwedAgain, readOwedAgain } from "./read-owed";
import { REST_MEMO } from "./post-transfer";
import { readUncovered } from "./read-uncovered";
import { type LedgerSum, type Statement, statementOf } from "./statement";
import type { TakenNote } from "./wording";

type Reader = Patient | Coordinator | Finance;

/** Everything paid, given back and held for one booking; null for a stranger. */
export function statementFor(actor: Reader, bookingId: string, now = new Date()) {
  return asPerson(actor, (tx) => readStatement(tx, actor, bookingId, now));
}

/** The same where a payer's bank has asked for money of this booking or taken it; null for all others. */
export function takenStatementFor(actor: Reader, bookingId: string, now: Date) {
  return asPerson(actor, async (tx) => {
    const asked = await tx.payment.count({
      where: {
        ...{ bookingId, isSurplus: false, succeededAt: { not: null } },
        OR: [{ state: { in: ["disputed", "lost"] } }, { openDisputes: { isEmpty: false } }],
      },
    });
    return asked === 0 ? null : readStatement(tx, actor, bookingId, now);
  });
}

/** The statements of all bookings of a case, the newest first; none for a stranger. */
export function statementsOfCase(actor: Reader, caseId: string, now = new Date()): Promise<StatementRead[]> {
  return asPerson(actor, async (tx) => {
    const bookings = await tx.booking.findMany({
      where: { AND: [{ caseId }, bookingsOf(actor)] },
      orderBy: { id: "desc" },
      take: 20,
      select: { id: true },
    });
    const statements: StatementRead[] = [];
    for (const { id } of bookings) {
      const statement = await readStatement(tx, actor, id, now);
      if (statement) statements.push(statement);
    }
    return statements;
  });
}

async function readStatement(tx: Tx, actor: Reader, bookingId: string, now: Date) {
  const booking = await tx.booking.findFirst({
    where: { AND: [{ id: bookingId }, bookingsOf(actor)] },
    select: {
      ...{ id: true, number: true, caseId: true, currency: true, policyVersion: true, contractAMode: true },
      ...{ state: true, treatmentOn: true },
      services: {
        select: {
          kind: true,
          amountMinor: true,
          ...bookedBySelect,
        },
        orderBy: [{ line: { position: "asc" } }, { id: "asc" }],
      },
      changes: {
        where: { instalmentMinor: { not: null } },
        orderBy: { version: "asc" },
        select: {
          ...{ id: true, version: true, contract: true, fromMinor: true, toMinor: true },
          ...{ answeredAt: true, provenAt: true },
        },
      },
      moves: { orderBy: { movedAt: "asc" }, select: moveSelect },
      contracts: { where: { withdrawnAt: { not: null } }, select: { kind: true } },
      planItems: {
        orderBy: { position: "asc" },
        select: {
          ...{ id: true, kind: true, amountMinor: true, contractAMinor: true, state: true, dueOn: true },
          ...{ paidMinor: true, paidAMinor: true },
        },
      },
    },
  });
  if (!booking) return null;
  const { services, planItems, changes, moves, contracts, contractAMode, ...facts } = booking;
  const lines = services.flatMap(({ kind, amountMinor, ...by }) => {
    const line = bookedLineOf(by);
    return line ? [{ kind, amountMinor, contract: line.contract, label: line.label }] : [];
  });
  const sums = await readSums(tx, bookingId, facts.currency);
  const isEnded = facts.state === "cancelled";
  const taken = await readOwedAgain(tx, actor, bookingId);
  const lost = await readLostOf(tx, planItems);
  const statement: Statement = statementOf({
    ...{ lines, items: planItems, sums, isEnded, contractAMode },
    taken: await readTakenSums(tx, bookingId, lost),
    again: againOf(planItems, taken),
  });
  const uncoveredMinor = isEnded ? await readUncovered(tx, bookingId) : 0n;
  const ofA = statement.contracts.find(({ contract }) => contract === "A");
  return {
    uncoveredMinor,
    finalBill: !ofA ? null : await readFinalBill(tx, bookingId, ofA),
    booking: { ...facts, contractAMode, isDayPast: dayOf(facts.treatmentOn) < dayOf(now) },
    // The services ended by a withdrawal, and the day at the centre stands.
    isWithdrawn: !isEnded && contracts.some(({ kind }) => kind === "B"),
    takenItems: planItems
      .map(({ id }) => ({
        ...{ id, lostMinor: lost.get(id)?.lostMinor ?? 0n },
        contestedMinor: lost.get(id)?.contestedMinor ?? 0n,
      }))
      .filter(({ lostMinor, contestedMinor }) => lostMinor + contestedMinor > 0n),
    takenMinor: sumMinor([...taken.values()].map(({ lostMinor }) => lostMinor)),
    ...{ takenNote: takenNoteOf({ isEnded, uncoveredMinor }, planItems, taken) },
    // What comes for an instalment that is still open in part pays that first.
    owedAgain: planItems
      .filter(({ state }) => state === "paid" && !isEnded)
      .map(({ id, kind }) => ({ id, kind, amountMinor: taken.get(id)?.owedMinor ?? 0n }))
      .filter(({ amountMinor }) => amountMinor > 0n),
    statement,
    strays: await readStrays(tx, bookingId, facts.currency),
    restMinor: await readRest(tx, bookingId, facts.currency),
    ...{ changes, moves },
    ...(await readMovements(tx, bookingId)),
  };
}

/** What the books count as lost, by contract: of contract A what was taken of it, as far as that is still lost. */
async function readTakenSums(tx: Tx, bookingId: string, lost: Awaited<ReturnType<typeof readLostOf>>) {
  const lossMinor = await readBookingLoss(tx, bookingId);
  const A = least(lossMinor, sumMinor([...lost.values()].map(({ ofAMinor }) => ofAMinor)));
  return { A, B: lossMinor - A };
}

/** What is owed again of instalments that stand, by contract. */
function againOf(
  items: readonly { id: string; state: string }[],
  taken: ReadonlyMap<string, OwedAgain>,
): { A: bigint; B: bigint } {
  const owed = items
    .filter(({ state }) => state !== "cancelled" && state !== "waived")
    .flatMap(({ id }) => taken.get(id) ?? []);
  const A = sumMinor(owed.map(({ owedOfAMinor }) => owedOfAMinor));
  return { A, B: sumMinor(owed.map(({ owedMinor }) => owedMinor)) - A };
}

/** What is said beside what banks took; nothing where the sums to send, or what is not covered, say it. */
function takenNoteOf(
  { isEnded, uncoveredMinor }: { isEnded: boolean; uncoveredMinor: bigint },
  items: readonly { id: string; state: string }[],
  taken: ReadonlyMap<string, OwedAgain>,
): TakenNote | null {
  if (isEnded) return uncoveredMinor > 0n ? null : "takenEnded";
  const again = items.filter(({ id }) => (taken.get(id)?.owedMinor ?? 0n) > 0n);
  if (again.length === 0) return "takenSetOff";
  const isAllLater = again.every(
    ({ state }) => state !== "paid" && state !== "cancelled" && state !== "waived",
  );
  return isAllLater ? "takenLater" : null;
}

export type StatementRead = NonNullable<Awaited<ReturnType<typeof readStatement>>>;

/** In the booking's own currency: money that strayed in by another one pays nothing of it, and sums know one currency. */
function readSums(tx: Tx, bookingId: string, currency: string): Promise<LedgerSum[]> {
  return tx.$queryRaw<LedgerSum[]>`
    SELECT t.kind, e.account::text AS account, e.contract::text AS contract, sum(e."amountMinor")::bigint AS "amountMinor"
      FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
     WHERE e."bookingId" = ${bookingId}::uuid AND e.currency = ${currency} GROUP BY 1, 2, 3`;
}

async function readMovements(tx: Tx, bookingId: string) {
  const payments = await tx.payment.findMany({
    where: { bookingId, succeededAt: { not: null } },
    orderBy: { succeededAt: "asc" },
    select: {
      ...{
        id: true,
        isSurplus: true,
        method: true,
        state: true,
        amountMinor: true,
        lostMinor: true,
        openDisputes: true,
        currency: true,
        succeededAt: true,
      },
      planItem: { select: { kind: true } },
    },
  });
  const refunds = await tx.refund.findMany({
    where: { bookingId },
    orderBy: { createdAt: "asc" },
    select: {
      id: true,
      cause: true,
      state: true,
      amountMinor: true,
      currency: true,
      createdAt: true,
      settledAt: true,
      refusedAt: true,
      refusedReason: true,
      paymentId: true,
    },
  });
  return { payments, refunds, returns: await readTransferReturns(tx, bookingId) };
}

/** Bank transfers kept for this booking that paid nothing of it: on their way back once approved, then sent. */
async function readTransferReturns(tx: Tx, bookingId: string) {
  const steps = await tx.ledgerTx.findMany({
    where: {
      bookingId,
      kind: { in: ["transfer_return_approved", "transfer_return_withdrawn", "transfer_return_sent"] },
    },
    orderBy: { at: "asc" },
    select: {
      ...{ kind: true, reference: true, at: true },
      entries: { where: { account: "refund_payable" }, select: { currency: true, amountMinor: true } },
    },
  });
  const idOf = (reference: string) => reference.split(":")[1];
  const withdrawn = steps.filter(({ kind }) => kind === "transfer_return_withdrawn");
  return steps
    .filter(({ kind }) => kind === "transfer_return_approved")
    .filter(({ reference }) => !withdrawn.some((step) => isOfOneReturn(step.reference, reference)))
    .flatMap(({ reference, at, entries: [owed] }) => {
      const id = idOf(reference);
      if (!id || !owed) return [];
      const sent = steps.find((step) => step.kind === "transfer_return_sent" && idOf(step.reference) === id);
      const { currency } = owed;
      return [{ id, currency, amountMinor: -owed.amountMinor, approvedAt: at, sentAt: sent?.at ?? null }];
    });
}

/** Whether two entries are of one way back. The first of a transfer was once booked without the name of its way back. */
function isOfOneReturn(one: string, other: string): boolean {
  const [, transferId, , returnId] = one.split(":");
  const [, otherTransferId, , otherReturnId] = other.split(":");
  return transferId === otherTransferId && (otherReturnId === undefined || returnId === otherReturnId);
}

/** Money of another currency that pays nothing of this booking and is held for whoever sent it. */
function readStrays(tx: Tx, bookingId: string, currency: string) {
  return tx.$queryRaw<{ currency: string; amountMinor: bigint }[]>`
    SELECT e.currency::text AS currency, -sum(e."amountMinor")::bigint AS "amountMinor" FROM "LedgerEntry" e
     WHERE e."bookingId" = ${bookingId}::uuid AND e.account = 'client_funds_held' AND e.contract IS NULL AND e.currency <> ${currency}
     GROUP BY 1 HAVING sum(e."amountMinor") <> 0 ORDER BY 1`;
}

/** What transfers brought beyond the instalments they paid, and is still held. */
async function readRest(tx: Tx, bookingId: string, currency: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ heldMinor: bigint }[]>`
    SELECT -COALESCE(sum(e."amountMinor"), 0)::bigint AS "heldMinor" FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
     WHERE e."bookingId" = ${bookingId}::uuid AND e.account = 'client_funds_held' AND e.contract IS NULL AND e.currency = ${currency}
       AND split_part(t.reference, ':', 2) IN (SELECT split_part(k.reference, ':', 2) FROM "LedgerTx" k
         WHERE k."bookingId" = ${bookingId}::uuid AND k.kind = 'transfer_kept' AND k.memo = ${REST_MEMO})`;
  return row?.heldMinor ?? 0n;
}
