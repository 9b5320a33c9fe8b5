/** Where the rates of the demo come from, as they are stored. */
export const DEMO_RATE_SOURCE = "demo snapshot";
/** One euro is one euro, and nobody has to say so. */
export const EURO_RATE_SOURCE = "the euro itself";

const OWN = new Map([
  [DEMO_RATE_SOURCE, "demo"],
  [EURO_RATE_SOURCE, "euro"],
] as const);

/** Who said a rate, for readers: a bank by its name, what is ours in their language. */
export function rateSource(source: string, words: (key: "demo" | "euro") => string): string {
  const own = OWN.get(source as typeof DEMO_RATE_SOURCE);
  return own ? words(own) : source;
}
