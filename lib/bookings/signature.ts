const SCRIPTS = ["Latin", "Cyrillic", "Arabic", "Han", "Hebrew", "Greek", "Devanagari", "Thai"] as const;
const INITIAL = 1;

/**
 * Whether a typed name has nothing to do with the names we know, so far as letters can tell: no word in common with
 * any of them written in the same script. A name in another script may be the same name and is never a stranger's.
 */
export function isStrangersName(typed: string, known: readonly string[]): boolean {
  const words = wordsOf(typed);
  const scripts = scriptsOf(typed);
  const comparable = known.filter((name) => scriptsOf(name).some((script) => scripts.includes(script)));
  if (comparable.length === 0) return false;
  return !comparable.some((name) => wordsOf(name).some((word) => words.includes(word)));
}

function scriptsOf(name: string): string[] {
  return SCRIPTS.filter((script) => new RegExp(`\\p{Script=${script}}`, "u").test(name));
}

/** Without case, accents and signs; an initial is no word, a Chinese character is one. */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss");
  const words = plain.match(/\p{Script=Han}|(?:(?!\p{Script=Han})\p{Letter})+/gu) ?? [];
  return words.filter((word) => /\p{Script=Han}/u.test(word) || word.length > INITIAL);
}
