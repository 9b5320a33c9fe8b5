import { claimTrip } from "@/lib/bookings/claim-trip";
import { issueCreditNote } from "@/lib/documents/issue-credit-note";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { asPerson } from "@/lib/infra/db";
import { postEarnedFee } from "@/lib/payments/post-earned-fee";
import { testSystem } from "../people";
import type { Step } from "./steps";
import type { Thing, World } from "./world";

/** What the sweep of papers does last with a booking whose fee is invoiced. */
function earnFee(world: World, { id, caseId }: Thing) {
  return asPerson(testSystem, async (tx) => {
    await claimTrip(tx, id);
    await postEarnedFee(tx, testSystem, { id, caseId }, world.now());
  });
}

/** What the sweep of papers does with one booking; of the same booking also twice at once. */
export const paperSteps: Record<string, Step> = {
  invoiced: {
    ...{ about: "booking", weight: 2 },
    run: (world, on) => issueInvoice(testSystem, on.id, world.now()),
  },
  credited: {
    ...{ about: "booking", weight: 1 },
    run: (world, on) => issueCreditNote(testSystem, on.id, world.now()),
  },
  fee_earned: { about: "booking", weight: 2, run: earnFee },
};
