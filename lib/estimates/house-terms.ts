/** The house's own terms of payment; a change is a new version. */
export const HOUSE_TERMS = {
  version: "2026-11b",
  /** Share of contract B paid at once, and of contract A where a centre that is paid here names no prepayment. */
  depositBp: 2_000,
  balanceDaysBefore: 14,
} as const;
