import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { EntryMemo } from "@/components/desk/entry-memo";
import books from "@/locales/ar/books.json";
import planItems from "@/locales/ar/planItems.json";

const told = (memo: string) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="ar" messages={{ books, planItems }} timeZone="UTC">
      <EntryMemo memo={memo} />
    </NextIntlClientProvider>,
  ).replaceAll(/<[^>]+>/g, "");

describe("the memo of an entry", () => {
  it.each([
    ["fee earned", books.memos.feeEarned],
    ["refund taken by the payer's bank", books.memos.refundTaken],
    ["B-2026-000010 deposit", `B-2026-000010 ${planItems.deposit}`],
  ])("of the product, %s, is told in the reader's language", (memo, words) => {
    expect(told(memo)).toBe(words);
  });

  it.each(["Its invoice names another patient.", "SEPA 293536", "deposit", "constructor"])(
    "that somebody wrote stays: %s",
    (memo) => expect(told(memo)).toBe(memo),
  );
});
