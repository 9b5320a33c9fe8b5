import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { Tx } from "@/lib/infra/db";
import { blocksTravel } from "@/lib/reviews/review";
import type { PayableFacts } from "./payment";
import { payDoorOf, planItemsOf } from "./scope";

export interface PlanItemToPay extends PayableFacts {
  item: PayableFacts["item"] & { id: string; position: number };
  booking: PayableFacts["booking"] & {
    id: string;
    number: string;
    caseId: string;
    createdAt: Date;
    holdWithoutDebitAt: Date | null;
    treatmentOn: Date;
    slot: { clinic: { timeZone: string } };
  };
}

/** An instalment as the payer may see it: strangers find nothing, a companion without the right to pay is refused. */
export async function readPlanItemToPay(
  tx: Tx,
  payer: Patient,
  planItemId: string,
  now: Date,
): Promise<Outcome<PlanItemToPay, "not_found" | "forbidden" | "not_fit_to_travel">> {
  const found = await tx.planItem.findFirst({
    where: { AND: [{ id: planItemId }, planItemsOf(payer)] },
    select: {
      id: true,
      position: true,
      state: true,
      kind: true,
      contract: true,
      contractAMinor: true,
      amountMinor: true,
      paidMinor: true,
      currency: true,
      booking: {
        select: {
          id: true,
          number: true,
          caseId: true,
          state: true,
          createdAt: true,
          treatmentOn: true,
          slot: { select: { clinic: { select: { timeZone: true } } } },
          holdExpiresAt: true,
          holdWithoutDebitAt: true,
          contractAMode: true,
          contracts: { select: { kind: true, signedAt: true } },
          estimate: { select: { review: { select: { answer: true } } } },
        },
      },
    },
  });
  if (!found) return refused("not_found");
  const { booking, ...item } = found;
  const door = await tx.caseAccess.findFirst({
    where: payDoorOf(payer, booking.caseId, now),
    select: { id: true },
  });
  if (!door) return refused("forbidden");
  if (blocksTravel(booking.estimate.review.answer)) return refused("not_fit_to_travel");
  const signed = booking.contracts.filter((contract) => contract.signedAt !== null);
  return done({ item, booking, areContractsSigned: signed.length === 2 });
}
