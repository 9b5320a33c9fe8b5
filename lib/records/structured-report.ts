import dicomParser, { type DataSet } from "dicom-parser";
import { dicomDay } from "./dicom";
import { type CodedNumber, schemeOf } from "./coded-number";

/** SOP classes of structured reports all begin so. */
const REPORT_CLASS = "1.2.840.10008.5.1.4.1.1.88.";
const DEPTH_MAX = 24;
const ITEMS_MAX = 20_000;

export function isStructuredReport(sopClassUid: string | null): boolean {
  return sopClassUid?.startsWith(REPORT_CLASS) ?? false;
}

/** SRT is the older writing of SNOMED CT that most echo machines still send; only the codes this reader knows. */
const SRT: Readonly<Record<string, string>> = {
  "G-C0E3": "363698007",
  "G-C036": "370129005",
  "G-C048": "260674002",
  "G-038E": "399367004",
  "G-038F": "399027007",
  "G-0390": "399301000",
  "T-35300": "91134007",
  "T-35400": "34202007",
  "T-35100": "46030003",
  "T-32650": "13418002",
  "R-42047": "263677008",
  "R-42E61": "312004007",
  "G-0367": "397417004",
  "R-00317": "373098007",
};

const FINDING_SITE = "sct 363698007";
const METHOD = "sct 370129005";
const FLOW = "sct 260674002";
const DERIVATION = "dcm 121401";
const MEAN = "373098007";
const SELECTION = "dcm 121404";
const ANTEGRADE = "263677008";
const REGURGITANT = ["312004007", "397417004"];

type Around = Pick<CodedNumber, "site" | "flow" | "method" | "methodWords" | "isChosen" | "measuredOn">;

/**
 * The numbers of a DICOM structured report (PS3.3 C.17.3), with what stands around each: what a container says holds
 * for all it contains. Takes the whole file; an unreadable one has no numbers.
 */
export function readReport(bytes: Uint8Array): CodedNumber[] {
  let set: DataSet;
  try {
    set = dicomParser.parseDicom(bytes);
  } catch {
    // What is wrong with the file is said by whoever reads its header.
    return [];
  }
  const measuredOn =
    dicomDay(set.string("x00080020")) ??
    dicomDay(set.string("x0040a032")) ??
    dicomDay(set.string("x00080023"));
  const none = { site: null, flow: null, method: null, methodWords: null, isChosen: false, measuredOn };
  const walk = { left: ITEMS_MAX, found: [] as CodedNumber[] };
  walkInto(set, around(set, none), walk, 0);
  return walk.found;
}

function walkInto(
  set: DataSet,
  outer: Around,
  walk: { left: number; found: CodedNumber[] },
  depth: number,
): void {
  if (depth > DEPTH_MAX) return;
  for (const item of itemsOf(set, "x0040a730")) {
    walk.left -= 1;
    if (walk.left < 0) return;
    const inner = around(item, outer);
    const number = item.string("x0040a040") === "NUM" ? numberAt(item, inner) : null;
    if (number) walk.found.push(number);
    walkInto(item, inner, walk, depth + 1);
  }
}

/** What the coded children of an item say about it and all below it. */
function around(item: DataSet, outer: Around): Around {
  const said = new Map<string, Code>();
  for (const child of itemsOf(item, "x0040a730")) {
    const name = codeAt(child, "x0040a043");
    const value = child.string("x0040a040") === "CODE" ? codeAt(child, "x0040a168") : null;
    if (name && value) said.set(`${name.scheme} ${name.code}`, value);
  }
  const flow = said.get(FLOW)?.code;
  const method = said.get(METHOD);
  return {
    measuredOn: dicomDay(item.string("x0040a032")) ?? outer.measuredOn,
    site: said.get(FINDING_SITE)?.code ?? outer.site,
    flow: flow === undefined ? outer.flow : flowOf(flow),
    method: method?.code ?? outer.method,
    methodWords: method?.meaning ?? outer.methodWords,
    isChosen: said.has(SELECTION) || said.get(DERIVATION)?.code === MEAN,
  };
}

function flowOf(code: string): CodedNumber["flow"] {
  if (code === ANTEGRADE) return "antegrade";
  return REGURGITANT.includes(code) ? "regurgitant" : null;
}

function numberAt(item: DataSet, said: Around): CodedNumber | null {
  const name = codeAt(item, "x0040a043");
  const [measured] = itemsOf(item, "x0040a300");
  const value = Number(measured?.string("x0040a30a", 0) ?? Number.NaN);
  if (!name || !measured || !Number.isFinite(value)) return null;
  const unit = codeAt(measured, "x004008ea")?.code ?? "";
  return { ...said, scheme: name.scheme, code: name.code, value, unit };
}

interface Code {
  scheme: string;
  code: string;
  meaning: string | null;
}

const MEANING_MAX = 64;

function codeAt(set: DataSet, tag: string): Code | null {
  const [item] = itemsOf(set, tag);
  const code = item?.string("x00080100")?.trim();
  const scheme = item?.string("x00080102")?.trim();
  if (!item || !code || !scheme) return null;
  // A meaning in another alphabet than ASCII is left out: the code says it all.
  const words = item.string("x00080104")?.trim() ?? "";
  const meaning = /^[\u0020-\u007e]+$/.test(words) ? words.slice(0, MEANING_MAX) : null;
  const old = ["SRT", "SNM3", "99SDM"].includes(scheme) ? SRT[code] : undefined;
  return old ? { scheme: "sct", code: old, meaning } : { scheme: schemeOf(scheme), code, meaning };
}

function itemsOf(set: DataSet, tag: string): DataSet[] {
  return (set.elements[tag]?.items ?? []).flatMap((item) => (item.dataSet ? [item.dataSet] : []));
}
