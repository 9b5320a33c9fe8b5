/** Papers a case usually comes with, by the valve; names of the checklist. */
export const MITRAL = ["tte_report", "tte_loops", "ecg", "labs", "medication_list"] as const;
export const AORTIC = ["tte_report", "ecg", "labs", "ct_gated", "letters"] as const;
export const SHORT_MITRAL = ["tte_report", "tte_loops", "letters"] as const;
export const SHORT = ["tte_report", "letters"] as const;

export const LIST_IN_LETTER = [
  {
    item: "medication_list",
    status: "waived",
    reason: "All medicines with their doses stand in the hospital's letter.",
  },
] as const;

/** Older cases, where a good letter brought most of it. */
export const ALL_IN_LETTER = [
  { item: "ecg", status: "waived", reason: "Rhythm and conduction are described in the letter." },
  { item: "labs", status: "waived", reason: "The values stand in the letter." },
  ...LIST_IN_LETTER,
] as const;
