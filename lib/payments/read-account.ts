import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { addDays, dateOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { cursorOf, idOfCursor } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { AccountForm } from "./forms";
import type { AccountBalance } from "./queries";
import type { LedgerAccount } from "./ledger";

/** Both sides of every account by currency, of everything before a moment; of everything there is without one. */
export function readBalance(tx: Tx, before: Date | null): Promise<AccountBalance[]> {
  return tx.$queryRaw<AccountBalance[]>`
    SELECT account::text AS account, currency,
           COALESCE(sum("amountMinor") FILTER (WHERE "amountMinor" > 0), 0)::bigint AS "debitMinor",
           COALESCE(-sum("amountMinor") FILTER (WHERE "amountMinor" < 0), 0)::bigint AS "creditMinor"
      FROM "LedgerEntry" WHERE ${before}::timestamptz IS NULL OR at < ${before}::timestamptz
     GROUP BY account, currency ORDER BY currency, account`;
}

export interface AccountRow {
  id: string;
  at: Date;
  contract: "A" | "B" | null;
  kind: string;
  reference: string;
  memo: string;
  bookingId: string | null;
  amountMinor: bigint;
  /** What the account stood at after this entry. */
  balanceMinor: bigint;
}

export interface AccountStatement {
  account: LedgerAccount;
  currency: string;
  /** What it stood at before the first entry of this page. */
  openingMinor: bigint;
  rows: AccountRow[];
  next: string | null;
}

/**
 * One account in one currency, oldest entry first, each with the balance after it, from a day to the end of another. A
 * page begins behind the entry its cursor names. That somebody looked leaves a trace.
 */
export function accountStatement(finance: Finance, form: AccountForm): Promise<AccountStatement> {
  const { account, currency, limit } = form;
  return asPerson(finance, async (tx) => {
    const from = form.from ? dateOf(form.from) : new Date(0);
    const until = form.to ? dateOf(addDays(form.to, 1)) : null;
    const start = await readStart(tx, form, from);
    const rows = await tx.$queryRaw<Omit<AccountRow, "balanceMinor">[]>`
      SELECT e.id, e.at, e.contract::text AS contract, t.kind, t.reference, t.memo,
             e."bookingId", e."amountMinor"
        FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId"
       WHERE e.account = ${account}::"LedgerAccount" AND e.currency = ${currency}
         AND e.at >= ${from} AND (${until}::timestamptz IS NULL OR e.at < ${until}::timestamptz)
         AND (${start.at}::timestamptz IS NULL OR (e.at, e.id) > (${start.at}::timestamptz, ${start.id}::uuid))
       ORDER BY e.at, e.id LIMIT ${limit + 1}`;
    await writeAudit(tx, finance, "ledger.viewed", { objectType: "ledger", facts: { account, currency } });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      ...{ account, currency, openingMinor: start.sumMinor, rows: withBalances(shown, start.sumMinor) },
      next: rows.length > limit && last ? cursorOf(last.id) : null,
    };
  });
}

function withBalances(rows: readonly Omit<AccountRow, "balanceMinor">[], openingMinor: bigint): AccountRow[] {
  let balanceMinor = openingMinor;
  return rows.map((row) => ({ ...row, balanceMinor: (balanceMinor += row.amountMinor) }));
}

/** Where a page begins and what the account stood at there. */
async function readStart(tx: Tx, { account, currency, cursor }: AccountForm, from: Date) {
  const id = cursor ? idOfCursor(cursor) : null;
  const entry = id ? await tx.ledgerEntry.findUnique({ where: { id }, select: { at: true } }) : null;
  const [row] = await tx.$queryRaw<{ sumMinor: bigint }[]>`
    SELECT COALESCE(sum("amountMinor"), 0)::bigint AS "sumMinor" FROM "LedgerEntry"
     WHERE account = ${account}::"LedgerAccount" AND currency = ${currency}
       AND CASE WHEN ${entry?.at ?? null}::timestamptz IS NULL THEN at < ${from}
                ELSE (at, id) <= (${entry?.at ?? null}::timestamptz, ${id}::uuid) END`;
  return { at: entry?.at ?? null, id: entry ? id : null, sumMinor: row?.sumMinor ?? 0n };
}

/** The trial balance at the end of a day. */
export function trialBalanceAt(finance: Finance, on: string | undefined): Promise<AccountBalance[]> {
  return asPerson(finance, (tx) => readBalance(tx, on ? dateOf(addDays(on, 1)) : null));
}
