/** First parts of the addresses below the language that need a session; keep in step with next.config.js. */
export const SIGNED_IN = [
  "my",
  "desk",
  "cabinet",
  "account",
  "signin",
  "start",
  "job",
  "send",
  "mailbox",
  "dev",
] as const;

/** The locale and first part of a page address: "/de/my/cases" gives ["de", "my"]. */
export function partsOf(pathname: string): readonly [string, string] {
  const [, locale = "", area = ""] = pathname.split("/");
  return [locale, area];
}
