/** How each state of a proposed listing is shown. */
export const REVISION_TONES = {
  draft: "info",
  submitted: "info",
  changes_asked: "attention",
  approved: "good",
  published: "good",
  superseded: "still",
  rejected: "danger",
} as const;
