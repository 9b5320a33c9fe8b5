import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import type { AnnouncedTransfer } from "./announce-transfer";
import { ACCOUNT_SETTING, accountOf } from "./bank-transfer";
import { openMoneyTask } from "./open-money-task";
import { type FeeNotPayable, readFee, readOpinionToPay, whyNoFee } from "./read-opinion-to-pay";

type Refusal = FeeNotPayable | "not_found" | "forbidden" | "no_bank_account";

/**
 * The payer says that the fee of a second opinion comes by bank transfer, and hears where to and with which reference. The
 * order ends on its day as it would have: saying it, once or again, moves no day. A fee no card can pay comes this way too.
 */
export async function announceOpinionTransfer(
  payer: Patient,
  opinionId: string,
  now: Date,
): Promise<Outcome<AnnouncedTransfer, Refusal>> {
  const seen = await asPerson(payer, async (tx) => {
    const found = await readOpinionToPay(tx, payer, opinionId, now);
    const set = await tx.setting.findUnique({ where: { key: ACCOUNT_SETTING }, select: { value: true } });
    return { found, account: accountOf(set?.value) };
  });
  if (!seen.found.ok) return seen.found;
  const { account } = seen;
  if (!account) return refused("no_bank_account");
  const { caseId, number, feeMinor: amountMinor, currency, payBy } = seen.found.value;
  // The payer's side writes nothing into an order; the rows below name the person.
  return asPerson(systemActor("announce-fee"), async (tx) => {
    await claimOpinion(tx, opinionId);
    // Paid or ended meanwhile, it asks for no money any more.
    const fresh = await readFee(tx, { id: opinionId });
    const why = fresh ? whyNoFee(fresh, now) : "not_found";
    if (why) return refused(why);
    const { count } = await tx.secondOpinion.updateMany({
      where: { id: opinionId, state: "awaiting_payment", transferAnnouncedAt: null },
      data: { transferAnnouncedAt: now },
    });
    if (count === 1) {
      await openMoneyTask(tx, { caseId, kind: "transfer_announced", title: number }, now);
      await noteCaseEvent(tx, payer, { caseId, kind: "transfer_announced" });
      await writeAudit(tx, payer, "bank_transfer.announced", {
        ...{ caseId, objectType: "opinion", objectId: opinionId },
      });
    }
    return done({ reference: number, amountMinor, currency, account, heldUntil: payBy });
  });
}
