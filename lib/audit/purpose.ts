/**
 * Traces that another line of the log tells already: a file of an examination that was opened a moment ago, or of an
 * archive taken as a whole. They are kept and counted, but a study of 1,500 files is one line to its patient.
 */
export const TOLD_ELSEWHERE = ["within_study", "within_archive"] as const;
export type ToldElsewhere = (typeof TOLD_ELSEWHERE)[number];
