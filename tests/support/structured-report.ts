import { type Concept, element } from "@/prisma/seed/files/elements";
import { reportFile, type ReportItem } from "@/prisma/seed/files/report";

export type { ReportItem } from "@/prisma/seed/files/report";

export interface ReportWish {
  studyDate?: string;
  patientName?: string;
  birthDate?: string;
  items: readonly ReportItem[];
}

/** A comprehensive structured report that says no more of its patient than is wished. */
export function makeReport({ studyDate, patientName, birthDate, items }: ReportWish): Buffer {
  const said = [
    element(0x00080020, "DA", studyDate ?? ""),
    element(0x00080060, "CS", "SR"),
    element(0x00100010, "PN", patientName ?? ""),
    element(0x00100030, "DA", birthDate ?? ""),
    element(0x0020000d, "UI", "2.25.2"),
    element(0x0020000e, "UI", "2.25.3"),
  ];
  return reportFile(said, "2.25.151515151515151515", items);
}

/** A group of findings at a part of the heart, as template 5200 arranges them, in the older codes of the trade. */
export function group(site: Concept, items: readonly ReportItem[]): ReportItem {
  return {
    name: ["121070", "DCM", "Findings"],
    items: [
      { name: ["G-C0E3", "SRT", "Finding Site"], concept: site },
      { name: ["125007", "DCM", "Measurement Group"], items },
    ],
  };
}

export const MITRAL: Concept = ["T-35300", "SRT", "Mitral Valve"];
export const AORTIC: Concept = ["T-35400", "SRT", "Aortic Valve"];
export const BACK: ReportItem = {
  name: ["G-C048", "SRT", "Flow Direction"],
  concept: ["R-42E61", "SRT", "Retrograde Flow"],
};
export const ONWARD: ReportItem = {
  name: ["G-C048", "SRT", "Flow Direction"],
  concept: ["R-42047", "SRT", "Antegrade Flow"],
};
export const PISA: ReportItem = {
  name: ["G-C036", "SRT", "Measurement Method"],
  concept: ["125216", "DCM", "Proximal Isovelocity Surface Area"],
};
export const MEAN: ReportItem = {
  name: ["121401", "DCM", "Derivation"],
  concept: ["R-00317", "SRT", "Mean"],
};
