import type english from "@/locales/en/invoices.json";
import type { Seller } from "@/lib/payments/seller";
import { type InvoiceLineDraft, type Sums, totalsOf } from "@/lib/payments/invoice";
import { amountText } from "@/lib/payments/wording";
import { dayText, fill, type PaperBody, type PaperSection, section } from "./paper";

type Words = (typeof english)["paper"];

interface PaperLine extends Sums, Pick<InvoiceLineDraft, "kind" | "rateBp" | "note" | "suppliedAt"> {
  slice: string | null;
  treatment: string;
}

export interface InvoicePaperFacts {
  seller: Seller;
  buyerName: string;
  bookingNumber: string;
  issuedAt: Date;
  currency: string;
  lines: readonly PaperLine[];
  /** The invoice a credit note lowers; null for an invoice. */
  credits: string | null;
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
  const { seller, credits, earlier } = facts;
  const title = credits ? words.creditTitle : earlier ? words.finalTitle : words.title;
  return {
    title,
    lead: credits ? fill(words.creditLead, { number: credits }) : words.lead,
    facts: [
      { label: words.seller, value: [seller.name, seller.address].join(", ").replaceAll(/\s*\n\s*/g, ", ") },
      ...[
        { label: words.vatId, value: seller.vatId },
        { label: words.taxNumber, value: seller.taxNumber },
        { label: words.register, value: seller.register },
      ].filter((fact) => fact.value !== ""),
      { label: words.buyer, value: facts.buyerName },
      { label: words.booking, value: facts.bookingNumber },
      { label: words.issued, value: dayText(facts.issuedAt, language) },
    ],
    sections: [linesSection(facts, wording), taxSection(facts, wording), ...earlierSection(facts, wording)],
  };
}

function linesSection(
  { lines, currency }: InvoicePaperFacts,
  { words, kinds, language }: Wording,
): PaperSection {
  const money = (amountMinor: bigint) => amountText(amountMinor, currency, language);
  const nameOf = ({ kind, slice }: PaperLine) => {
    const name = kinds[kind] ?? kinds["other"] ?? kind;
    const part = slice ? words.slices[slice as keyof Words["slices"]] : null;
    return part ? `${name}: ${part}` : name;
  };
  const totals = totalsOf(lines);
  return section(words.what, {
    columns: [words.line, words.supplied, words.net, words.rate, words.gross],
    rows: lines.map((line) => [
      nameOf(line),
      dayText(line.suppliedAt, language),
      money(line.netMinor),
      rateText(line.rateBp, language),
      money(line.grossMinor),
    ]),
    total: [words.total, "", money(totals.netMinor), "", money(totals.grossMinor)],
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
  { lines, earlier, currency }: InvoicePaperFacts,
  { words, language }: Wording,
): PaperSection[] {
  if (!earlier || earlier.length === 0) return [];
  const money = (amountMinor: bigint) => amountText(amountMinor, currency, language);
  const before = earlier.reduce((sum, one) => sum + one.grossMinor, 0n);
  return [
    section(words.account, {
      paragraphs: [words.accountLead],
      columns: [words.number, words.issued, words.gross],
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
