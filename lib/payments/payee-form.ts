import { z } from "zod";
import { plainText } from "@/lib/estimates/forms";
import { isAccountNumber, isBic, isIban, plainNumber } from "./payee";
import { RELEASE_STATES } from "./release";

const NO_BIC = "A BIC has 8 or 11 letters and digits.";

/** The operator's own account, which payers are told, and how it was made sure. */
export const operatorAccountForm = z.object({
  holder: plainText(200),
  iban: plainText(60).transform(plainNumber).refine(isIban, { message: "This is no valid IBAN." }),
  bic: plainText(20).transform(plainNumber).refine(isBic, { message: NO_BIC }),
  bank: plainText(200),
  source: plainText(500),
});
export type OperatorAccountForm = z.output<typeof operatorAccountForm>;

/** Where the payee of a release is to be paid, and how that was made sure. */
export const payeeAccountForm = z.object({
  holder: plainText(200),
  number: plainText(60)
    .transform(plainNumber)
    .refine(isAccountNumber, { message: "This is no valid IBAN, nor the number of an account." }),
  bic: z
    .union([z.literal(""), plainText(20)])
    .optional()
    .transform((typed) => (typed ? plainNumber(typed) : undefined))
    .refine((bic) => bic === undefined || isBic(bic), { message: NO_BIC }),
  source: plainText(500),
});
export type PayeeAccountForm = z.output<typeof payeeAccountForm>;

export const payeeAccountOfForm = payeeAccountForm.extend({ releaseId: z.uuid() });
export const accountIdForm = z.object({ accountId: z.uuid() });
export const whyNoAccountForm = z.object({ reason: plainText(500) });
export const refuseAccountForm = accountIdForm.extend(whyNoAccountForm.shape);

/** A release is approved for the very account that was shown. */
export const approveReleaseForm = accountIdForm.extend({ releaseId: z.uuid() });
export type ApproveReleaseForm = z.output<typeof approveReleaseForm>;

/** Narrows a list of releases to one payee, or to all who are no hospital, and to one state. */
export const releaseFilterForm = z.object({
  payee: z.string().max(100).optional(),
  state: z.enum(RELEASE_STATES).optional(),
});
export type ReleaseFilter = z.output<typeof releaseFilterForm>;

/** Which of several suppliers is paid for a line, and why. */
export const assignPayeeForm = z.object({
  serviceId: z.uuid(),
  supplierId: z.uuid({ error: "Please fill this in." }),
  reason: plainText(500),
});
export type AssignPayeeForm = z.output<typeof assignPayeeForm>;
