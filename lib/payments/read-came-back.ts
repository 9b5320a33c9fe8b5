import "server-only";
import type { Tx } from "@/lib/infra/db";

/** That the bank sent back what was last paid to an account. */
export interface CameBack {
  /** When somebody of finance wrote it down. */
  at: Date;
  reason: string;
}

interface LastPayment {
  payeeKey: string;
  number: string;
  at: Date | null;
  reason: string | null;
}

/** Of the accounts of some payees those whose last payment came back; whoever asks names the payee and the number. */
export async function readCameBack(tx: Tx, payeeKeys: readonly string[]) {
  const rows = await tx.$queryRaw<LastPayment[]>`
    SELECT DISTINCT ON (a."payeeKey", a.number) a."payeeKey", a.number, k."proposedAt" AS at, k.reason
      FROM "Release" r JOIN "PayeeAccount" a ON a.id = r."payeeAccountId"
      LEFT JOIN "ReleaseRecall" k ON k."releaseId" = r.id AND k.kind = 'returned' AND k.state = 'confirmed'
     WHERE a."payeeKey" = ANY(${[...new Set(payeeKeys)]}::text[]) AND r."paidAt" IS NOT NULL
     ORDER BY a."payeeKey", a.number, r."paidAt" DESC, r.id DESC`;
  return (account: { payeeKey: string; number: string } | null): CameBack | null => {
    const last = rows.find((row) => row.payeeKey === account?.payeeKey && row.number === account.number);
    return last?.at && last.reason !== null ? { at: last.at, reason: last.reason } : null;
  };
}

/** The same of the account each payee is paid at now. */
export async function readCameBackNow(tx: Tx, payeeKeys: readonly string[]) {
  const cameBackOf = await readCameBack(tx, payeeKeys);
  const confirmed = await tx.payeeAccount.findMany({
    where: { payeeKey: { in: [...new Set(payeeKeys)] }, state: "confirmed" },
    select: { payeeKey: true, number: true },
  });
  return (payeeKey: string) => cameBackOf(confirmed.find((one) => one.payeeKey === payeeKey) ?? null);
}
