import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";

const WAITING_SHOWN = 50;
const ENDED_SHOWN = 20;

const include = {
  lines: { orderBy: { id: "asc" } },
  recalls: { where: { state: { not: "refused" } } },
} as const satisfies Prisma.ReleaseInclude;
type Found = Prisma.ReleaseGetPayload<{ include: typeof include }>;

const asked = { some: { state: "proposed" } } as const satisfies Prisma.ReleaseRecallListRelationFilter;

/** Releases that wait for somebody, the oldest first: to be approved, to be paid, or to be taken back. */
export function waitingReleasesFor(finance: Finance, cursor?: string) {
  const after = cursor ? idOfCursor(cursor) : null;
  return asPerson(finance, async (tx) => {
    const rows = await tx.release.findMany({
      where: {
        OR: [{ state: { in: ["proposed", "approved"] } }, { state: "paid", recalls: asked }],
        ...(after ? { id: { gt: after } } : {}),
      },
      orderBy: { id: "asc" },
      take: WAITING_SHOWN + 1,
      include,
    });
    return named(tx, pageOf(rows, WAITING_SHOWN));
  });
}

/** Releases nobody is waiting for any more, the newest first. */
export function endedReleasesFor(finance: Finance, cursor?: string) {
  const before = cursor ? idOfCursor(cursor) : null;
  return asPerson(finance, async (tx) => {
    const rows = await tx.release.findMany({
      where: {
        state: { in: ["paid", "refused", "withdrawn", "returned"] },
        recalls: { none: { state: "proposed" } },
        ...(before ? { id: { lt: before } } : {}),
      },
      orderBy: { id: "desc" },
      take: ENDED_SHOWN + 1,
      include,
    });
    return named(tx, pageOf(rows, ENDED_SHOWN));
  });
}

async function named(tx: Tx, { items, next }: Page<Found>) {
  const ids = items.flatMap((one) => [
    one.proposedById,
    ...[one.approvedById, ...one.recalls.flatMap((recall) => [recall.proposedById, recall.answeredById])],
  ]);
  const people = await tx.person.findMany({
    where: { id: { in: ids.flatMap((id) => id ?? []) } },
    select: { id: true, name: true },
  });
  const bookings = await tx.booking.findMany({
    where: { id: { in: items.map((one) => one.bookingId) } },
    select: { id: true, number: true },
  });
  const nameOf = new Map(people.map((one) => [one.id, one.name]));
  const numberOf = new Map(bookings.map((one) => [one.id, one.number]));
  const known = (id: string | null) => (id ? (nameOf.get(id) ?? "–") : null);
  return {
    next,
    items: items.map(({ recalls: [recall], ...one }) => ({
      ...one,
      bookingNumber: numberOf.get(one.bookingId) ?? "",
      proposedBy: known(one.proposedById) ?? "–",
      approvedBy: known(one.approvedById),
      recall: recall
        ? {
            ...recall,
            proposedBy: known(recall.proposedById) ?? "–",
            answeredBy: known(recall.answeredById),
          }
        : null,
    })),
  };
}
export type ReleaseRow = Awaited<ReturnType<typeof waitingReleasesFor>>["items"][number];
