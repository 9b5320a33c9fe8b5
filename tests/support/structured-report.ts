/** Code value, scheme, meaning: as DICOM writes a concept. */
export type Concept = readonly [code: string, scheme: string, meaning: string];

export interface ReportItem {
  name: Concept;
  /** A number with its unit, a concept, or neither for a container. */
  number?: readonly [value: number | string, unit: string];
  concept?: Concept;
  items?: readonly ReportItem[];
}

export interface ReportWish {
  studyDate?: string;
  patientName?: string;
  birthDate?: string;
  items: readonly ReportItem[];
}

const LONG = ["OB", "OW", "SQ", "UN", "UT"];

function element(group: number, number: number, vr: string, value: Buffer | string): Buffer {
  const padding = vr === "UI" ? "\0" : " ";
  const text = typeof value === "string" ? Buffer.from(value.length % 2 ? value + padding : value) : value;
  const head = Buffer.alloc(LONG.includes(vr) ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, "latin1");
  if (LONG.includes(vr)) head.writeUInt32LE(text.length, 8);
  else head.writeUInt16LE(text.length, 6);
  return Buffer.concat([head, text]);
}

function sequence(group: number, number: number, items: readonly Buffer[]): Buffer {
  const framed = items.map((item) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(item.length, 4);
    return Buffer.concat([head, item]);
  });
  return element(group, number, "SQ", Buffer.concat(framed));
}

function concept(group: number, number: number, [code, scheme, meaning]: Concept): Buffer {
  return sequence(group, number, [
    Buffer.concat([
      element(0x0008, 0x0100, "SH", code),
      element(0x0008, 0x0102, "SH", scheme),
      element(0x0008, 0x0104, "LO", meaning),
    ]),
  ]);
}

function contentItem(item: ReportItem): Buffer {
  const type = item.number ? "NUM" : item.concept ? "CODE" : "CONTAINER";
  const [value, unit] = item.number ?? [];
  const measured =
    value === undefined || unit === undefined
      ? []
      : [concept(0x0040, 0x08ea, [unit, "UCUM", unit]), element(0x0040, 0xa30a, "DS", String(value))];
  return Buffer.concat([
    element(0x0040, 0xa010, "CS", item.concept ? "HAS CONCEPT MOD" : "CONTAINS"),
    element(0x0040, 0xa040, "CS", type),
    concept(0x0040, 0xa043, item.name),
    ...(type === "CONTAINER" ? [element(0x0040, 0xa050, "CS", "SEPARATE")] : []),
    ...(item.concept ? [concept(0x0040, 0xa168, item.concept)] : []),
    ...(measured.length > 0 ? [sequence(0x0040, 0xa300, [Buffer.concat(measured)])] : []),
    ...(item.items ? [sequence(0x0040, 0xa730, item.items.map(contentItem))] : []),
  ]);
}

const REPORT = "1.2.840.10008.5.1.4.1.1.88.33";
const INSTANCE = "2.25.151515151515151515";

/** A comprehensive structured report as an echo machine sends it, explicit little endian. */
export function makeReport({ studyDate, patientName, birthDate, items }: ReportWish): Buffer {
  const meta = Buffer.concat([
    element(0x0002, 0x0001, "OB", Buffer.from([0, 1])),
    element(0x0002, 0x0002, "UI", REPORT),
    element(0x0002, 0x0003, "UI", INSTANCE),
    element(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1"),
    element(0x0002, 0x0012, "UI", "2.25.1"),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(meta.length);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from("DICM"),
    element(0x0002, 0x0000, "UL", size),
    meta,
    element(0x0008, 0x0016, "UI", REPORT),
    element(0x0008, 0x0018, "UI", INSTANCE),
    element(0x0008, 0x0020, "DA", studyDate ?? ""),
    element(0x0008, 0x0060, "CS", "SR"),
    element(0x0010, 0x0010, "PN", patientName ?? ""),
    element(0x0010, 0x0030, "DA", birthDate ?? ""),
    element(0x0020, 0x000d, "UI", "2.25.2"),
    element(0x0020, 0x000e, "UI", "2.25.3"),
    element(0x0040, 0xa040, "CS", "CONTAINER"),
    concept(0x0040, 0xa043, ["125200", "DCM", "Adult Echocardiography Procedure Report"]),
    element(0x0040, 0xa050, "CS", "SEPARATE"),
    sequence(0x0040, 0xa730, items.map(contentItem)),
  ]);
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
