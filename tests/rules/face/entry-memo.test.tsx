import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { EntryMemo } from "@/components/desk/entry-memo";
import books from "@/locales/ar/books.json";
import planItems from "@/locales/ar/planItems.json";

const REFERENCE = "fee:01a1e50e-2b1c-7000-8000-000000000001:1";
const NUMBERS = new Map([["b1", "B-2026-000010"]]);

function marked(memo: string, more: { kind?: string; bookingId?: string } = {}): string {
  const entry = { kind: "fee_earned", reference: REFERENCE, bookingId: null, memo, ...more };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="ar" messages={{ books, planItems }} timeZone="UTC">
      <EntryMemo entry={entry} numbers={NUMBERS} />
    </NextIntlClientProvider>,
  );
}
const told = (...asked: Parameters<typeof marked>) =>
  marked(...asked)
    .replaceAll(/<[^>]+>/g, "")
    .replace(REFERENCE, "")
    .trim();

describe("the memo of an entry", () => {
  it.each([
    ["fee earned", books.memos.feeEarned],
    ["held for services, covers the fee", books.memos.coversFee],
    ["held as fee, covers services", books.memos.coversServices],
    ["refund taken by the payer&#x27;s bank", books.memos.refundTaken],
    ["B-2026-000010 deposit", `B-2026-000010 ${planItems.deposit}`],
  ])("of the product, %s, is told in the reader's language", (memo, words) => {
    expect(told(memo.replace("&#x27;", "'"))).toBe(words);
  });

  it.each(["Its invoice names another patient.", "SEPA 293536", "deposit", "constructor"])(
    "that somebody wrote stays: %s",
    (memo) => expect(told(memo)).toBe(memo),
  );

  it("says what it is of by the booking's number, once, as the way to all its entries", () => {
    expect(told("fee earned", { bookingId: "b1" })).toBe(`B-2026-000010 ${books.memos.feeEarned}`);
    expect(told("B-2026-000010 balance", { bookingId: "b1" })).toBe(`B-2026-000010 ${planItems.balance}`);
    expect(marked("fee earned", { bookingId: "b1" })).toContain('href="/ar/desk/money?bookingId=b1#ledger"');
    expect(told("fee earned", { bookingId: "gone" })).toBe(books.memos.feeEarned);
  });

  it("says what it was where only the provider's own id stands", () => {
    expect(told("txn_QwQaPlG5", { kind: "provider_fee" })).toBe(books.memos.providerFee);
    expect(told("dp_1", { kind: "dispute_lost" })).toBe(books.memos.disputeLost);
  });

  it("keeps the whole reference for whoever copies it", () => {
    expect(marked("fee earned")).toContain(`title="${REFERENCE}"`);
    expect(marked("fee earned")).toContain(`>${REFERENCE}<`);
  });
});
