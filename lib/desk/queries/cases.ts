import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
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
    return { items: await withOwnerNames(tx, page.items), next: page.next };
  });
}

/** More finds than these are not gone through by hand. */
const FINDS_MAX = 1_000;

async function filtersOf(
  tx: Tx,
  coordinator: Coordinator,
  query: DeskCasesQuery,
): Promise<Prisma.CaseWhereInput[]> {
  const { stage, owner, waitingOn, q } = query;
  const filters: Prisma.CaseWhereInput[] = [];
  if (stage) filters.push({ stage });
  if (owner === "me") filters.push({ ownerId: coordinator.personId });
  if (owner === "nobody") filters.push({ ownerId: null });
  if (waitingOn) filters.push({ waitingOn });
  if (q) {
    const found = await tx.$queryRaw<{ id: string }[]>`
      SELECT find_cases AS id FROM find_cases(${q}, ${stage ?? null},
        ${owner === "me" ? coordinator.personId : null}::uuid, ${owner === "nobody"}, NULL, ${FINDS_MAX}::integer)`;
    filters.push({ id: { in: found.map(({ id }) => id) } });
  }
  return filters;
}

/** The same rows with the names of their owners. */
export async function withOwnerNames<T extends { ownerId: string | null }>(
  tx: Tx,
  rows: readonly T[],
): Promise<(T & { ownerName: string | null })[]> {
  const ids = [...new Set(rows.flatMap(({ ownerId }) => ownerId ?? []))];
  const where = { id: { in: ids } };
  const people =
    ids.length === 0 ? [] : await tx.person.findMany({ where, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, ownerName: names.get(row.ownerId ?? "") ?? null }));
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
