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

/** Every account some payees had, have, or are to have, the newest first, each with who said so. */
export async function readPayeeAccounts(tx: Tx, payeeKeys: readonly string[]): Promise<PayeeAccountRow[]> {
  const of = { payeeKey: { in: [...new Set(payeeKeys)] } };
  const orderBy = { id: "desc" } as const;
  const live = { state: { in: ["proposed" as const, "confirmed" as const] } };
  const rows = [
    ...(await tx.payeeAccount.findMany({ where: { ...of, ...live }, orderBy, select })),
    ...(await tx.payeeAccount.findMany({
      where: { ...of, NOT: live },
      orderBy,
      take: PAST_SHOWN,
      select,
    })),
  ];
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
