/** What a patient can let somebody do who helps: whoever helps with anything can read the case. */
export const COMPANION_SCOPES = ["read", "upload", "message", "pay"] as const;
export type CompanionScope = (typeof COMPANION_SCOPES)[number];

export const INVITATION_DAYS = 14;
/** Of one person, over all their cases: a mail goes to an address somebody typed, and no case is a way to write to many. */
export const INVITATIONS_A_DAY = 10;

export type InvitationState = "invited" | "joined" | "expired" | "ended";

export interface Invitation {
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

export function stateOf(invitation: Invitation, now: Date): InvitationState {
  if (invitation.revokedAt) return "ended";
  if (invitation.acceptedAt) return "joined";
  return invitation.expiresAt <= now ? "expired" : "invited";
}

export function companionScopes(wished: readonly CompanionScope[]): CompanionScope[] {
  return COMPANION_SCOPES.filter((scope) => scope === "read" || wished.includes(scope));
}
