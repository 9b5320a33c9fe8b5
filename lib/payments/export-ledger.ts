import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { addDays, dateOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { LedgerPeriodForm } from "./forms";
import { LEDGER_COLUMNS, sheetCells, type SheetEntry, sheetLine } from "./ledger-sheet";

const ROWS_AT_ONCE = 1_000;

/** The entries of a period as a sheet, page by page, so that no period is too long. That it left leaves a trace first. */
export async function* exportLedger(
  finance: Finance,
  { from, to }: LedgerPeriodForm,
): AsyncGenerator<string> {
  await asPerson(finance, (tx) =>
    writeAudit(tx, finance, "ledger.exported", { objectType: "ledger", facts: { from, to } }),
  );
  yield sheetLine(LEDGER_COLUMNS);
  const until = dateOf(addDays(to, 1));
  let last: SheetEntry | undefined;
  do {
    const rows = await readPage(finance, { from: dateOf(from), until, last });
    if (rows.length > 0) yield rows.map((row) => sheetLine(sheetCells(row))).join("");
    last = rows.length === ROWS_AT_ONCE ? rows.at(-1) : undefined;
  } while (last);
}

function readPage(
  finance: Finance,
  { from, until, last }: { from: Date; until: Date; last: SheetEntry | undefined },
): Promise<SheetEntry[]> {
  const after = last?.at ?? null;
  return asPerson(
    finance,
    (tx) => tx.$queryRaw<SheetEntry[]>`
      SELECT e.id, e.at, t.id AS "txId", t.kind, t.reference, e.account::text AS account, e.contract::text AS contract,
             e.currency, e."amountMinor", b.number AS "bookingNumber", t.memo, c.reference AS corrects
        FROM "LedgerEntry" e JOIN "LedgerTx" t ON t.id = e."txId" LEFT JOIN "LedgerTx" c ON c.id = t."correctsTxId"
        LEFT JOIN "Booking" b ON b.id = e."bookingId"
       WHERE e.at >= ${from} AND e.at < ${until}
         AND (${after}::timestamptz IS NULL OR (e.at, e.id) > (${after}::timestamptz, ${last?.id ?? null}::uuid))
       ORDER BY e.at, e.id LIMIT ${ROWS_AT_ONCE}`,
  );
}
