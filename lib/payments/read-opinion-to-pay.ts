import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { isTravelBlocked } from "@/lib/reviews/ask-opinion";
import { mayHoldFee, whyNotPayable } from "@/lib/reviews/opinion";
import { opinionsOf } from "@/lib/reviews/scope";
import { payDoorOf } from "./scope";

export type FeeNotPayable =
  | "already_paid"
  | "opinion_ended"
  | "no_consent"
  | "illegal_transition"
  | "urgent_case"
  | "not_fit_to_travel";

const feeSelect = {
  ...{ id: true, number: true, caseId: true, clinicId: true, state: true, payBy: true, askedById: true },
  ...{ feeMinor: true, currency: true },
  clinic: { select: { publishedAt: true, contractAMode: true, heldClearanceOn: true } },
  case: {
    select: {
      ...{ stage: true, urgent: true },
      consents: { where: { withdrawnAt: null }, select: { clinicId: true } },
    },
  },
} satisfies Prisma.SecondOpinionSelect;

export type OpinionToPay = Prisma.SecondOpinionGetPayload<{ select: typeof feeSelect }>;

export function readFee(tx: Tx, where: Prisma.SecondOpinionWhereInput): Promise<OpinionToPay | null> {
  return tx.secondOpinion.findFirst({ where, select: feeSelect });
}

/** Why the fee of this order is not to be taken now; null when it is. */
export function whyNoFee(found: OpinionToPay, now: Date): FeeNotPayable | null {
  const hasConsent = found.case.consents.some((consent) => consent.clinicId === found.clinicId);
  const why = whyNotPayable({ ...found, stage: found.case.stage, hasConsent }, now);
  if (why) return why;
  // The centre may have left since the order, or its money may not be held any more.
  const isOffered = found.clinic.publishedAt !== null && mayHoldFee(found.clinic, now);
  return isOffered ? null : "opinion_ended";
}

/** An order as the payer may see it, where its fee is to be paid now: strangers find nothing. */
export async function readOpinionToPay(
  tx: Tx,
  payer: Patient,
  opinionId: string,
  now: Date,
): Promise<Outcome<OpinionToPay, FeeNotPayable | "not_found" | "forbidden">> {
  const found = await readFee(tx, { AND: [{ id: opinionId }, opinionsOf(payer)] });
  if (!found) return refused("not_found");
  const door = await tx.caseAccess.findFirst({
    where: payDoorOf(payer, found.caseId, now),
    select: { id: true },
  });
  if (!door) return refused("forbidden");
  const why = whyNoFee(found, now);
  if (why) return refused(why);
  if (found.case.urgent) return refused("urgent_case");
  return (await isTravelBlocked(tx, found.caseId)) ? refused("not_fit_to_travel") : done(found);
}
