import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { acceptInvitationForm, giveAccessForm } from "./forms";
import { COMPANION_SCOPES, type Invitation, stateOf } from "./invitation";

const at = z.iso.datetime();

export const companionView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable().describe("Known once they joined."),
  scopes: z.array(z.enum(COMPANION_SCOPES)),
  state: z.enum(["invited", "joined", "expired", "ended"]),
  invitedAt: at,
  expiresAt: at
    .nullable()
    .describe("Null for somebody who was let in without an invitation and without an end."),
  joinedAt: at.nullable(),
});
export type CompanionView = z.output<typeof companionView>;

export interface CompanionFacts extends Invitation {
  id: string;
  email: string;
  name: string | null;
  scopes: readonly string[];
  invitedAt: Date;
}

export function companionViewOf(facts: CompanionFacts, now = new Date()): CompanionView {
  return {
    id: facts.id,
    email: facts.email,
    name: facts.name,
    scopes: COMPANION_SCOPES.filter((scope) => facts.scopes.includes(scope)),
    state: stateOf(facts, now),
    invitedAt: facts.invitedAt.toISOString(),
    expiresAt: facts.expiresAt?.toISOString() ?? null,
    joinedAt: facts.acceptedAt?.toISOString() ?? null,
  };
}

const tag = "Cases";
const roles = ["patient"] as const;
const items = z.object({ items: z.array(companionView), next: z.null() });

/** The routes by which a patient lets somebody help. */
export const companionOperations: ApiOperation[] = [
  {
    method: "get",
    path: "/cases/{id}/access",
    tag,
    summary: "Who helps with a case, and who was asked to",
    roles,
    answers: { 200: { description: "Oldest first.", schema: items } },
    refusals: ["forbidden"],
  },
  {
    method: "post",
    path: "/cases/{id}/access",
    tag,
    summary: "Ask somebody to help; a mail goes to their address",
    roles,
    body: giveAccessForm,
    answers: { 201: { description: "The invitation.", schema: companionView } },
    refusals: ["forbidden", "already_invited", "invalid_own_address", "too_many", "illegal_transition"],
  },
  {
    method: "delete",
    path: "/cases/{id}/access/{accessId}",
    tag,
    summary: "End somebody's help, however they were let in, or take an invitation back",
    roles,
    answers: { 200: { description: "The invitation, ended.", schema: companionView } },
    refusals: ["forbidden"],
  },
  {
    method: "post",
    path: "/invitations/accept",
    tag,
    summary: "Accept an invitation sent to one's own address",
    roles,
    body: acceptInvitationForm,
    answers: {
      200: { description: "The case one helps with.", schema: z.object({ caseId: z.uuid() }) },
    },
    refusals: ["not_found"],
  },
];
