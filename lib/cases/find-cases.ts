import "server-only";
import type { Coordinator, SignedIn } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { CaseFilters } from "./forms";

interface Among {
  /** Only cases older than this one. */
  before?: string | null;
  most: number;
}

/**
 * The ids of what the words of a filter find among all cases of this stage and owner, the newest first: one index holds
 * number, name and mail address of each.
 */
export async function findCases(
  tx: Tx,
  coordinator: Coordinator,
  { q, stage, owner }: CaseFilters,
  { before, most }: Among,
): Promise<string[]> {
  const ownerId = owner === "me" ? coordinator.personId : null;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT find_cases AS id FROM find_cases(${q ?? ""}, ${stage ?? null}, ${ownerId}::uuid, ${owner === "nobody"},
      ${before ?? null}::uuid, ${most}::integer)`;
  return rows.map(({ id }) => id);
}

/** All of a filter but its words. */
export function narrowedBy(
  person: SignedIn,
  { stage, owner, waitingOn }: CaseFilters,
): Prisma.CaseWhereInput[] {
  return [
    ...(stage ? [{ stage }] : []),
    ...(owner ? [{ ownerId: owner === "me" ? person.personId : null }] : []),
    ...(waitingOn ? [{ waitingOn }] : []),
  ];
}
