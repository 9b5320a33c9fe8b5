import type { ApiOperation } from "@/lib/kernel/api-operation";
import { paidOutForm } from "@/lib/reviews/forms";
import { opinionSchema } from "./opinion-view";
import { announcedSchema } from "./views";

const tag = "Second opinions";
const one = { 200: { description: "The second opinion.", schema: opinionSchema } };

/** What happens to the fee of a second opinion outside its usual way. */
export const feesApi: ApiOperation[] = [
  {
    method: "post",
    path: "/opinions/{id}/bank-transfer",
    tag,
    summary:
      "Say that the fee comes by bank transfer, and hear where to; the order ends on its day all the same",
    roles: ["patient"],
    answers: {
      200: { description: "Account and reference; a second call says the same.", schema: announcedSchema },
    },
    refusals: [
      ...["already_paid", "opinion_ended", "no_consent", "illegal_transition", "urgent_case", "forbidden"],
      ...["not_fit_to_travel", "no_bank_account"],
    ],
  },
  {
    method: "post",
    path: "/opinions/{id}/payout-return",
    tag,
    summary:
      "Say that the bank sent back what was paid to the centre, with its reference, by somebody else than who paid it; the fee is owed again",
    roles: ["finance"],
    body: paidOutForm,
    answers: one,
    refusals: ["illegal_transition", "same_person", "step_up_required"],
  },
  {
    method: "post",
    path: "/opinions/{id}/loss",
    tag,
    summary: "Say that a fee the payer's bank took for good after the answer was looked at",
    roles: ["finance"],
    answers: one,
    refusals: ["illegal_transition", "step_up_required"],
  },
];
