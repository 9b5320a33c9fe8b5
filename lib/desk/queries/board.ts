import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type CaseStage, isEnded, STAGES } from "@/lib/cases/case";
import { casesOf } from "@/lib/cases/scope";
import { asPerson } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";

const cardSelect = {
  id: true,
  number: true,
  stage: true,
  treatment: true,
  contactName: true,
  country: true,
  urgent: true,
  ownerId: true,
  waitingOn: true,
  nextAction: true,
  nextDueAt: true,
  holdUntil: true,
} satisfies Prisma.CaseSelect;

export type BoardCard = Prisma.CaseGetPayload<{ select: typeof cardSelect }>;

export interface BoardColumn {
  stage: CaseStage;
  count: number;
  /** The ones due first. */
  cards: BoardCard[];
}

export const BOARD_STAGES = STAGES.filter((stage) => stage !== "draft" && !isEnded(stage));
const CARDS_SHOWN = 8;

/** Every open stage with how many cases stand in it and the ones due first. */
export function boardFor(coordinator: Coordinator): Promise<BoardColumn[]> {
  return asPerson(coordinator, async (tx) => {
    const counts = await tx.case.groupBy({
      by: ["stage"],
      where: { AND: [{ stage: { in: BOARD_STAGES } }, casesOf(coordinator)] },
      _count: true,
    });
    const columns: BoardColumn[] = [];
    for (const stage of BOARD_STAGES) {
      const count = counts.find((row) => row.stage === stage)?._count ?? 0;
      const where = { AND: [{ stage }, casesOf(coordinator)] };
      const orderBy = { nextDueAt: "asc" } as const;
      const cards =
        count === 0 ? [] : await tx.case.findMany({ where, select: cardSelect, orderBy, take: CARDS_SHOWN });
      columns.push({ stage, count, cards });
    }
    return columns;
  });
}

export interface DueLine {
  id: string;
  caseId: string;
  number: string;
  urgent: boolean;
  /** A task's kind and sentence; null when it is the case's next action. */
  task: { kind: string; title: string } | null;
  nextAction: string | null;
  dueAt: Date;
}

const DUE_SHOWN = 12;

/** What this coordinator, or the on-call queue, must do next: tasks and the next steps of cases, soonest first. */
export function dueNextFor(coordinator: Coordinator): Promise<DueLine[]> {
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
        case: { select: { number: true, urgent: true } },
      },
      orderBy: { dueAt: "asc" },
      take: DUE_SHOWN,
    });
    const cases = await tx.case.findMany({
      where: { AND: [{ stage: { in: BOARD_STAGES }, waitingOn: "coordinator" }, mine, casesOf(coordinator)] },
      select: cardSelect,
      orderBy: { nextDueAt: "asc" },
      take: DUE_SHOWN,
    });
    const steps = cases.flatMap(({ id, number, urgent, nextAction, nextDueAt }) =>
      nextDueAt ? [{ id, caseId: id, number, urgent, task: null, nextAction, dueAt: nextDueAt }] : [],
    );
    const deeds = tasks.map(({ case: of, kind, title, ...rest }) => ({
      ...rest,
      ...of,
      task: { kind, title },
      nextAction: null,
    }));
    return [...deeds, ...steps]
      .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
      .slice(0, DUE_SHOWN);
  });
}
