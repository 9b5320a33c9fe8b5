import { z } from "zod";
import { seenAtField } from "@/lib/records/forms";
import { minorField } from "./forms";
import { QUOTES } from "./exchange-rate";

/** The operator's fee: its sum in euro, and in other currencies where it is not to move with the rate. */
export const operatorFeeForm = z.object({
  seenAt: seenAtField,
  amount: minorField,
  sums: z.partialRecord(z.enum(QUOTES), minorField).default({}),
});
export type OperatorFeeForm = z.output<typeof operatorFeeForm>;
