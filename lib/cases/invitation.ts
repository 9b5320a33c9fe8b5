/** What a patient can let somebody do who helps: whoever helps with anything can read the case. */
export const COMPANION_SCOPES = ["read", "upload", "message", "pay"] as const;
export type CompanionScope = (typeof COMPANION_SCOPES)[number];

export const INVITATION_DAYS = 14;
/** Of one person, over all their cases: a mail goes to an address somebody typed, and no case is a way to write to many. */
export const INVITATIONS_A_DAY = 10;

export type InvitationState = "invited" | "joined" | "expired" | "ended";

export interface Invitation {
  /** Null for somebody who was let in for as long as it is not ended. */
  expiresAt: Date | null;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

export function stateOf(invitation: Invitation, now: Date): InvitationState {
  if (invitation.revokedAt) return "ended";
  if (invitation.acceptedAt) return "joined";
  return invitation.expiresAt !== null && invitation.expiresAt <= now ? "expired" : "invited";
}

export function companionScopes(wished: readonly CompanionScope[]): CompanionScope[] {
  return COMPANION_SCOPES.filter((scope) => scope === "read" || wished.includes(scope));
}

const MAILED_NAME_MAX = 60;
const MAILED_WORDS_MAX = 5;
/** A name with its article, such as Abd-al-Rahman, is one word of three parts. */
const MAILED_PARTS_MAX = 7;
const US = "valvia";

/** Persian names are written with a zero-width non-joiner inside, Katakana and Catalan names with a dot at half height. */
const INSIDE = /(?<=[\p{L}\p{M}])[\u200c·・](?=\p{L})/gu;
/** Words that a full stop shortens before a name goes on: one letter, or one of these. After any other a sentence ends. */
const SHORTENED =
  /(?<![\p{L}\p{M}])(?:\p{L}\p{M}*|dra?|prof|mrs?|ms|mx|sra?|srta|rev|hon|ing|eng|dipl|st|sta|sto|md|mohd|ma|wm|th|ph|chr?|jr)\. /giu;

/**
 * The name somebody gave themselves, where a mail to an address they typed can carry it: letters and what stands between them in
 * names. Null for whatever could be a link, a number to call, a message of its own, ourselves, or nothing that is seen.
 */
export function nameForMail(name: string): string | null {
  const plain = name.normalize("NFKC").replaceAll(/\s+/gu, " ").trim();
  const shown = plain.replaceAll(INSIDE, "");
  if (!/^\p{L}[\p{L}\p{M}'’. -]*$/u.test(shown) || /\p{Default_Ignorable_Code_Point}/u.test(shown))
    return null;
  if (plain.length > MAILED_NAME_MAX || plain.split(/[ ·・]/).length > MAILED_WORDS_MAX) return null;
  if (plain.split(/[ ·・-]/).length > MAILED_PARTS_MAX) return null;
  if (/\.\p{L}{2}| -|- |-$/u.test(shown) || /\. /.test(`${shown} `.replaceAll(SHORTENED, ""))) return null;
  const letters = shown.normalize("NFKD").replaceAll(/\P{L}/gu, "").toLowerCase();
  return letters.includes(US) ? null : plain;
}

/** What the patient's side does with a case. The patient does all of it; a helper what they were allowed. */
export const CASE_ACTS = ["read", "seeMoney", "upload", "write", "pay", "decide"] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

const OPENED_BY: Record<CaseAct, readonly string[]> = {
  read: ["read"],
  seeMoney: ["read", "pay"],
  upload: ["upload"],
  write: ["message"],
  pay: ["pay"],
  // Sending, agreeing, choosing, signing, cancelling and asking for help stay with the patient.
  decide: [],
};

export type CaseRights = Readonly<Record<CaseAct, boolean>>;

/** What somebody with these scopes in the door to a case may do: pages offer this and nothing else. */
export function rightsOf(scopes: readonly string[]): CaseRights {
  const may = (act: CaseAct) =>
    scopes.includes("owner") || scopes.some((one) => OPENED_BY[act].includes(one));
  return {
    read: may("read"),
    seeMoney: may("seeMoney"),
    upload: may("upload"),
    write: may("write"),
    pay: may("pay"),
    decide: may("decide"),
  };
}
