import { z } from "zod";
import { pageForm } from "@/lib/cases/page";
import { ATTACHMENTS_MAX, AUDIENCES, MESSAGE_MAX } from "./message";

export const postMessageForm = z.object({
  body: z
    .string()
    .trim()
    .min(1, "Write a message first.")
    .max(MESSAGE_MAX, `At most ${MESSAGE_MAX} characters.`)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored."),
  audience: z.enum(AUDIENCES).optional(),
  clinic: z.string().max(100).optional().describe("Slug of the centre, for the thread with a centre."),
  attachments: z.array(z.uuid()).max(ATTACHMENTS_MAX).default([]).describe("Ids of records of this case."),
});
export type PostMessageForm = z.output<typeof postMessageForm>;

export const messagesQuery = z.object({ audience: z.enum(AUDIENCES).optional(), ...pageForm });
export type MessagesQuery = z.output<typeof messagesQuery>;
