declare const proof: unique symbol;

/** Every role a person can hold; one person holds operator roles, or roles at one clinic, or is private. */
export const ROLES = [
  "patient",
  "coordinator",
  "finance",
  "admin",
  "clinic_reviewer",
  "clinic_manager",
] as const;
export type Role = (typeof ROLES)[number];

interface Proven<Kind extends string> {
  /** Only the session can make one: a plain object has no proof. */
  readonly [proof]: Kind;
}

interface Human {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
}

/** A private person: a patient on the own cases, a companion on those opened to them. */
export interface Patient extends Human, Proven<"patient"> {
  readonly role: "patient";
}

export interface Coordinator extends Human, Proven<"coordinator"> {
  readonly role: "coordinator";
}

export interface Finance extends Human, Proven<"finance"> {
  readonly role: "finance";
}

export interface Admin extends Human, Proven<"admin"> {
  readonly role: "admin";
}

export interface ClinicReviewer extends Human, Proven<"clinic_reviewer"> {
  readonly role: "clinic_reviewer";
  readonly clinicId: string;
}

/** Edits the listing, prices and capacity of one clinic and confirms its bookings. */
export interface ClinicManager extends Human, Proven<"clinic_manager"> {
  readonly role: "clinic_manager";
  readonly clinicId: string;
}

/** Jobs, webhooks, seeds and tests: made only in infra/session. */
export interface System extends Proven<"system"> {
  readonly role: "system";
  readonly name: string;
}

/** Somebody without an account who holds the token of a draft case. */
export interface DraftHolder extends Proven<"draft_holder"> {
  readonly role: "draft_holder";
  readonly draftTokenHash: string;
}

/** Whoever holds the secret link of an upload: brings files into one case and knows nothing of it. */
export interface LinkHolder extends Proven<"link_holder"> {
  readonly role: "link_holder";
  readonly linkId: string;
  readonly caseId: string;
  readonly linkTokenHash: string;
  /** For whom the link was made. */
  readonly name: string;
}

export type ClinicMember = ClinicReviewer | ClinicManager;
export type Operator = Coordinator | Finance | Admin;
export type SignedIn = Patient | Operator | ClinicMember;
export type Actor = SignedIn | System | DraftHolder | LinkHolder;

/** The person behind an actor, for audit rows and authorship; the system and a draft holder have none. */
export function personIdOf(actor: Actor): string | null {
  return "personId" in actor ? actor.personId : null;
}

export function clinicIdOf(actor: Actor): string | null {
  return "clinicId" in actor ? actor.clinicId : null;
}
