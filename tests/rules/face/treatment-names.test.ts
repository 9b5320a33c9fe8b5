import { expect, it } from "vitest";
import { messagesOf } from "@/i18n/messages";
import { TREATMENTS } from "@/lib/guides/treatment";

/** An Arabic word counts the same with and without its article. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.replace(/^(بال|ال)/, ""));
}

it.each(["en", "ar"] as const)("calls a treatment in short by words of its one name, in %s", (locale) => {
  const { treatments, guides } = messagesOf(locale);
  const others = TREATMENTS.flatMap((slug) => {
    const name = wordsOf(treatments[slug]);
    return wordsOf(guides.treatment[slug].short).filter((word) => !name.includes(word));
  });
  expect(others).toEqual([]);
});
