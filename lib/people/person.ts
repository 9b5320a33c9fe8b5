import type { Role } from "@/lib/kernel/actor";

const LATIN = /\p{Script=Latin}/u;
const OTHER_LETTERS = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

/**
 * The one spelling of an address: NFKC, lower case, exactly one @, domain in ASCII (IDNA).
 * Null for what is no address, and for domains that mix scripts to look like another.
 */
export function normalEmail(text: string): string | null {
  const [local, domain, ...rest] = text.normalize("NFKC").trim().toLowerCase().split("@");
  if (!local || !domain || rest.length > 0) return null;
  if (!/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/.test(local)) return null;
  if (LATIN.test(domain) && OTHER_LETTERS.test(domain)) return null;
  const ascii = asciiDomain(domain);
  return ascii && ascii.includes(".") && ascii.length <= 253 ? `${local}@${ascii}` : null;
}

function asciiDomain(domain: string): string | null {
  if (!URL.canParse(`http://${domain}`)) return null;
  const { hostname } = new URL(`http://${domain}`);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && !/^[\d.]+$/.test(hostname) ? hostname : null;
}

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 200;

const STAFF_ROLES = {
  operator: ["coordinator", "finance", "admin"],
  clinic: ["clinic_reviewer", "clinic_manager"],
} as const;

/** Who works here: for the operator or for one clinic. */
export type StaffKind = keyof typeof STAFF_ROLES;

/** The roles a member of staff may hold; nobody works on both sides. */
export function rolesOf<K extends StaffKind>(kind: K): (typeof STAFF_ROLES)[K] {
  return STAFF_ROLES[kind];
}

/** Where a person lands after signing in. */
export function homeOf(roles: readonly Role[], locale: string): string {
  if (roles.some((role) => role === "coordinator" || role === "finance" || role === "admin"))
    return `/${locale}/desk`;
  if (roles.some((role) => role === "clinic_reviewer" || role === "clinic_manager"))
    return `/${locale}/cabinet`;
  return `/${locale}/my`;
}

/**
 * Whether somebody whose own pages are elsewhere asked for a patient's: by the address alone, so that they learn nothing of
 * what stands there.
 */
export function isPatientsPage(path: string, home: string): boolean {
  const [, , area] = path.split("/");
  return area === "my" && !/\/my$/.test(home);
}

/** Only a path on this site may follow a sign-in: an outside address would make us a phisher's helper. */
export function safeNext(next: string | null | undefined, fallback: string): string {
  if (!next || !/^\/(?![/\\])[^\s\\]*$/.test(next)) return fallback;
  return next;
}
