/** How long a link may live, and what may come by it, unless its maker says less. */
export const LINK_DAYS_MAX = 30;
export const LINK_DAYS = [3, 7, 14, 30] as const;
export const LINK_FILES_MAX = 6_000;
export const LINK_BYTES_MAX = 50_000_000_000;
/** Links of one case that are open at a time. */
export const OPEN_LINKS_MAX = 10;

export type LinkState = "open" | "expired" | "revoked";

export function linkStateOf(link: { expiresAt: Date; revokedAt: Date | null }, now: Date): LinkState {
  if (link.revokedAt) return "revoked";
  return link.expiresAt <= now ? "expired" : "open";
}

/** What both sides call it on the telephone: six signs that name no patient and no case. */
export function linkReference(id: string): string {
  const signs = id.replaceAll("-", "").slice(-6).toUpperCase();
  return `${signs.slice(0, 3)}-${signs.slice(3)}`;
}
