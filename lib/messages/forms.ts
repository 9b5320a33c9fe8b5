import { z } from "zod";
import { pageForm } from "@/lib/cases/page";
import { ATTACHMENTS_MAX, AUDIENCES, MESSAGE_MAX } from "./message";

export const postMessageForm = z.object({
  body: z
    .string()
    // A form sends every new line as two characters; people count one.
    .overwrite((text) => text.replaceAll("\r\n", "\n").trim())
    .min(1, "Write a message first.")
    .max(MESSAGE_MAX, `At most ${MESSAGE_MAX} characters.`)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored."),
  audience: z.enum(AUDIENCES).optional(),
  clinic: z.string().max(100).optional().describe("Slug of the centre, for the thread with a centre."),
  attachments: z.array(z.uuid()).max(ATTACHMENTS_MAX).default([]).describe("Ids of records of this case."),
});
export type PostMessageForm = z.output<typeof postMessageForm>;

/** A few words about a call. */
const callWords = z
  .string()
  .trim()
  .max(500, "At most 500 characters.")
  .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.")
  .transform((text) => (text === "" ? undefined : text))
  .optional();

export const requestCallForm = z.object({
  phone: z
    .string()
    .trim()
    .regex(
      /^\+?[0-9 ()./-]{3,40}$/,
      "Write a telephone number with its country code, such as +49 221 4710 123.",
    ),
  wish: callWords.describe("When it suits, which language, who is there."),
});
export type RequestCallForm = z.output<typeof requestCallForm>;

export const recordCallForm = z.object({
  state: z.enum(["reached", "not_reached"]),
  note: callWords.describe("What was said; only the desk reads it."),
});
export type RecordCallForm = z.output<typeof recordCallForm>;

export const messagesQuery = z.object({ audience: z.enum(AUDIENCES).optional(), ...pageForm });
export type MessagesQuery = z.output<typeof messagesQuery>;

/** A thread by whom it is with: the patient, or the centre with this slug. */
export const markAnsweredForm = z.object({ clinic: z.string().max(100).optional() });
export type MarkAnsweredForm = z.output<typeof markAnsweredForm>;
