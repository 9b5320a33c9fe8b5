const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  ı: "i",
  đ: "d",
  æ: "ae",
  œ: "oe",
};
const CHINESE = /[\u3400-\u9fff]+/gu;

/** The words of a text as search keeps and compares them: lower case, no accents, Chinese runs as pairs of signs. */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßøłıđæœ]/g, (letter) => LETTERS[letter] ?? letter);
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.flatMap(parts))];
}

function parts(word: string): string[] {
  const runs = word.match(CHINESE);
  if (!runs) return [word];
  const rest = word.replace(CHINESE, " ").split(" ").filter(Boolean);
  return [...rest, ...runs.flatMap(pairs)];
}

function pairs(run: string): string[] {
  const signs = run.split("");
  if (signs.length < 2) return signs;
  return signs.slice(1).map((sign, index) => `${signs[index] ?? ""}${sign}`);
}
