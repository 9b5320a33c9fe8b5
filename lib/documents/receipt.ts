import type english from "@/locales/en/documents.json";
import { OPERATOR } from "@/lib/guides/operator";
import type { Seller } from "@/lib/payments/seller";
import { amountText } from "@/lib/payments/wording";
import { dayText, type PaperBody, section } from "./paper";

type Words = typeof english.receipt;

/** What a receipt calls the fee of a second opinion, beside the kinds of instalments. */
export const OPINION = "opinion";

export interface ReceiptFacts {
  /** Who took the money, as the settings name them; null where nobody has. */
  seller: Seller | null;
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
    parties: [
      { label: words.receiver, lines: facts.seller ? sellerLines(facts.seller, words) : [OPERATOR.name] },
      { label: words.payer, lines: [facts.payerName] },
    ],
    facts: [
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

/** Name, address and numbers of who sells, line by line. */
export function sellerLines(
  seller: Seller,
  words: { vatId: string; taxNumber: string; register: string },
): string[] {
  const numbers = [
    [words.vatId, seller.vatId],
    [words.taxNumber, seller.taxNumber],
    [words.register, seller.register],
  ] as const;
  return [
    seller.name,
    ...seller.address
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    ...numbers.filter(([, value]) => value !== "").map(([label, value]) => `${label}: ${value}`),
  ];
}

function itemName(kind: string, words: Words): string {
  if (kind === "deposit") return words.deposit;
  if (kind === "change") return words.change;
  if (kind === OPINION) return words.opinion;
  return kind === "final" ? words.final : words.balance;
}
