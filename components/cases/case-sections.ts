/** The sections of a case, in the order of its bar. */
export const CASE_SECTIONS = [
  "overview",
  "records",
  "clinics",
  "estimates",
  "booking",
  "statement",
  "messages",
  "documents",
  "pocket",
  "companions",
  "access",
] as const;
export type CaseSection = (typeof CASE_SECTIONS)[number];

/** Pages without a link of their own in the bar, and the section from which a reader comes to them. */
const BELOW: Readonly<Record<string, CaseSection>> = {
  links: "records",
  orders: "clinics",
  payment: "booking",
  bill: "statement",
  call: "messages",
};

/** The section a page of the case belongs to; null for an address that is none of them. */
export function sectionOf(path: string, base: string): CaseSection | null {
  if (path === base) return "overview";
  if (!path.startsWith(`${base}/`)) return null;
  const [part = ""] = path.slice(base.length + 1).split("/");
  const own = CASE_SECTIONS.find((section) => section === part && section !== "overview");
  return own ?? (Object.hasOwn(BELOW, part) ? (BELOW[part] ?? null) : null);
}
