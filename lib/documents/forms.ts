import { z } from "zod";

const LINES_MAX = 6;

export const invoiceAddressForm = z.object({
  lines: z
    .string()
    // A form sends every new line as two characters; empty lines in between say nothing.
    .overwrite((text) =>
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .join("\n"),
    )
    .max(300, "At most 300 characters.")
    .refine((text) => text.split("\n").length <= LINES_MAX, "At most six lines.")
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.")
    .describe(
      "Street, postcode and town, a line each; the name and the country stand there already. Empty takes it off.",
    ),
});
export type InvoiceAddressForm = z.output<typeof invoiceAddressForm>;
