import type english from "@/locales/en/changeOrders.json";
import { amountText } from "@/lib/payments/wording";
import { fill, type PaperBody, section } from "./paper";

export interface PriceChangeFacts {
  contract: "A" | "B";
  bookingNumber: string;
  version: number;
  reason: keyof (typeof english)["reasons"];
  explanation: string;
  currency: string;
  fromMinor: bigint;
  toMinor: bigint;
  ceilingMinor: bigint;
  hash: string;
  lines: readonly { name: string; fromMinor: bigint; toMinor: bigint; cause: string }[];
  /** Moments ready to read, each with its zone. */
  answer:
    | { kind: "agreed"; name: string; at: string; isAboveCeiling: boolean }
    | { kind: "proven"; doctor: string; happened: string; at: string };
}

/** A change that counts: old and new line by line, and the evidence of who agreed, or of the emergency and its proof. */
export function priceChangeBody(facts: PriceChangeFacts, words: typeof english, language: string): PaperBody {
  const { paper } = words;
  const money = (amountMinor: bigint) => amountText(amountMinor, facts.currency, language);
  const ceiling = money(facts.ceilingMinor);
  const { answer } = facts;
  const evidence =
    answer.kind === "agreed"
      ? [
          fill(paper.agreed, { name: answer.name, at: answer.at }),
          ...(answer.isAboveCeiling ? [fill(paper.above, { ceiling })] : []),
        ]
      : [fill(paper.proven, { ...answer, ceiling })];
  return {
    title: fill(paper.title, { contract: paper.letters[facts.contract] }),
    lead: paper.lead,
    facts: [
      { label: paper.booking, value: facts.bookingNumber },
      { label: paper.version, value: `${facts.version}` },
      { label: paper.reason, value: words.reasons[facts.reason] },
    ],
    sections: [
      section(words.caption, {
        paragraphs: [facts.explanation],
        columns: [words.line, words.before, words.after, words.cause],
        rows: facts.lines.map((line) => [line.name, money(line.fromMinor), money(line.toMinor), line.cause]),
        wordy: [3],
        total: [words.total, money(facts.fromMinor), money(facts.toMinor), ""],
      }),
      section(paper.evidence, { paragraphs: [...evidence, fill(paper.hash, { hash: facts.hash })] }),
    ],
  };
}
