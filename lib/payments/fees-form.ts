import { isChargeable } from "@/lib/bookings/chargeable";
import { opinionFeesForm } from "@/lib/reviews/forms";

/** What centres take for a second opinion: nothing is offered that no card could pay. */
export const payableFeesForm = opinionFeesForm.superRefine(({ currency, fees }, told) => {
  const message = "No card is charged this amount: too little, or too fine for this currency.";
  for (const [slug, minor] of Object.entries(fees))
    if (!isChargeable(BigInt(minor), currency))
      told.addIssue({ code: "custom", path: ["fees", slug], message });
});
