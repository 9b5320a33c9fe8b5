export type ContractAMode = "direct" | "held_by_operator";

export interface HoldingClinic {
  contractAMode: ContractAMode;
  /** The day somebody recorded that the law lets its money be held. */
  heldClearanceOn: Date | null;
}

/** Who is paid for the treatment: the operator holds that money only from the day on that its clearance was recorded for. */
export function contractAModeOf({ contractAMode, heldClearanceOn }: HoldingClinic, now: Date): ContractAMode {
  const isCleared = heldClearanceOn !== null && heldClearanceOn <= now;
  return contractAMode === "held_by_operator" && isCleared ? "held_by_operator" : "direct";
}
