/** Guidelines a reviewer may read the numbers by. They differ, so no grade is ever shown without its guideline. */
export const GUIDELINES = ["ESC25", "ESC21", "ACC20"] as const;

export type Guideline = (typeof GUIDELINES)[number];

/** Where each was published. */
export const GUIDELINE_SOURCES: Record<Guideline, { title: string; doi: string }> = {
  ESC25: { title: "2025 ESC/EACTS valvular heart disease", doi: "10.1093/eurheartj/ehaf194" },
  ESC21: { title: "2021 ESC/EACTS valvular heart disease", doi: "10.1093/eurheartj/ehab395" },
  ACC20: { title: "2020 ACC/AHA valvular heart disease", doi: "10.1161/CIR.0000000000000923" },
};
