import { sumMinor } from "@/lib/kernel/money";
import { lineKind } from "@/lib/estimates/estimate";
import type { BillCause } from "./bill";

/** One line of a hospital's invoice. `kind` is the portal's word where the hospital chose one. */
export interface BilledLine {
  id: string;
  code: string | null;
  kind: string | null;
  wording: string;
  quantity: number;
  amountMinor: bigint;
}

/** One booked line of contract A at what is agreed now. */
export interface AgreedLine {
  id: string;
  kind: string;
  label: string | null;
  quantity: number;
  agreedMinor: bigint;
  /** An accepted change has added it or changed its sum. */
  isChanged: boolean;
}

/** A billed line, a booked line, or both; a booked line may stand in several. */
export interface MatchedLine {
  billLineId: string | null;
  serviceId: string | null;
  cause: BillCause;
}

/** Which booked line each billed line stands for; null for none. */
export type Pairing = ReadonlyMap<string, string | null>;

/** Words of invoices in the languages our hospitals write, by the kind of line they speak of. */
const KIND_WORDS: readonly [string, RegExp][] = [
  ["rehabilitation", /\breha|rehabilit|康复|реабилит|تأهيل/u],
  [
    "device",
    /implant|\bdevice|prosthe|klappe|\bvalve\b|\bclip\b|mitraclip|pascal|瓣膜|耗材|имплант|клапан|صمام/u,
  ],
  [
    "stay",
    /\bstay\b|\bward\b|\broom\b|\bnights?\b|\bbed\b|pflege|station|zimmer|intensiv|icu|床位|住院|палат|إقامة|سرير/u,
  ],
  [
    "workup",
    /work-?up|labor|laborator|\blab\b|\becho|\bekg\b|\becg\b|\bct\b|x-?ray|röntgen|diagnos|检查|化验|анализ|فحوص/u,
  ],
  [
    "treatment",
    /procedure|operation|surg|eingriff|prozedur|\bteer\b|\btavi\b|anaesth|anästh|手术|операц|عملية/u,
  ],
];

/** A billed line stands for a booked one from this score on. */
const ENOUGH = 3;
const SAME_SUM = 2;
const LIKE_WORDS = 3;
/** How many words of the shorter of two texts must stand in the other to call a line excluded. */
const EXCLUDED_FROM = 0.6;

/**
 * Proposes which booked line each billed line stands for: by its kind, else by what its code or its words say, by words
 * in common, and by the sum. Every billed line stands for one booked line at most; what fits nothing stays alone.
 */
export function proposePairing(billed: readonly BilledLine[], agreed: readonly AgreedLine[]): Pairing {
  return new Map(
    billed.map((line) => {
      const scored = agreed.map((service) => ({ service, score: scoreOf(line, service) }));
      const best = scored.toSorted(
        (one, other) => other.score - one.score || distance(line, one.service, other.service),
      )[0];
      return [line.id, best && best.score >= ENOUGH ? best.service.id : null];
    }),
  );
}

function scoreOf(line: BilledLine, service: AgreedLine): number {
  const hinted = kindsOf(line);
  const byKind = line.kind === service.kind ? 4 : hinted.includes(service.kind) ? 3 : 0;
  // Whatever the words have in common, a line the hospital calls by another kind is another thing.
  if (line.kind !== null && byKind === 0) return 0;
  const byWords = Math.round(LIKE_WORDS * likeness(line.wording, service.label ?? service.kind));
  return byKind + byWords + (line.amountMinor === service.agreedMinor ? SAME_SUM : 0);
}

function kindsOf({ code, wording }: BilledLine): string[] {
  const byCode = code
    ? [
        lineKind(
          code
            .trim()
            .toLowerCase()
            .replaceAll(/[\s-]+/gu, "_"),
        ),
      ]
    : [];
  const text = wording.toLowerCase();
  const first = KIND_WORDS.find(([, words]) => words.test(text));
  return first ? [...byCode, first[0]] : byCode;
}

function distance(line: BilledLine, one: AgreedLine, other: AgreedLine): number {
  const away = (service: AgreedLine) => {
    const difference = line.amountMinor - service.agreedMinor;
    return difference < 0n ? -difference : difference;
  };
  const [first, second] = [away(one), away(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Words two texts have in common, of 0 to 1 (Dice). */
function likeness(one: string, other: string): number {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  if (first.size === 0 || second.size === 0) return 0;
  const common = [...first].filter((word) => second.has(word)).length;
  return (2 * common) / (first.size + second.size);
}

function wordsOf(text: string): Set<string> {
  const found =
    text
      .toLowerCase()
      .normalize("NFKD")
      .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(found);
}

/** What each booked line comes to on the bills of a pairing. */
export function billedSums(
  billed: readonly BilledLine[],
  pairing: Pairing,
): Map<string, { amountMinor: bigint; quantity: number; lines: number }> {
  const sums = new Map<string, { amountMinor: bigint; quantity: number; lines: number }>();
  for (const { id, amountMinor, quantity } of billed) {
    const serviceId = pairing.get(id) ?? null;
    if (serviceId === null) continue;
    const sum = sums.get(serviceId) ?? { amountMinor: 0n, quantity: 0, lines: 0 };
    sums.set(serviceId, {
      amountMinor: sum.amountMinor + amountMinor,
      quantity: sum.quantity + quantity,
      lines: sum.lines + 1,
    });
  }
  return sums;
}

/** A pairing with the cause of each line, as it follows from sums, quantities, changes and exclusions. */
export function matchOf(
  billed: readonly BilledLine[],
  agreed: readonly AgreedLine[],
  exclusions: readonly string[],
  pairing: Pairing,
): MatchedLine[] {
  const sums = billedSums(billed, pairing);
  const causeOf = (service: AgreedLine): BillCause => {
    const sum = sums.get(service.id);
    if (sum?.amountMinor === service.agreedMinor) return service.isChanged ? "change_order" : "as_estimated";
    return sum && sum.lines === 1 && sum.quantity !== service.quantity ? "quantity_differs" : "price_differs";
  };
  const byId = new Map(agreed.map((service) => [service.id, service]));
  const lines = billed.map((line): MatchedLine => {
    const service = byId.get(pairing.get(line.id) ?? "");
    if (service) return { billLineId: line.id, serviceId: service.id, cause: causeOf(service) };
    return { billLineId: line.id, serviceId: null, cause: aloneCause(line, exclusions) };
  });
  const missing = agreed
    .filter((service) => !sums.has(service.id) && service.agreedMinor > 0n)
    .map(({ id }): MatchedLine => ({ billLineId: null, serviceId: id, cause: "not_delivered" }));
  return [...lines, ...missing];
}

function aloneCause(line: BilledLine, exclusions: readonly string[]): BillCause {
  const words = wordsOf(line.wording);
  const isExcluded = exclusions.some((text) => {
    const named = wordsOf(text);
    const common = [...named].filter((word) => words.has(word)).length;
    return common > 0 && common / Math.min(named.size, words.size) >= EXCLUDED_FROM;
  });
  return isExcluded ? "excluded" : "not_in_estimate";
}

const PAIRED: readonly BillCause[] = ["as_estimated", "quantity_differs", "price_differs", "change_order"];
const ALONE: readonly BillCause[] = ["not_in_estimate", "excluded"];

/** Whether a person may give this cause to a line: sums that differ are not "as estimated". */
export function fitsCause(cause: BillCause, derived: BillCause): boolean {
  if (cause === derived) return true;
  if (ALONE.includes(derived)) return ALONE.includes(cause);
  const differs = derived === "quantity_differs" || derived === "price_differs";
  return differs && PAIRED.includes(cause) && cause !== "as_estimated" && cause !== "change_order";
}

/** Whether a match still speaks of exactly these billed lines: a bill that came later makes it old. */
export function covers(
  match: readonly { billLineId: string | null }[],
  billed: readonly { id: string }[],
): boolean {
  const named = new Set(match.flatMap((line) => line.billLineId ?? []));
  return named.size === billed.length && billed.every((line) => named.has(line.id));
}

/** All of these bills. */
export function billedTotal(billed: readonly BilledLine[]): bigint {
  return sumMinor(billed.map((line) => line.amountMinor));
}
