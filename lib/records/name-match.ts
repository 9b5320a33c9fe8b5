/** Whether two spellings of a name may be one person's. `unknown`: the scripts cannot be compared without a human. */
export type NameMatch = "same" | "differs" | "unknown";

const CYRILLIC: Record<string, string> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  ґ: "g",
  д: "d",
  е: "e",
  ё: "e",
  є: "e",
  ж: "zh",
  з: "z",
  и: "i",
  і: "i",
  ї: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "iu",
  я: "ia",
};

/**
 * Compares the names of a DICOM header (groups parted by "=", parts by "^") with a person's name. One part in common,
 * allowing for one slip in longer ones, is enough: middle names, order and titles differ everywhere.
 */
export function matchNames(dicomName: string, personName: string): NameMatch {
  const person = partsOf(personName);
  const groups = dicomName
    .split("=")
    .map(partsOf)
    .filter((parts) => parts.length > 0);
  if (person.length === 0 || groups.length === 0) return "unknown";
  const comparable = groups.filter((parts) => scriptOf(parts) === scriptOf(person));
  if (comparable.length === 0) return "unknown";
  // Chinese names are written with and without a gap between family and given name.
  const whole = person.join("");
  const shared = comparable.some(
    (parts) => parts.join("") === whole || parts.some((part) => person.some((other) => alike(part, other))),
  );
  return shared ? "same" : "differs";
}

function partsOf(name: string): string[] {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const latin = [...plain].map((letter) => CYRILLIC[letter] ?? letter).join("");
  return latin
    .split(/[^\p{L}]+/u)
    .map(likeSpoken)
    .filter((part) => part.length > 0);
}

/** Evens out the usual ways to spell one sound: Petrova and Petrowa, Yulia and Julia. */
function likeSpoken(part: string): string {
  return part
    .replaceAll("ß", "ss")
    .replaceAll(/[yj]/g, "i")
    .replaceAll("w", "v")
    .replaceAll("ks", "x")
    .replaceAll("ii", "i")
    .replaceAll(/(.)\1/gu, "$1");
}

function scriptOf(parts: readonly string[]): string {
  const text = parts.join("");
  if (/\p{Script=Han}/u.test(text)) return "han";
  if (/\p{Script=Arabic}/u.test(text)) return "arabic";
  return /\p{Script=Latin}/u.test(text) ? "latin" : "other";
}

function alike(one: string, other: string): boolean {
  if (one === other) return true;
  return Math.min(one.length, other.length) >= 4 && withinOneSlip(one, other);
}

/** One letter more, less or other. */
function withinOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
