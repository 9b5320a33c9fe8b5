import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { findCases, narrowedBy } from "@/lib/cases/find-cases";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { readOwnerNames } from "@/lib/cases/read-owner-names";
import { casesOf } from "@/lib/cases/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { CaseOrder } from "../case-order";
import type { DeskCasesQuery } from "../forms/cases";

export const lineSelect = {
  id: true,
  number: true,
  stage: true,
  treatment: true,
  contactName: true,
  country: true,
  urgent: true,
  ownerKind: true,
  ownerId: true,
  waitingOn: true,
  nextAction: true,
  nextDueAt: true,
  holdUntil: true,
} satisfies Prisma.CaseSelect;

export type DeskCaseLine = Prisma.CaseGetPayload<{ select: typeof lineSelect }> & {
  ownerName: string | null;
};

const FIRST = { sort: "asc", nulls: "last" } as const;
const LAST = { sort: "desc", nulls: "last" } as const;

// The id breaks every tie, so that a page ends at one row and the next begins behind it.
const ORDER_BY: Readonly<Record<CaseOrder, Prisma.CaseOrderByWithRelationInput[]>> = {
  newest: [{ id: "desc" }],
  oldest: [{ id: "asc" }],
  patient: [{ contactName: FIRST }, { id: "desc" }],
  patient_back: [{ contactName: LAST }, { id: "desc" }],
  stage: [{ stage: "asc" }, { id: "desc" }],
  stage_back: [{ stage: "desc" }, { id: "desc" }],
  due: [{ nextDueAt: FIRST }, { id: "desc" }],
  due_back: [{ nextDueAt: LAST }, { id: "desc" }],
};

/** A page of the desk's table, in the order that was asked for. */
export function deskCasesFor(coordinator: Coordinator, query: DeskCasesQuery): Promise<Page<DeskCaseLine>> {
  return asPerson(coordinator, async (tx) => {
    const after = query.cursor ? idOfCursor(query.cursor) : null;
    const rows = await tx.case.findMany({
      where: { AND: [casesOf(coordinator), ...(await filtersOf(tx, coordinator, query))] },
      select: lineSelect,
      orderBy: ORDER_BY[query.sort],
      take: query.limit + 1,
      ...(after ? { cursor: { id: after }, skip: 1 } : {}),
    });
    const page = pageOf(rows, query.limit);
    return { items: await readOwnerNames(tx, page.items), next: page.next };
  });
}

/** More finds than these are not gone through by hand. */
const FINDS_MAX = 1_000;

async function filtersOf(
  tx: Tx,
  coordinator: Coordinator,
  query: DeskCasesQuery,
): Promise<Prisma.CaseWhereInput[]> {
  const filters = narrowedBy(coordinator, query);
  if (!query.q) return filters;
  return [...filters, { id: { in: await findCases(tx, coordinator, query, { most: FINDS_MAX }) } }];
}

/** What these cases are called; a stranger's is left out. */
export function caseNumbersOf(
  coordinator: Coordinator,
  ids: readonly string[],
): Promise<Map<string, string>> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.case.findMany({
      where: { AND: [{ id: { in: [...ids] } }, casesOf(coordinator)] },
      select: { id: true, number: true },
    });
    return new Map(rows.map(({ id, number }) => [id, number]));
  });
}
