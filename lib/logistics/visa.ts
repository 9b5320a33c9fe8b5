import type { Edge } from "./machine";

export const VISA_STATES = [
  "not_needed",
  "preparing",
  "letter_issued",
  "applied",
  "granted",
  "refused",
] as const;
export type VisaState = (typeof VISA_STATES)[number];

export const VISA_EDGES: readonly Edge<VisaState>[] = [
  { from: ["preparing"], event: "waive", to: "not_needed", who: ["coordinator"] },
  { from: ["not_needed", "refused"], event: "prepare", to: "preparing", who: ["coordinator"] },
  { from: ["preparing"], event: "issue_letter", to: "letter_issued", who: ["coordinator"] },
  { from: ["letter_issued", "preparing"], event: "apply", to: "applied", who: ["coordinator"] },
  { from: ["applied"], event: "grant", to: "granted", who: ["coordinator"] },
  { from: ["applied"], event: "refuse", to: "refused", who: ["coordinator"] },
];
