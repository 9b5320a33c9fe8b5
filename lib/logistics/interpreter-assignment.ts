import type { Edge } from "./machine";

export const ASSIGNMENT_STATES = [
  "requested",
  "offered",
  "confirmed",
  "in_session",
  "done",
  "replaced",
  "cancelled",
] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

export const ASSIGNMENT_EDGES: readonly Edge<AssignmentState>[] = [
  { from: ["requested", "offered"], event: "offer", to: "offered", who: ["coordinator"] },
  { from: ["offered"], event: "confirm", to: "confirmed", who: ["coordinator", "supplier"] },
  { from: ["confirmed"], event: "start", to: "in_session", who: ["coordinator", "supplier"] },
  { from: ["in_session"], event: "finish", to: "done", who: ["coordinator", "supplier"] },
  { from: ["requested", "offered", "confirmed"], event: "replace", to: "replaced", who: ["coordinator"] },
  { from: ["requested", "offered", "confirmed"], event: "cancel", to: "cancelled", who: ["coordinator"] },
];

/**
 * Whether a talk may be closed: every talk needs an interpreter and its minutes, and the consent talk also the
 * patient's word that everything was understood.
 */
export function mayFinish(talk: {
  purpose: string;
  resourceId: string | null;
  minutes: number | null;
  understood: boolean;
}): boolean {
  if (!talk.resourceId || !talk.minutes) return false;
  return talk.purpose !== "consent_talk" || talk.understood;
}

/** Languages an interpreter may be asked for, as ISO 639-1 codes; whether one is free is decided when a day is held. */
export const INTERPRETER_LANGUAGES = [
  "ar",
  "de",
  "en",
  "es",
  "fa",
  "fr",
  "hi",
  "kk",
  "pt",
  "ru",
  "tr",
  "uk",
  "ur",
  "uz",
  "zh",
] as const;
