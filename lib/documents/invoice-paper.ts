import type english from "@/locales/en/invoices.json";
import type { Seller } from "@/lib/payments/seller";
import { type InvoiceLineDraft, type Sums, totalsOf } from "@/lib/payments/invoice";
import { amountText } from "@/lib/payments/wording";
import { dayText, fill, type PaperBody, type PaperSection, section, shortDayText } from "./paper";
import { sellerLines } from "./receipt";

type Words = (typeof english)["paper"];

interface PaperLine extends Sums, Pick<InvoiceLineDraft, "kind" | "rateBp" | "note" | "suppliedAt"> {
  slice: string | null;
  treatment: string;
}

export interface InvoicePaperFacts {
  seller: Seller;
  buyer: { name: string; address: readonly string[]; country: string | null };
  bookingNumber: string;
  issuedAt: Date;
  currency: string;
  lines: readonly PaperLine[];
  /** Contract B had ended before it was issued. */
  isEnded: boolean;
  /** The invoice a credit note lowers; null for an invoice. */
  credits: { number: string; issuedAt: Date } | null;
  /** Every invoice and credit note of the booking before this one, when this one is the last. */
  earlier: readonly { number: string; issuedAt: Date; grossMinor: bigint }[] | null;
}

interface Wording {
  words: Words;
  /** Names of kinds of line; never what somebody wrote about a person's health. */
  kinds: Record<string, string>;
  language: string;
}

/** Who sold what to whom, when, at which tax. Of each line only its kind is named: no word about anybody's health. */
export function invoiceBody(facts: InvoicePaperFacts, wording: Wording): PaperBody {
  const { words, language } = wording;
  const { seller, buyer, credits, earlier } = facts;
  const title = credits ? words.creditTitle : earlier ? words.finalTitle : words.title;
  const on = (at: Date) => dayText(at, language);
  return {
    title,
    lead: credits
      ? fill(words.creditLead, { number: credits.number, day: on(credits.issuedAt) })
      : words.lead,
    parties: [
      { label: words.seller, lines: sellerLines(seller, words) },
      { label: words.buyer, lines: [buyer.name, ...buyer.address, ...countryLine(buyer.country, language)] },
    ],
    facts: [
      { label: words.issued, value: on(facts.issuedAt) },
      { label: words.booking, value: facts.bookingNumber },
      ...(credits
        ? [
            {
              label: words.lowers,
              value: fill(words.ofDay, { number: credits.number, day: on(credits.issuedAt) }),
            },
          ]
        : [{ label: words.suppliedIn, value: suppliedText(facts.lines, language) }]),
    ],
    sections: [
      linesSection(facts, wording),
      taxSection(facts, wording),
      ...earlierSection(facts, wording),
      section(words.payment, { paragraphs: [credits || facts.isEnded ? words.creditPaid : words.paid] }),
    ],
  };
}

function countryLine(country: string | null, language: string): string[] {
  const name = country && new Intl.DisplayNames(language, { type: "region" }).of(country);
  return name ? [name] : [];
}

/** The day of supply, or the first and the last of them. */
function suppliedText(lines: readonly PaperLine[], language: string): string {
  const times = lines.map((line) => line.suppliedAt.getTime());
  const ends = [Math.min(...times), Math.max(...times)].map((time) => dayText(new Date(time), language));
  return [...new Set(ends)].join(" – ");
}

function linesSection(
  { lines, currency, credits }: InvoicePaperFacts,
  { words, kinds, language }: Wording,
): PaperSection {
  const money = (amountMinor: bigint) => amountText(amountMinor, currency, language);
  const nameOf = ({ kind, slice }: PaperLine) => {
    const name = kinds[kind] ?? kinds["other"] ?? kind;
    const part = slice ? words.slices[slice as keyof Words["slices"]] : null;
    return part ? `${name}: ${part}` : name;
  };
  const totals = totalsOf(lines);
  return section(credits ? words.takenOff : words.what, {
    columns: [words.line, words.supplied, words.net, words.rate, words.tax, words.gross],
    days: [1],
    rows: lines.map((line) => [
      nameOf(line),
      shortDayText(line.suppliedAt, language),
      money(line.netMinor),
      rateText(line.rateBp, language),
      money(line.taxMinor),
      money(line.grossMinor),
    ]),
    total: [words.total, "", money(totals.netMinor), "", money(totals.taxMinor), money(totals.grossMinor)],
  });
}

/** The tax by rate, and for each line without tax the reason the law asks for. */
function taxSection({ lines, currency }: InvoicePaperFacts, { words, language }: Wording): PaperSection {
  const money = (amountMinor: bigint) => amountText(amountMinor, currency, language);
  const rates = [...new Set(lines.filter((line) => line.rateBp > 0).map((line) => line.rateBp))].toSorted(
    (one, other) => other - one,
  );
  const notes = lines
    .filter((line) => line.treatment !== "standard")
    .map((line) => `${words.treatments[line.treatment as keyof Words["treatments"]]}: ${line.note}`);
  const { taxMinor } = totalsOf(lines);
  return section(words.tax, {
    columns: rates.length > 0 ? [words.rate, words.net, words.tax] : [],
    rows: rates.map((rateBp) => {
      const sums = totalsOf(lines.filter((line) => line.rateBp === rateBp));
      return [rateText(rateBp, language), money(sums.netMinor), money(sums.taxMinor)];
    }),
    total: rates.length > 0 ? [words.taxTotal, "", money(taxMinor)] : [],
    paragraphs: rates.length > 0 ? [] : [words.noTax],
    list: [...new Set(notes)],
  });
}

function earlierSection(
  { lines, earlier, currency, isEnded }: InvoicePaperFacts,
  { words, language }: Wording,
): PaperSection[] {
  if (!earlier || earlier.length === 0) return [];
  const money = (amountMinor: bigint) => amountText(amountMinor, currency, language);
  const before = earlier.reduce((sum, one) => sum + one.grossMinor, 0n);
  return [
    section(words.account, {
      paragraphs: [isEnded ? words.accountEnded : words.accountLead],
      columns: [words.number, words.issued, words.gross],
      days: [1],
      rows: [
        ...earlier.map((one) => [one.number, dayText(one.issuedAt, language), money(one.grossMinor)]),
        [words.thisOne, "", money(totalsOf(lines).grossMinor)],
      ],
      total: [words.total, "", money(before + totalsOf(lines).grossMinor)],
    }),
  ];
}

function rateText(rateBp: number, language: string): string {
  return new Intl.NumberFormat(`${language}-u-nu-latn`, {
    style: "percent",
    maximumFractionDigits: 2,
  }).format(rateBp / 10_000);
}
