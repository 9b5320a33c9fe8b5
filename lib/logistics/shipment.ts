import type { Edge } from "./machine";

export const SHIPMENT_STATES = [
  "draft",
  "rule_check",
  "blocked",
  "cleared",
  "packed",
  "in_transit",
  "customs",
  "delivered",
  "returned",
  "lost",
  "temperature_excursion",
] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

/** `check` runs the rules and ends in `cleared` or `blocked`; nothing is packed that was not cleared. */
export const SHIPMENT_EDGES: readonly Edge<ShipmentState>[] = [
  { from: ["draft", "blocked", "cleared"], event: "check", to: "rule_check", who: ["coordinator"] },
  { from: ["cleared"], event: "pack", to: "packed", who: ["coordinator"] },
  { from: ["packed"], event: "dispatch", to: "in_transit", who: ["coordinator"] },
  { from: ["in_transit"], event: "enter_customs", to: "customs", who: ["coordinator"] },
  { from: ["packed", "in_transit", "customs"], event: "deliver", to: "delivered", who: ["coordinator"] },
  { from: ["in_transit", "customs"], event: "return", to: "returned", who: ["coordinator"] },
  { from: ["in_transit", "customs"], event: "lose", to: "lost", who: ["coordinator"] },
  {
    from: ["packed", "in_transit", "customs"],
    event: "overheat",
    to: "temperature_excursion",
    who: ["coordinator"],
  },
];
