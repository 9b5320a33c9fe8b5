import { sumMinor, least } from "@/lib/kernel/money";
import { ceilingOf } from "@/lib/bookings/price-change";
import { type AgreedLine, type BilledLine, billedSums, billedTotal, type Pairing } from "./bill-match";

export interface AccountLine extends AgreedLine {
  /** The most it may cost by the accepted estimate; null for a line a change has added. */
  highMinor: bigint | null;
}

/** What a hospital has billed, split by what the patient owes. The three parts add up to `billedMinor`. */
export interface AccountSums {
  agreedMinor: bigint;
  ceilingMinor: bigint;
  billedMinor: bigint;
  owedMinor: bigint;
  /** Above what is agreed, within the ceiling: owed only once the patient has accepted a change. */
  waitingMinor: bigint;
  /** Above the ceiling: not owed by the patient. */
  notOwedMinor: bigint;
}

/** How one billed line splits; the parts add up to its amount. */
export interface LineShare {
  owedMinor: bigint;
  waitingMinor: bigint;
  notOwedMinor: bigint;
}

/**
 * The final account of contract A: the patient owes what was billed, and never more than what is agreed. No price rises
 * without a change the patient accepts, so what is above waits for one, and what is above the ceiling is not owed.
 */
export function accountOf(billed: readonly BilledLine[], agreed: readonly AccountLine[]): AccountSums {
  const billedMinor = billedTotal(billed);
  const agreedMinor = sumMinor(agreed.map((line) => line.agreedMinor));
  const ceilingMinor = ceilingOf(
    agreed.map(({ agreedMinor: amountMinor, highMinor }) => ({ amountMinor, highMinor })),
  );
  const owedMinor = least(billedMinor, agreedMinor);
  const withinMinor = least(billedMinor, ceilingMinor);
  return {
    ...{ agreedMinor, ceilingMinor, billedMinor, owedMinor },
    waitingMinor: withinMinor - owedMinor,
    notOwedMinor: billedMinor - withinMinor,
  };
}

/**
 * Says of each billed line how much of it is owed. What is too much in all is laid on the lines that are too much: first
 * those that stand for nothing agreed, then those above their agreed sum, the later ones first.
 */
export function sharesOf(
  billed: readonly BilledLine[],
  agreed: readonly AccountLine[],
  pairing: Pairing,
): Map<string, LineShare> {
  const { waitingMinor, notOwedMinor } = accountOf(billed, agreed);
  const over = overOf(billed, agreed, pairing);
  const notOwed = lay(notOwedMinor, over);
  const rest = over.map(({ id, overMinor }) => ({ id, overMinor: overMinor - (notOwed.get(id) ?? 0n) }));
  const waiting = lay(waitingMinor, rest);
  return new Map(
    billed.map(({ id, amountMinor }) => {
      const parts = { waitingMinor: waiting.get(id) ?? 0n, notOwedMinor: notOwed.get(id) ?? 0n };
      return [id, { owedMinor: amountMinor - parts.waitingMinor - parts.notOwedMinor, ...parts }];
    }),
  );
}

interface Over {
  id: string;
  overMinor: bigint;
}

/** How much of each line is beyond what was agreed for it, those for which nothing was agreed first. */
function overOf(billed: readonly BilledLine[], agreed: readonly AccountLine[], pairing: Pairing): Over[] {
  const sums = billedSums(billed, pairing);
  const left = new Map(
    agreed.map(({ id, agreedMinor }) => [id, positive((sums.get(id)?.amountMinor ?? 0n) - agreedMinor)]),
  );
  const last = billed.toReversed().filter((line) => line.amountMinor > 0n);
  const alone = last.filter((line) => !left.has(pairing.get(line.id) ?? ""));
  const paired = last
    .filter((line) => left.has(pairing.get(line.id) ?? ""))
    .map(({ id, amountMinor }) => {
      const serviceId = pairing.get(id) ?? "";
      const overMinor = least(amountMinor, left.get(serviceId) ?? 0n);
      left.set(serviceId, (left.get(serviceId) ?? 0n) - overMinor);
      return { id, overMinor };
    });
  return [...alone.map(({ id, amountMinor }) => ({ id, overMinor: amountMinor })), ...paired];
}

function lay(totalMinor: bigint, over: readonly Over[]): Map<string, bigint> {
  let left = totalMinor;
  return new Map(
    over.map(({ id, overMinor }) => {
      const part = least(left, overMinor);
      left -= part;
      return [id, part];
    }),
  );
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
