import type english from "@/locales/en/documents.json";
import { fill, type PaperBody, type PaperSection, section } from "./paper";

type Words = typeof english.contract;

export interface ContractPaperFacts {
  kind: "A" | "B";
  title: string;
  bookingNumber: string;
  /** The text exactly as it was signed. */
  text: string;
  textVersion: string;
  textHash: string;
  signedName: string;
  /** Ready to read, each with its zone. */
  signedAt: string;
  countersigned: { name: string; at: string } | null;
  /** Where the day went since it was first held, oldest first; ready to read. */
  moves: readonly { from: string; to: string; at: string; name: string }[];
}

/** A signed contract with the evidence of its signatures: names as typed, times, version and fingerprint of the text. */
export function contractBody(facts: ContractPaperFacts, words: Words): PaperBody {
  const [, ...blocks] = facts.text.split("\n\n");
  const evidence = [
    fill(words.signed, { name: facts.signedName, at: facts.signedAt }),
    ...(facts.countersigned ? [fill(words.countersigned, facts.countersigned)] : []),
    ...(facts.kind === "A" && !facts.countersigned ? [words.notCountersigned] : []),
    ...facts.moves.map((move) => fill(words.moved, move)),
    fill(words.version, { version: facts.textVersion }),
    fill(words.hash, { hash: facts.textHash }),
  ];
  return {
    title: facts.title,
    lead: words.lead,
    facts: [{ label: words.booking, value: facts.bookingNumber }],
    sections: [
      ...blocks.flatMap(blockSections),
      section(words.evidence, { paragraphs: evidence, ownPage: true }),
    ],
  };
}

/** A numbered clause with its heading; sentences and dashed lists stay in the order they were signed in. */
function blockSections(block: string): PaperSection[] {
  const [first = "", ...rest] = block.trim().split("\n");
  const isClause = /^\d+\. /.test(first);
  const runs: string[][] = [];
  for (const line of isClause ? rest : [first, ...rest]) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && isListed(last[0]) === isListed(line)) last.push(line);
    else runs.push([line]);
  }
  return runs.map((lines, index) =>
    section(
      isClause && index === 0 ? first : "",
      isListed(lines[0] ?? "") ? { list: lines.map((line) => line.slice(2)) } : { paragraphs: lines },
    ),
  );
}

function isListed(line: string): boolean {
  return line.startsWith("- ");
}
