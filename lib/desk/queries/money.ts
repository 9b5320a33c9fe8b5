import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { refundsOf } from "@/lib/payments/scope";

/** Refunds that wait for somebody in finance: to be approved, to be tried again, or to be sent through the bank. */
export function refundsToHandle(finance: Finance) {
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
        cause: true,
        state: true,
        currency: true,
        amountMinor: true,
        proposedById: true,
        failureCode: true,
        createdAt: true,
        payment: {
          select: { method: true, planItem: { select: { booking: { select: { number: true } } } } },
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
      bookingNumber: payment.planItem.booking.number,
      proposedBy: row.proposedById ? (names.get(row.proposedById) ?? null) : null,
    }));
  });
}
export type RefundToHandle = Awaited<ReturnType<typeof refundsToHandle>>[number];
