import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

const PAID_SHOWN = 20;

/** Releases that wait for somebody, the oldest first, and the last that were paid or refused. */
export function releasesFor(finance: Finance) {
  return asPerson(finance, async (tx) => {
    const include = { lines: { orderBy: { id: "asc" as const } } };
    const waiting = await tx.release.findMany({
      where: { state: { in: ["proposed", "approved"] } },
      orderBy: { proposedAt: "asc" },
      take: 200,
      include,
    });
    const ended = await tx.release.findMany({
      where: { state: { in: ["paid", "refused"] } },
      orderBy: { proposedAt: "desc" },
      take: PAID_SHOWN,
      include,
    });
    const all = [...waiting, ...ended];
    const people = await tx.person.findMany({
      where: { id: { in: all.flatMap((one) => [one.proposedById, one.approvedById ?? one.proposedById]) } },
      select: { id: true, name: true },
    });
    const bookings = await tx.booking.findMany({
      where: { id: { in: all.map((one) => one.bookingId) } },
      select: { id: true, number: true },
    });
    const nameOf = new Map(people.map((one) => [one.id, one.name]));
    const numberOf = new Map(bookings.map((one) => [one.id, one.number]));
    return all.map((one) => ({
      ...one,
      bookingNumber: numberOf.get(one.bookingId) ?? "",
      proposedBy: nameOf.get(one.proposedById) ?? "–",
      approvedBy: one.approvedById ? (nameOf.get(one.approvedById) ?? "–") : null,
    }));
  });
}
export type ReleaseRow = Awaited<ReturnType<typeof releasesFor>>[number];
