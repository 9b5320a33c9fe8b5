import { type Concept, concept, dicomFile, element, sequence } from "./elements";

export interface ReportItem {
  name: Concept;
  /** A number with its unit, a concept, or neither for a container. */
  number?: readonly [value: number | string, unit: string];
  concept?: Concept;
  items?: readonly ReportItem[];
}

const REPORT = "1.2.840.10008.5.1.4.1.1.88.33";

/** A structured report as an echo machine sends it, after template 5200 of DICOM PS3.16: who and when, then numbers. */
export function reportFile(said: readonly Buffer[], instance: string, items: readonly ReportItem[]): Buffer {
  return dicomFile({
    sopClass: REPORT,
    instance,
    elements: [
      ...said,
      sequence(0x00081111, []),
      element(0x0040a040, "CS", "CONTAINER"),
      concept(0x0040a043, ["125200", "DCM", "Adult Echocardiography Procedure Report"]),
      element(0x0040a050, "CS", "SEPARATE"),
      sequence(0x0040a372, []),
      element(0x0040a491, "CS", "COMPLETE"),
      element(0x0040a493, "CS", "UNVERIFIED"),
      sequence(0x0040a730, items.map(contentItem)),
    ],
  });
}

function contentItem(item: ReportItem): Buffer[] {
  const type = item.number ? "NUM" : item.concept ? "CODE" : "CONTAINER";
  const [value, unit] = item.number ?? [];
  const isMeasured = value !== undefined && unit !== undefined;
  return [
    element(0x0040a010, "CS", item.concept ? "HAS CONCEPT MOD" : "CONTAINS"),
    element(0x0040a040, "CS", type),
    concept(0x0040a043, item.name),
    ...(type === "CONTAINER" ? [element(0x0040a050, "CS", "SEPARATE")] : []),
    ...(item.concept ? [concept(0x0040a168, item.concept)] : []),
    ...(isMeasured
      ? [
          sequence(0x0040a300, [
            [concept(0x004008ea, [unit, "UCUM", unit]), element(0x0040a30a, "DS", String(value))],
          ]),
        ]
      : []),
    ...(item.items ? [sequence(0x0040a730, item.items.map(contentItem))] : []),
  ];
}
