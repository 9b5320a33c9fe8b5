import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type {
  Admin,
  ClinicManager,
  ClinicReviewer,
  Coordinator,
  DraftHolder,
  Finance,
  LinkHolder,
  Patient,
  Role,
  SignedIn,
  System,
} from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { sessionCookieName } from "./auth-cookies";
import { apiTokenOf, type PersonRow, sessionOf } from "./auth-rows";
import { MINUTE, mustHaveFactor, sessionLife } from "./auth-life";
import { openDb } from "./db";
import { env, ownOrigins } from "./env";
import { sha256 } from "./hash";
import { toldZone } from "./reader-zone";

/** Who is behind a request: one person and the roles they hold right now in the database. */
export interface Identity {
  personId: string;
  name: string;
  email: string;
  locale: string;
  roles: Role[];
  clinicId: string | null;
  /** The browser session, or null for a bearer token. */
  sessionId: string | null;
  /** The bearer token, or null for a browser. */
  tokenId: string | null;
  scopes: string[] | null;
  /** Whether signing in takes a second step. */
  hasFactor: boolean;
  /** When that step was last taken in this browser, or for this token. */
  mfaAt: Date | null;
  /** Staff without a second factor, outside the demo: they are nobody here until they have one. */
  owesFactor: boolean;
}

/** What a person is made of; whoever has no account page to reach leaves the rest out. */
type Named = Pick<Identity, "personId" | "name" | "email" | "locale" | "roles" | "clinicId"> &
  Partial<Identity>;

interface ActorOf {
  patient: Patient;
  coordinator: Coordinator;
  finance: Finance;
  admin: Admin;
  clinic_reviewer: ClinicReviewer;
  clinic_manager: ClinicManager;
}

/** The person in one of their roles; null when they do not hold it. The only place that makes people. */
export function personAs<R extends Role>(identity: Named, role: R): ActorOf[R] | null {
  if (identity.owesFactor || !identity.roles.includes(role)) return null;
  const { personId, name, email, locale, clinicId } = identity;
  const place = clinicId === null ? {} : { clinicId };
  return { role, personId, name, email, locale, ...place } as unknown as ActorOf[R];
}

/** Jobs, webhooks, seeds and tests. `name` goes into the audit row. */
export function systemActor(name: string): System {
  return { role: "system", name } as System;
}

export function draftHolder(draftToken: string): DraftHolder {
  return { role: "draft_holder", draftTokenHash: sha256(draftToken) } as DraftHolder;
}

/** Whoever came with the token of an upload link, which its verb has looked up. */
export function linkHolder(link: Omit<LinkHolder, "role" | symbol>): LinkHolder {
  return { ...link, role: "link_holder" } as LinkHolder;
}

export const DRAFT_COOKIE = "valvia_draft";

/** Who goes on with a draft in this browser, without an account; null for everybody else. */
export async function currentDraftHolder(): Promise<DraftHolder | null> {
  const token = (await cookies()).get(DRAFT_COOKIE)?.value;
  return token ? draftHolder(token) : null;
}

export const OWN_DRAFT_COOKIE = "valvia_own_draft";

const DRAFT_SECONDS = 30 * 86_400;

function keptInBrowser(name: string, value: string) {
  const secure = env().APP_URL.startsWith("https:");
  return { name, value, httpOnly: true, sameSite: "lax" as const, secure, path: "/" };
}

/** Lets this browser go on with a draft that has no owner. */
export function draftCookie(token: string) {
  return { ...keptInBrowser(DRAFT_COOKIE, token), maxAge: DRAFT_SECONDS };
}

/** Says which of their own drafts somebody is changing, until the browser is closed. */
export function ownDraftCookie(caseId: string) {
  return keptInBrowser(OWN_DRAFT_COOKIE, caseId);
}

export interface OwnDraft {
  patient: Patient;
  caseId: string;
}

/** The draft a signed-in patient opened for changes in this browser. The cookie names it and proves nothing. */
export async function currentOwnDraft(): Promise<OwnDraft | null> {
  const caseId = (await cookies()).get(OWN_DRAFT_COOKIE)?.value;
  if (!caseId || !isUuid(caseId)) return null;
  const identity = await currentIdentity();
  const patient = identity && personAs(identity, "patient");
  return patient && { patient, caseId };
}

/** What an error says that means "nobody is signed in here"; the browser's side knows it by the same word. */
const SIGNED_OUT = "signed_out";

/** `zone` is what the browser says its clock goes by; it is kept for the list of browsers. */
export async function identityOfCookie(token: string, zone: string | null = null): Promise<Identity | null> {
  const session = await sessionOf(token);
  const now = new Date();
  if (!session || session.person.erasedAt || session.endsAt <= now || session.endsLatestAt <= now)
    return null;
  // One write a minute keeps the session alive without a write per request.
  const hasMoved = zone !== null && zone !== session.zone;
  if (hasMoved || now.getTime() - session.lastSeenAt.getTime() > MINUTE) {
    const endsAt = new Date(now.getTime() + sessionLife(session.person.roles).idleMs);
    await openDb().session.updateMany({
      where: { id: session.id },
      data: { lastSeenAt: now, endsAt, ...(hasMoved ? { zone } : {}) },
    });
  }
  return { ...identityOfPerson(session.person), ...byBrowser(session) };
}

export async function identityOfBearer(token: string): Promise<Identity | null> {
  const found = await apiTokenOf(token);
  const now = new Date();
  if (!found || found.revokedAt || found.person.erasedAt) return null;
  if (found.expiresAt && found.expiresAt <= now) return null;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > MINUTE) {
    await openDb().apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  const { id: tokenId, scopes, mfaAt } = found;
  return { ...identityOfPerson(found.person), sessionId: null, tokenId, scopes, mfaAt };
}

function byBrowser({ id, mfaAt }: { id: string; mfaAt: Date | null }) {
  return { sessionId: id, tokenId: null, scopes: null, mfaAt };
}

/**
 * Whether this sign-in is still good, asked by a page that stays open. Unlike a request it does not prolong the session:
 * an open tab is not a person.
 */
export async function isStillSignedIn(identity: Identity): Promise<boolean> {
  const { personId, sessionId, tokenId, roles } = identity;
  const now = new Date();
  if (sessionId !== null) {
    const live = { id: sessionId, endsAt: { gt: now }, endsLatestAt: { gt: now } };
    if ((await openDb().session.count({ where: live })) === 0) return false;
  }
  if (tokenId !== null) {
    const unexpired = [{ expiresAt: null }, { expiresAt: { gt: now } }];
    const live = { id: tokenId, revokedAt: null, OR: unexpired };
    if ((await openDb().apiToken.count({ where: live })) === 0) return false;
  }
  const person = await openDb().person.findUnique({
    where: { id: personId },
    select: { erasedAt: true, roles: true },
  });
  return person !== null && person.erasedAt === null && roles.every((role) => person.roles.includes(role));
}

function identityOfPerson(person: PersonRow): Omit<Identity, "sessionId" | "tokenId" | "scopes" | "mfaAt"> {
  const { id, name, email, locale, roles, clinicId } = person;
  const hasFactor = person.secondFactorAt !== null;
  const owesFactor = !hasFactor && mustHaveFactor(roles);
  return { personId: id, name, email, locale, roles, clinicId, hasFactor, owesFactor };
}

/** Who looks at this page, or null. Asked once per request. */
export const currentIdentity = cache(async (): Promise<Identity | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  const sent = await headers();
  // A page that is only looked at has no body; a door that changes something asks by itself, with and without one.
  if (sent.has("content-type") || sent.has("next-action")) await refuseForeignPost();
  return identityOfCookie(token, await toldZone());
});

/** Whatever is posted from elsewhere, or without saying from where, does not carry this person's rights. */
export async function refuseForeignPost(): Promise<void> {
  if (await isForeignPost()) throw new Error("A form was posted from another site and was refused.");
}

export async function isForeignPost(): Promise<boolean> {
  const sent = await headers();
  const site = sent.get("sec-fetch-site");
  return !ownOrigins().includes(sent.get("origin") ?? "") || (site !== null && site !== "same-origin");
}

async function requireRole<R extends Role>(role: R): Promise<ActorOf[R]> {
  // Somebody in another role learns no more than a stranger would.
  return personAs(await requireIdentity(), role) ?? notFound();
}

/** Who is there, with all they owe; else the way to where they pay it. */
async function requireIdentity(): Promise<Identity> {
  const identity = await currentIdentity();
  if (!identity) return redirectToSignIn();
  if (!identity.owesFactor) return identity;
  const [, locale = "en"] = (await pathOf()).split("/");
  return redirect(`/${locale}/account/second-factor`);
}

/** The address this page was asked by. */
export async function pathOf(): Promise<string> {
  return (await headers()).get("x-valvia-path") ?? "/en/my";
}

/**
 * A page or a form without JavaScript goes to the sign-in page. A form that waits for its answer is told instead, so that
 * it can keep what was typed: the digest is all of an error that reaches a browser.
 */
async function redirectToSignIn(): Promise<never> {
  if ((await headers()).has("next-action"))
    throw Object.assign(new Error("An action was sent without a session."), { digest: SIGNED_OUT });
  const path = await pathOf();
  const locale = path.split("/")[1] ?? "en";
  return redirect(`/${locale}/signin?next=${encodeURIComponent(path)}`);
}

export const requirePatient = () => requireRole("patient");
export const requireCoordinator = () => requireRole("coordinator");
export const requireFinance = () => requireRole("finance");
export const requireClinicReviewer = () => requireRole("clinic_reviewer");
export const requireClinicManager = () => requireRole("clinic_manager");

/** Any signed-in person, in the first of the wanted roles they hold. */
export async function requireAnyOf<R extends Role>(...roles: R[]): Promise<ActorOf[R]> {
  const identity = await requireIdentity();
  for (const role of roles) {
    const person = personAs(identity, role);
    if (person) return person;
  }
  return notFound();
}

/** Whoever is signed in, at the doors of their own account: the only ones open to staff who owe a second factor. */
export async function requireOwner(): Promise<Owner> {
  return (await currentOwner()) ?? redirectToSignIn();
}

interface Owner {
  owner: SignedIn;
  identity: Identity;
}

/** The same, where nobody need be signed in. */
export async function currentOwner(): Promise<Owner | null> {
  const identity = await currentIdentity();
  const [role] = identity?.roles ?? [];
  const owner = identity && role ? personAs({ ...identity, owesFactor: false }, role) : null;
  return identity && owner && { owner, identity };
}
