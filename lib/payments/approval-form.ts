import { z } from "zod";
import { plainText } from "@/lib/estimates/forms";

/** What whoever approves has seen, where the cause of a refund is one that is proven. */
export const approveRefundForm = z.object({
  proof: plainText(500)
    .optional()
    .describe(
      "Which paper was seen, of which day and where it lies, where the visa was refused, health forbids the journey or a border is closed. Left out, the audit says that nobody said it.",
    ),
});
