import type english from "@/locales/en/documents.json";
import { amountText } from "@/lib/payments/wording";
import { dayText, type PaperBody, section } from "./paper";

type Words = typeof english.receipt;

/** What a receipt calls the fee of a second opinion, beside the kinds of instalments. */
export const OPINION = "opinion";

export interface ReceiptFacts {
  payerName: string;
  /** Of the booking, or of the second opinion. */
  bookingNumber: string;
  receivedAt: Date;
  method: string;
  kind: string;
  currency: string;
  amountMinor: bigint;
  contractAMinor: bigint;
}

/** What somebody paid, when, for what; not a word about anybody's health. */
export function receiptBody(facts: ReceiptFacts, words: Words, language: string): PaperBody {
  const money = (amountMinor: bigint) => amountText(amountMinor, facts.currency, language);
  // A second opinion is asked for before there is any contract.
  const parts: [string, bigint][] =
    facts.kind === OPINION
      ? [[words.opinion, facts.amountMinor]]
      : [
          [words.contractA, facts.contractAMinor],
          [words.contractB, facts.amountMinor - facts.contractAMinor],
        ];
  return {
    title: words.title,
    lead: words.lead,
    facts: [
      { label: words.payer, value: facts.payerName },
      { label: facts.kind === OPINION ? words.order : words.booking, value: facts.bookingNumber },
      { label: words.paidOn, value: dayText(facts.receivedAt, language) },
      { label: words.method, value: facts.method === "bank_transfer" ? words.bank_transfer : words.card },
      { label: words.item, value: itemName(facts.kind, words) },
    ],
    sections: [
      section(words.what, {
        columns: [words.item, words.amount],
        rows: parts
          .filter(([, amountMinor]) => amountMinor > 0n)
          .map(([name, amountMinor]) => [name, money(amountMinor)]),
        total: [words.total, money(facts.amountMinor)],
      }),
      section(words.where, { paragraphs: [facts.kind === OPINION ? words.opinionHeld : words.held] }),
    ],
  };
}

function itemName(kind: string, words: Words): string {
  if (kind === "deposit") return words.deposit;
  if (kind === "change") return words.change;
  if (kind === OPINION) return words.opinion;
  return kind === "final" ? words.final : words.balance;
}
