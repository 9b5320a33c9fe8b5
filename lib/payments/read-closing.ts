import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { hasPaymentAccount } from "@/lib/infra/env";
import { sha256 } from "@/lib/infra/hash";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import {
  type ClosedBalance,
  closedBalance,
  closingText,
  endOf,
  type Month,
  monthOf,
  nextToClose,
  UNEXPLAINED_TASKS,
} from "./closing";
import { BALANCE_GAP } from "./movement";
import type { AccountBalance } from "./queries";
import { readBalance } from "./read-account";

/** Something that must be explained before a month is closed. */
export interface Hindrance {
  kind: string;
  /** A booking, a refund or a bank transfer, as its task names it, or a movement by the provider's own name. */
  title: string;
  caseNumber: string | null;
  at: Date;
}

/** What of a month nobody has explained yet. Finance reaches no case and learns the number of it alone. */
export function hindrancesOf(month: Month): Promise<Hindrance[]> {
  const before = endOf(month);
  return asPerson(systemActor("closing"), async (tx) => {
    const tasks = await tx.task.findMany({
      where: { kind: { in: [...UNEXPLAINED_TASKS] }, state: "open", createdAt: { lt: before } },
      orderBy: { createdAt: "asc" },
      take: 100,
      select: { kind: true, title: true, createdAt: true, case: { select: { number: true } } },
    });
    const transfers = await tx.bankTransfer.findMany({
      where: { state: "unmatched", paymentId: null, recordedAt: { lt: before } },
      orderBy: { recordedAt: "asc" },
      take: 100,
      select: { id: true, reference: true, recordedAt: true },
    });
    const movements = await tx.balanceMovement.findMany({
      // What the balance holds beyond its movements may have come in any month.
      where: { state: { not: "explained" }, OR: [{ movedAt: { lt: before } }, { type: BALANCE_GAP }] },
      orderBy: { movedAt: "asc" },
      take: 100,
      select: { id: true, type: true, movedAt: true },
    });
    const reading = await tx.movementReading.findUnique({ where: { id: 1 } });
    const told = new Set(tasks.map((task) => task.title));
    return [
      ...tasks.map((task) => ({
        ...{ kind: task.kind, title: task.title, caseNumber: task.case.number, at: task.createdAt },
      })),
      ...transfers
        .filter((transfer) => !told.has(transfer.id))
        .map(({ id, reference, recordedAt }) => ({
          ...{ kind: "unmatched_payment", title: reference ?? id, caseNumber: null, at: recordedAt },
        })),
      ...movements
        .filter((movement) => !told.has(movement.id))
        .map(({ id, type, movedAt }) => ({
          ...{ kind: type === BALANCE_GAP ? BALANCE_GAP : "unexplained_movement", title: id },
          ...{ caseNumber: null, at: movedAt },
        })),
      ...(isUnread(reading, before)
        ? [
            {
              ...{ kind: "unread_movements", title: reading?.lastId ?? "–", caseNumber: null },
              at: reading?.newestAt ?? before,
            },
          ]
        : []),
    ];
  });
}

/**
 * Whether one of the month may be among the movements that nobody has seen: below a way from the newest back that has not come
 * to its end, or anywhere before the first has. Where there is no account at the provider, there is nothing to read.
 */
function isUnread(reading: { lastId: string | null; fromAt: Date | null } | null, before: Date): boolean {
  if (!reading?.fromAt) return Boolean(reading?.lastId) || hasPaymentAccount();
  return reading.lastId !== null && reading.fromAt < before;
}

/** The trial balance at the end of a month and its hash, which goes on from the month before. */
export async function readMonthEnd(tx: Tx, month: Month) {
  const before = await tx.ledgerClosing.findFirst({
    where: { state: "closed", month: { lt: month } },
    orderBy: { month: "desc" },
    select: { hash: true },
  });
  const balance: ClosedBalance[] = closedBalance(await readBalance(tx, endOf(month)));
  const previousHash = before?.hash ?? null;
  return { balance, previousHash, hash: sha256(closingText(month, balance, previousHash)) };
}

/** The month that is to be closed next; null while it still runs, or before the first entry. */
export async function readNextMonth(tx: Tx, now: Date): Promise<Month | null> {
  const last = await tx.ledgerClosing.findFirst({
    where: { state: "closed" },
    orderBy: { month: "desc" },
    select: { month: true },
  });
  const first = await tx.ledgerEntry.findFirst({ orderBy: { at: "asc" }, select: { at: true } });
  return nextToClose({ lastClosed: last?.month ?? null, firstEntryAt: first?.at ?? null }, now);
}

export interface ClosingRow {
  month: Month;
  state: "proposed" | "closed";
  proposedBy: { id: string; name: string };
  closedBy: string | null;
  proposedAt: Date;
  closedAt: Date | null;
  hash: string;
}

export interface ClosingsPage {
  closings: ClosingRow[];
  /** The month that comes next, what stands in its way, and the figures that are closed with it. */
  next: { month: Month; hindrances: Hindrance[]; balance: AccountBalance[] } | null;
  running: Month;
}

export async function closingsFor(finance: Finance, now: Date): Promise<ClosingsPage> {
  const { rows, names, month, balance } = await asPerson(finance, async (tx) => {
    const found = await tx.ledgerClosing.findMany({ orderBy: { month: "desc" }, take: 120 });
    const ids = found.flatMap((row) => [row.proposedById, row.closedById ?? row.proposedById]);
    const people = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const month = await readNextMonth(tx, now);
    return {
      ...{ rows: found, names: new Map(people.map((one) => [one.id, one.name])), month },
      balance: month ? await readBalance(tx, endOf(month)) : [],
    };
  });
  const nameOf = (id: string) => names.get(id) ?? "–";
  return {
    closings: rows.map(({ proposedById, closedById, ...row }) => ({
      ...{ month: row.month, state: row.state, hash: row.hash },
      ...{ proposedAt: row.proposedAt, closedAt: row.closedAt },
      proposedBy: { id: proposedById, name: nameOf(proposedById) },
      closedBy: closedById ? nameOf(closedById) : null,
    })),
    next: month ? { month, hindrances: await hindrancesOf(month), balance } : null,
    running: monthOf(now),
  };
}
