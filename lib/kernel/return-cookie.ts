/**
 * Holds the language in which somebody was last sent to a payment page. A page that is open already keeps the addresses it
 * was opened with, perhaps in another language or by another person: this one is where they came from.
 */
export const RETURN_COOKIE = "valvia_return";

/** Longer than any payment page is open. */
export const RETURN_SECONDS = 60 * 60;

/** What the address carries on which somebody comes back without having paid. */
export const UNPAID_RETURN = "from=checkout";

/** Whether somebody comes back from a payment page by this address: it takes them to the language they came from. */
export function isReturn(pathname: string, search: string): boolean {
  const asked = new URLSearchParams(search);
  if (!/^\/[a-z]{2}\/my\/cases\/[^/]+\/(payment|booking|orders)$/.test(pathname)) return false;
  return pathname.endsWith("/payment") ? asked.has("session") : asked.get("from") === "checkout";
}
