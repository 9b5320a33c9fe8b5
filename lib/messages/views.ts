import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { pageView } from "@/lib/cases/page";
import { CALL_STATES } from "./call";
import { messagesQuery, postMessageForm, recordCallForm, requestCallForm } from "./forms";
import { AUDIENCES, type Audience } from "./message";

export const messageView = z.object({
  id: z.uuid(),
  audience: z.enum(AUDIENCES),
  clinic: z.string().nullable(),
  author: z.object({ role: z.string(), name: z.string(), isYou: z.boolean() }),
  body: z.string(),
  attachments: z.array(z.uuid()),
  sentAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type MessageView = z.output<typeof messageView>;

export interface MessageFacts {
  id: string;
  audience: Audience;
  clinicSlug: string | null;
  authorId: string;
  authorRole: string;
  authorName: string;
  body: string;
  attachments: string[];
  sentAt: Date;
  /** When somebody on the other side first read it; for one's own messages. */
  readAt: Date | null;
}

export function messageViewOf(facts: MessageFacts, viewerId: string): MessageView {
  const { id, audience, clinicSlug, authorId, authorRole, authorName, body, attachments, sentAt, readAt } =
    facts;
  return {
    id,
    audience,
    clinic: clinicSlug,
    author: { role: authorRole, name: authorName, isYou: authorId === viewerId },
    body,
    attachments,
    sentAt: sentAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}

export const callView = z.object({
  id: z.uuid(),
  state: z.enum(CALL_STATES),
  phone: z.string(),
  wish: z.string().nullable(),
  note: z.string().nullable().describe("Null for everybody but the desk."),
  askedBy: z.string().nullable(),
  madeBy: z.string().nullable(),
  at: z.iso.datetime(),
  madeAt: z.iso.datetime().nullable(),
});
export type CallView = z.output<typeof callView>;

const roles = ["patient", "companion", "coordinator", "clinic_reviewer", "clinic_manager"] as const;

export const messagesApi: ApiOperation[] = [
  {
    method: "get",
    path: "/cases/{id}/messages",
    tag: "Messages",
    summary: "The messages of a case, newest first",
    roles,
    query: messagesQuery,
    answers: {
      200: { description: "A page of messages; reading marks them read.", schema: pageView(messageView) },
    },
  },
  {
    method: "post",
    path: "/cases/{id}/messages",
    tag: "Messages",
    summary: "Write a message",
    roles,
    body: postMessageForm,
    answers: { 201: { description: "Sent.", schema: messageView } },
    refusals: ["forbidden", "invalid_clinic", "invalid_attachment"],
  },
  {
    method: "get",
    path: "/cases/{id}/calls",
    tag: "Messages",
    summary: "The telephone calls of a case, newest first",
    roles: ["patient", "companion", "coordinator"],
    answers: { 200: { description: "Asked for and made.", schema: pageView(callView) } },
  },
  {
    method: "post",
    path: "/cases/{id}/calls",
    tag: "Messages",
    summary: "Ask to be called; one request of a case waits at a time",
    roles: ["patient", "companion"],
    body: requestCallForm,
    answers: {
      201: {
        description: "Asked; a coordinator calls by then.",
        schema: z.object({ id: z.uuid(), dueAt: z.iso.datetime() }),
      },
    },
    refusals: ["call_waiting", "illegal_transition"],
  },
  {
    method: "post",
    path: "/cases/{id}/calls/made",
    tag: "Messages",
    summary: "Write down a call that was made",
    roles: ["coordinator"],
    body: recordCallForm,
    answers: { 201: { description: "Written down.", schema: z.object({ id: z.uuid() }) } },
  },
  {
    method: "get",
    path: "/events",
    tag: "Messages",
    summary: "Live hints by server-sent events: ids of what changed, read the rest through the API",
    roles,
    answers: { 200: { description: "text/event-stream" } },
  },
];
