import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { ACCOUNT_SETTING, accountOf, type BankAccount } from "./bank-transfer";

const select = {
  ...{ id: true, holder: true, iban: true, bic: true, bank: true, source: true, state: true },
  ...{ proposedById: true, answeredById: true, refusedReason: true },
  ...{ proposedAt: true, answeredAt: true, replacedAt: true },
} as const satisfies Prisma.OperatorAccountSelect;

export interface OperatorAccountRow extends Prisma.OperatorAccountGetPayload<{ select: typeof select }> {
  proposedBy: string;
  answeredBy: string | null;
}

export interface OperatorAccounts {
  /** What payers are told; it may have been set before two people were asked. */
  told: BankAccount | null;
  now: OperatorAccountRow | null;
  waits: OperatorAccountRow | null;
  before: OperatorAccountRow[];
}

const PAST_SHOWN = 50;

/** Which account payers are told, which one waits, and which there were, each with who said so. */
export function readOperatorAccounts(reader: Admin | Finance): Promise<OperatorAccounts> {
  return asPerson(reader, async (tx) => {
    const setting = await tx.setting.findUnique({ where: { key: ACCOUNT_SETTING }, select: { value: true } });
    const found = await tx.operatorAccount.findMany({ orderBy: { id: "desc" }, take: PAST_SHOWN, select });
    const people = await tx.person.findMany({
      where: { id: { in: found.flatMap((row) => [row.proposedById, row.answeredById ?? []].flat()) } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(people.map(({ id, name }) => [id, name]));
    const rows = found.map((row) => ({
      ...row,
      proposedBy: nameOf.get(row.proposedById) ?? "–",
      answeredBy: row.answeredById ? (nameOf.get(row.answeredById) ?? "–") : null,
    }));
    return {
      told: accountOf(setting?.value),
      now: rows.find(({ state }) => state === "confirmed") ?? null,
      waits: rows.find(({ state }) => state === "proposed") ?? null,
      before: rows.filter(({ state }) => state === "refused" || state === "replaced"),
    };
  });
}
