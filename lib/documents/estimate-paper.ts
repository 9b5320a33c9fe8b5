import type english from "@/locales/en/documents.json";
import { rateSource } from "@/lib/clinics/rate-source";
import { aboutIn, type EuroRates, rateBetween } from "@/lib/estimates/comparison";
import type { OwnRule } from "@/lib/estimates/line-rule";
import type { EstimatePlanView } from "@/lib/logistics/views/estimate-plan";
import { amountText } from "@/lib/payments/wording";
import {
  type Currency,
  exponentOf,
  isCurrency,
  type Money,
  type MoneyView,
  moneyView,
  roundedAbout,
} from "@/lib/kernel/money";
import { dayText, fill, type PaperBody, type PaperSection, section } from "./paper";

type Words = typeof english.estimate;
type Three = { lowMinor: bigint; expectedMinor: bigint; highMinor: bigint };

export interface EstimateLineFacts extends Three {
  contract: "A" | "B";
  /** The line in words. */
  name: string;
  cause: string;
  optional: boolean;
  /** What it says comes back of it; null where the refund rules say it. */
  ownRule: OwnRule | null;
}

export interface EstimatePaperFacts extends Three {
  patientName: string;
  clinicName: string;
  version: number;
  validUntil: Date;
  hash: string;
  currency: string;
  exclusions: readonly string[];
  assumptions: readonly string[];
  lines: readonly EstimateLineFacts[];
  /** What a booking of the needed lines asks for under the terms the centre has when the paper is made. */
  plan: EstimatePlanView;
  /** The rates it was sent with, and the currencies its reader knows. */
  rates: EuroRates;
  readIn: readonly Currency[];
}

/** The estimate as it was sent: three numbers a line, why they differ, what is left out. */
export function estimateBody(facts: EstimatePaperFacts, words: Words, language: string): PaperBody {
  const of = (contract: "A" | "B") => facts.lines.filter((line) => line.contract === contract);
  const total = section("", {
    columns: [words.line, words.low, words.expected, words.high],
    rows: [[words.total, ...amounts(facts, facts.currency, language)]],
  });
  return {
    title: words.title,
    lead: words.lead,
    facts: [
      { label: words.for, value: facts.patientName },
      { label: words.centre, value: facts.clinicName },
      { label: words.version, value: String(facts.version) },
      { label: words.validUntil, value: dayText(facts.validUntil, language) },
      { label: words.fingerprint, value: facts.hash },
    ],
    sections: [
      ...linesSection(words.linesA, of("A"), facts.currency, words, language),
      ...linesSection(words.linesB, of("B"), facts.currency, words, language),
      total,
      ...aboutSection(facts, words.about, language),
      ...planSections(facts.plan, words.plan, language),
      section(words.causes, { list: facts.lines.map((line) => `${line.name}: ${line.cause}`) }),
      ...refundSections(facts.lines, words),
      section(words.exclusions, listOr(facts.exclusions, words.noExclusions)),
      ...(facts.assumptions.length > 0 ? [section(words.assumptions, { list: [...facts.assumptions] })] : []),
      section("", { paragraphs: [words.noRise] }),
    ],
  };
}

/** Services that say themselves what comes back of them. */
function refundSections(lines: readonly EstimateLineFacts[], words: Words): PaperSection[] {
  const list = lines.flatMap(({ name, ownRule }) =>
    ownRule ? [`${name}: ${words.refundRules[ownRule]}`] : [],
  );
  return list.length > 0 ? [section(words.refunds, { list })] : [];
}

function linesSection(
  heading: string,
  lines: readonly EstimateLineFacts[],
  currency: string,
  words: Words,
  language: string,
): PaperSection[] {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => [
    line.optional ? fill(words.optional, { what: line.name }) : line.name,
    ...amounts(line, currency, language),
  ]);
  return [section(heading, { columns: [words.line, words.low, words.expected, words.high], rows })];
}

/** The same three numbers in currencies the reader knows; nothing where no rate was kept. */
function aboutSection(facts: EstimatePaperFacts, words: Words["about"], language: string): PaperSection[] {
  const { currency: from, rates } = facts;
  const comma = language === "ar" ? "، " : ", ";
  const sentences = facts.readIn.flatMap((to) => {
    const used = rateBetween(from, to, rates);
    const [low, expected, high] = [facts.lowMinor, facts.expectedMinor, facts.highMinor].map((minor) =>
      aboutIn(minor, from, to, rates),
    );
    if (!used || !low || !expected || !high) return [];
    const text = ({ amountMinor }: Money) => wholeText(roundedAbout(moneyView(amountMinor, to)), language);
    const figures = new Intl.NumberFormat(`${language}-u-nu-latn`, { maximumSignificantDigits: 5 });
    return fill(low.amountMinor === high.amountMinor ? words.one : words.three, {
      ...{ low: text(low), expected: text(expected), high: text(high), from, to },
      ...{
        rate: figures.format(used.rate),
        source: used.sources.map((source) => rateSource(source, (own) => words.sources[own])).join(comma),
        day: dayText(used.at, language),
      },
    });
  });
  return sentences.length > 0 ? [section(words.title, { paragraphs: [...sentences, words.only] })] : [];
}

/** A guess has no cents. */
function wholeText({ amount, currency }: MoneyView, language: string): string {
  const digits = isCurrency(currency) ? exponentOf(currency) : 2;
  const format = { style: "currency", currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(`${language}-u-nu-latn`, format).format(amount / 10 ** digits);
}

function planSections(plan: EstimatePlanView, words: Words["plan"], language: string): PaperSection[] {
  const sum = ({ amount, currency }: EstimatePlanView["total"]) =>
    amountText(BigInt(amount), currency, language);
  const rows = plan.items.map((item) => [
    item.kind === "deposit" ? words.deposit : item.contract === "A" ? words.balanceA : words.balanceB,
    item.due.days === null ? words.onSigning : fill(words.before, { days: String(item.due.days) }),
    sum(item.amount),
  ]);
  const direct = plan.toHospital?.amount ? [[words.hospital, words.hospitalDue, sum(plan.toHospital)]] : [];
  const final = plan.contractAMode === "direct" ? words.finalDirect : words.final;
  return [
    section(words.title, {
      columns: [words.what, words.due, words.amount],
      rows: [...rows, ...direct],
    }),
    section("", {
      paragraphs: [fill(final, { days: String(plan.finalAccount.surplusDays) }), words.expected],
    }),
  ];
}

function amounts(three: Three, currency: string, language: string): string[] {
  return [three.lowMinor, three.expectedMinor, three.highMinor].map((minor) =>
    amountText(minor, currency, language),
  );
}

function listOr(items: readonly string[], empty: string): Partial<PaperSection> {
  return items.length > 0 ? { list: [...items] } : { paragraphs: [empty] };
}
