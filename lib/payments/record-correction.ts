import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { CorrectionForm } from "./forms";
import { postLedger } from "./post-ledger";

/**
 * Corrects the operator's own accounts in the open month, naming the transaction it corrects, which may lie in a closed one.
 * Client money, refunds and what hospitals and suppliers are owed move by their own verbs alone. Sent twice, booked once.
 */
export async function recordCorrection(
  finance: Finance,
  form: CorrectionForm,
): Promise<Outcome<{ reference: string }, "not_found" | "invalid_currency" | "same_account">> {
  const { corrects, debit, credit, amountMinor, currency, reason, once } = form;
  if (debit === credit) return refused("same_account", { path: "credit" });
  return asPerson(finance, async (tx) => {
    const wrong = await tx.ledgerTx.findUnique({
      where: { reference: corrects },
      select: { id: true, bookingId: true, entries: { select: { currency: true } } },
    });
    if (!wrong) return refused("not_found", { path: "corrects" });
    if (!wrong.entries.some((entry) => entry.currency === currency))
      return refused("invalid_currency", { path: "currency" });
    const reference = `correction:${once}`;
    const isNew = await postLedger(
      tx,
      {
        ...{ kind: "correction", reference, memo: reason, currency, correctsTxId: wrong.id },
        ...{ bookingId: wrong.bookingId, actorId: finance.personId },
      },
      [
        { account: debit, contract: null, amountMinor },
        { account: credit, contract: null, amountMinor: -amountMinor },
      ],
    );
    const audit = { objectType: "ledger", objectId: wrong.id, facts: { debit, credit, currency } };
    if (isNew) await writeAudit(tx, finance, "ledger.corrected", audit);
    return done({ reference });
  });
}
