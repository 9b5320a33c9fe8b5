import type { BillCause, BillSource, BillState } from "./bill";
import { type AccountLine, accountOf, type AccountSums, type LineShare, sharesOf } from "./bill-account";
import {
  type BilledLine,
  covers,
  type MatchedLine,
  matchOf,
  type Pairing,
  proposePairing,
} from "./bill-match";

export interface MirrorLine extends AccountLine {
  /** As the booking's services name it. */
  lineId: string;
  unit: string;
  /** By the accepted estimate; null for a line a change has added. */
  estimate: { lowMinor: bigint; expectedMinor: bigint; highMinor: bigint } | null;
}

export interface MirrorBillLine extends BilledLine {
  billId: string;
  position: number;
  unit: string;
}

export interface MirrorBill {
  id: string;
  version: number;
  source: BillSource;
  state: BillState;
  number: string;
  issuedOn: Date;
  totalMinor: bigint;
  correctsId: string | null;
  enteredById: string;
  enteredByName: string;
  enteredAt: Date;
  checkedAt: Date | null;
  reason: string | null;
  file: { filename: string; mediaType: string; sizeBytes: bigint; sha256: string };
  lines: MirrorBillLine[];
}

export interface NotedLine extends MatchedLine {
  note: string | null;
}

export interface StoredMatch {
  id: string;
  version: number;
  authorRole: string;
  authorName: string;
  madeAt: Date;
  lines: NotedLine[];
}

export interface Mirror {
  billed: MirrorBillLine[];
  lines: MirrorLine[];
  match: NotedLine[];
  /** Who said so; null while it is only proposed. */
  by: StoredMatch | null;
  sums: AccountSums;
  shares: Map<string, LineShare>;
}

/**
 * The two columns, line joined to line. What a person has matched counts as long as it speaks of exactly the bills that
 * count now; else the proposal is shown.
 */
export function mirrorOf(
  live: readonly { lines: readonly MirrorBillLine[] }[],
  lines: readonly MirrorLine[],
  exclusions: readonly string[],
  stored: StoredMatch | null,
): Mirror {
  const billed = live.flatMap((bill) => bill.lines);
  const by = stored && isCurrent(stored.lines, billed, lines, exclusions) ? stored : null;
  const pairing = by ? pairingOf(by.lines) : proposePairing(billed, lines);
  const match = by
    ? asPrinted(by.lines, billed)
    : matchOf(billed, lines, exclusions, pairing).map((line) => ({ ...line, note: null }));
  return {
    ...{ billed: [...billed], lines: [...lines], match, by },
    sums: accountOf(billed, lines),
    shares: sharesOf(billed, lines, pairing),
  };
}

/** A kept match comes back in no order of its own: its lines stand as on the invoices, what was not billed after them. */
function asPrinted(match: readonly NotedLine[], billed: readonly BilledLine[]): NotedLine[] {
  const place = new Map(billed.map(({ id }, index) => [id, index]));
  const placeOf = ({ billLineId }: NotedLine) => place.get(billLineId ?? "") ?? billed.length;
  return match.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Whether an account was closed by what is billed, agreed and matched now; else it is to be closed anew. */
export function doesStand(
  account: { billedMinor: bigint; agreedMinor: bigint; matchId: string } | null,
  { sums, by }: Pick<Mirror, "sums" | "by">,
): boolean {
  const isSame = account?.billedMinor === sums.billedMinor && account.agreedMinor === sums.agreedMinor;
  return isSame && account.matchId === by?.id;
}

export function pairingOf(match: readonly MatchedLine[]): Pairing {
  return new Map(
    match.flatMap(({ billLineId, serviceId }) => (billLineId ? [[billLineId, serviceId] as const] : [])),
  );
}

/** A bill or an agreed change that came later makes a match old: its causes may be wrong now. */
function isCurrent(
  match: readonly MatchedLine[],
  billed: readonly BilledLine[],
  lines: readonly AccountLine[],
  exclusions: readonly string[],
): boolean {
  if (!covers(match, billed)) return false;
  const derived = matchOf(billed, lines, exclusions, pairingOf(match));
  return derived.length === match.length && derived.every((one) => match.some((said) => isSame(one, said)));
}

function isSame(one: MatchedLine, said: MatchedLine): boolean {
  return (
    one.billLineId === said.billLineId && one.serviceId === said.serviceId && fits(one.cause, said.cause)
  );
}

const AGREED: readonly BillCause[] = ["as_estimated", "change_order"];

/** A person may have chosen another cause of the same side, never one that turns a difference into none. */
function fits(derived: BillCause, said: BillCause): boolean {
  return AGREED.includes(derived) === AGREED.includes(said);
}
