/** What of the money paid a payer's bank took back, or asks for. */
export interface TakenMoney {
  /** Back with the payer by a lost dispute. */
  lostMinor: bigint;
  /** Under dispute: until it ends it goes back no second way, and is not asked for again. */
  contestedMinor: bigint;
}

export const NOTHING_TAKEN: TakenMoney = { lostMinor: 0n, contestedMinor: 0n };

/** What of a sum that was paid too much can go back: without what a payer's bank took or asks for. */
export function hereOf(paidMinor: bigint, { lostMinor, contestedMinor }: TakenMoney): bigint {
  const takenMinor = lostMinor + contestedMinor;
  return paidMinor > takenMinor ? paidMinor - takenMinor : 0n;
}

export interface StandingMoney {
  /** Here, and nobody else asks for it. */
  paidMinor: bigint;
  contestedMinor: bigint;
  takenMinor: bigint;
}

export function standingOf(paidMinor: bigint, taken: TakenMoney): StandingMoney {
  const { lostMinor, contestedMinor } = taken;
  return { paidMinor: hereOf(paidMinor, taken), contestedMinor, takenMinor: lostMinor + contestedMinor };
}
