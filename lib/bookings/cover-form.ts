import { z } from "zod";
import { dayField, plainText } from "@/lib/estimates/forms";
import { seenAtField } from "@/lib/records/forms";

/** The insurance that pays travellers back should the operator fail: without it no package is signed. */
export const coverForm = z.object({
  seenAt: seenAtField,
  insurer: plainText(200),
  number: plainText(80),
  validUntil: dayField,
});
export type CoverForm = z.output<typeof coverForm>;
