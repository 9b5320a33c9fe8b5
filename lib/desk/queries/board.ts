import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import type { CaseStage } from "@/lib/cases/case";
import { readOwnerNames } from "@/lib/cases/read-owner-names";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import { unreadOfCases } from "@/lib/messages/queries";
import type { Prisma } from "@/lib/infra/generated/client";
import { isMoneyTask } from "@/lib/payments/payment";
import { BOARD_STAGES } from "../board-move";
import { type Clocked, inOrderOfNeed } from "../clock";
import { lineSelect } from "./cases";

type Row = Prisma.CaseGetPayload<{ select: typeof lineSelect }>;
export type BoardCard = Row & {
  ownerName: string | null;
  /** Messages the one who looks has not read. */
  unread: number;
};

export interface BoardColumn {
  stage: CaseStage;
  count: number;
  /** The ones due first. */
  cards: BoardCard[];
}

const CARDS_SHOWN = 15;

/** Every open stage with how many cases stand in it and the ones due first. */
export async function boardFor(coordinator: Coordinator): Promise<BoardColumn[]> {
  const columns = await asPerson(coordinator, async (tx) => {
    const counts = await tx.case.groupBy({
      by: ["stage"],
      where: { AND: [{ stage: { in: BOARD_STAGES } }, casesOf(coordinator)] },
      _count: true,
    });
    const found: BoardColumn[] = [];
    for (const stage of BOARD_STAGES) {
      const count = counts.find((row) => row.stage === stage)?._count ?? 0;
      const where = { AND: [{ stage }, casesOf(coordinator)] };
      // Those due at one moment keep their order: a card that jumped over the one in hand would be passed by.
      const orderBy = [{ nextDueAt: "asc" as const }, { id: "asc" as const }];
      const cards =
        count === 0 ? [] : await tx.case.findMany({ where, select: lineSelect, orderBy, take: CARDS_SHOWN });
      found.push({
        stage,
        count,
        cards: (await readOwnerNames(tx, cards)).map((card) => ({ ...card, unread: 0 })),
      });
    }
    return found;
  });
  return withUnread(coordinator, columns);
}

async function withUnread(coordinator: Coordinator, columns: readonly BoardColumn[]): Promise<BoardColumn[]> {
  const unread = await unreadAtDesk(
    coordinator,
    columns.flatMap(({ cards }) => cards),
  );
  return columns.map((column) => ({
    ...column,
    cards: column.cards.map((card) => ({ ...card, unread: unread.get(card.id) ?? 0 })),
  }));
}

/** Unread messages by case: of one's own cases and those nobody owns. A colleague reads their own. */
export function unreadAtDesk(
  coordinator: Coordinator,
  cases: readonly { id: string; ownerId: string | null }[],
): Promise<Map<string, number>> {
  const mine = cases.filter(({ ownerId }) => ownerId === null || ownerId === coordinator.personId);
  return unreadOfCases(
    coordinator,
    mine.map(({ id }) => id),
  );
}

export interface UnreadLine {
  id: string;
  number: string;
  unread: number;
}

const UNREAD_SHOWN = 12;

/** Cases with messages that wait to be read by this coordinator, the longest waiting first. */
export async function unreadCasesFor(coordinator: Coordinator): Promise<UnreadLine[]> {
  const { personId } = coordinator;
  const cases = await asPerson(coordinator, async (tx) => {
    const waiting = await tx.$queryRaw<{ id: string }[]>`
      SELECT m."caseId" AS id FROM "Message" m JOIN "Case" c ON c.id = m."caseId"
       WHERE (c."ownerId" = ${personId}::uuid OR (c."ownerId" IS NULL AND c.stage IN ('submitted', 'triage')))
         AND m."authorId" <> ${personId}::uuid
         AND NOT EXISTS (SELECT 1 FROM "MessageRead" r WHERE r."messageId" = m.id AND r."personId" = ${personId}::uuid)
       GROUP BY m."caseId" ORDER BY min(m."sentAt") LIMIT ${UNREAD_SHOWN}`;
    const ids = waiting.map(({ id }) => id);
    const rows = await tx.case.findMany({
      where: { AND: [{ id: { in: ids } }, casesOf(coordinator)] },
      select: { id: true, number: true },
    });
    return rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  });
  const counts = await unreadOfCases(
    coordinator,
    cases.map(({ id }) => id),
  );
  return cases.map((one) => ({ ...one, unread: counts.get(one.id) ?? 0 }));
}

export interface DueLine {
  id: string;
  caseId: string;
  number: string;
  urgent: boolean;
  /** A task; null when it is the case's next action. */
  task: { kind: string; title: string; createdAt: Date } | null;
  /** The case whose next action it is; null for a task. */
  step: Clocked | null;
  isMoney: boolean;
  dueAt: Date;
}

const DUE_SHOWN = 40;

/** What this coordinator, or the on-call queue, must do next: tasks and the next steps of cases, in the order of need. */
export function dueNextFor(coordinator: Coordinator, now: Date): Promise<DueLine[]> {
  return asPerson(coordinator, async (tx) => {
    const mine = { OR: [{ ownerId: coordinator.personId }, { ownerKind: "on_call" as const }] };
    const tasks = await tx.task.findMany({
      where: { AND: [{ state: "open", case: casesOf(coordinator) }, mine] },
      select: {
        id: true,
        caseId: true,
        kind: true,
        title: true,
        dueAt: true,
        createdAt: true,
        case: { select: { number: true, urgent: true } },
      },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      take: DUE_SHOWN,
    });
    const cases = await tx.case.findMany({
      where: { AND: [{ stage: { in: BOARD_STAGES }, waitingOn: "coordinator" }, mine, casesOf(coordinator)] },
      select: lineSelect,
      orderBy: [{ nextDueAt: "asc" }, { id: "asc" }],
      take: DUE_SHOWN,
    });
    const steps = cases.flatMap((step) => {
      const { id, number, urgent, nextDueAt } = step;
      if (!nextDueAt) return [];
      return [{ id, caseId: id, number, urgent, task: null, step, isMoney: false, dueAt: nextDueAt }];
    });
    const deeds = tasks.map(({ case: of, kind, title, createdAt, ...rest }) => ({
      ...{ ...rest, ...of, step: null },
      task: { kind, title, createdAt },
      isMoney: isMoneyTask(kind),
    }));
    return inOrderOfNeed([...deeds, ...steps], now).slice(0, DUE_SHOWN);
  });
}
