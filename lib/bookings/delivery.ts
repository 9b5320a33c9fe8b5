/** Services nothing else tells of: a coordinator marks them as delivered, with what proves it. */
export const MARKED_KINDS: readonly string[] = [
  ...["workup", "translation", "visa", "hotel", "flight", "companion", "rehabilitation", "other"],
];

/** How a service of a booking stands, for whoever marks it. */
export type ServiceMark =
  | { state: "open" }
  | { state: "delivered"; deliveredAt: Date; note: string | null; markId: string | null }
  | { state: "kept"; amountMinor: bigint; note: string; markId: string };
