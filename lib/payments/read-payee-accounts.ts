import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";

const PAST_SHOWN = 200;

const select = {
  ...{ id: true, payeeKey: true, holder: true, number: true, bic: true, source: true, state: true },
  ...{ proposedById: true, answeredById: true, refusedReason: true },
  ...{ proposedAt: true, answeredAt: true, replacedAt: true },
} as const satisfies Prisma.PayeeAccountSelect;

export interface PayeeAccountRow extends Prisma.PayeeAccountGetPayload<{ select: typeof select }> {
  proposedBy: string;
  answeredBy: string | null;
}

/**
 * The accounts some payees have or are to have, and had, the newest first, each with who said so. However many there were since,
 * those named by id are among them.
 */
export async function readPayeeAccounts(
  tx: Tx,
  payeeKeys: readonly string[],
  ids: readonly string[],
): Promise<PayeeAccountRow[]> {
  const of = { payeeKey: { in: [...new Set(payeeKeys)] } };
  const orderBy = { id: "desc" } as const;
  const wanted = {
    OR: [{ state: { in: ["proposed" as const, "confirmed" as const] } }, { id: { in: [...new Set(ids)] } }],
  };
  const found = [
    ...(await tx.payeeAccount.findMany({ where: { ...of, ...wanted }, orderBy, select })),
    ...(await tx.payeeAccount.findMany({
      where: { ...of, NOT: wanted },
      orderBy,
      take: PAST_SHOWN,
      select,
    })),
  ];
  const rows = found.toSorted((one, other) => (one.id < other.id ? 1 : -1));
  const people = await tx.person.findMany({
    where: { id: { in: rows.flatMap((row) => [row.proposedById, row.answeredById ?? []].flat()) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...row,
    proposedBy: nameOf.get(row.proposedById) ?? "–",
    answeredBy: row.answeredById ? (nameOf.get(row.answeredById) ?? "–") : null,
  }));
}
