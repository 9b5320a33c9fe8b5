import type { CaseStage } from "@/lib/cases/case";

/** What a centre may say by letter of a patient it has with it. */
export const LETTER_STAGES = ["treated", "discharged"] as const satisfies CaseStage[];
export type LetterStage = (typeof LETTER_STAGES)[number];

/** entered → confirmed | rejected, by a second person. */
export const LETTER_STATES = ["entered", "confirmed", "rejected"] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/** Files that can be read; what was refused or never arrived proves nothing. */
export const PROVING_STATES = ["readable", "accepted"] as const;
