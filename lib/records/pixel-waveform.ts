import type { DataSet } from "dicom-parser";
import { decoded, numberOf, textOf } from "./dicom";
import { itemsOf } from "./pixel-image";

/** Curves written at the same time, as an ECG machine gives them. */
export interface Waveform {
  /** Samples in a second. */
  rate: number;
  label: string | null;
  leads: Lead[];
}

export interface Lead {
  /** "II", "V1", "aVR". */
  name: string;
  /** In millivolts; NaN where the machine wrote nothing. */
  millivolts: Float32Array;
}

const LEADS_MAX = 32;
const SAMPLES_MAX = 20_000_000;
const GROUPS_MAX = 16;
const VOLTS: Readonly<Record<string, number>> = { uV: 0.001, mV: 1, V: 1_000 };

/** The curves of an ECG file whose unit is one of voltage. Empty where it has none. */
export function waveformsOf(set: DataSet, isBigEndian: boolean): Waveform[] {
  const groups = itemsOf(set, "x54000100").slice(0, GROUPS_MAX);
  return groups.flatMap((group) => {
    const count = group.uint16("x003a0005") ?? 0;
    const samples = group.uint32("x003a0010") ?? 0;
    const rate = numberOf(group, "x003a001a") ?? 0;
    if (count === 0 || count > LEADS_MAX || count * samples > SAMPLES_MAX || rate <= 0) return [];
    const read = readerOf(group, !isBigEndian);
    if (!read || read.count < count * samples) return [];
    const leads = itemsOf(group, "x003a0200")
      .slice(0, count)
      .flatMap((channel, at) => {
        const scale = scaleOf(channel);
        if (!scale) return [];
        const millivolts = Float32Array.from({ length: samples }, (_, one) =>
          scale(read.at(one * count + at)),
        );
        return [{ name: nameOf(channel, at), millivolts }];
      });
    return leads.length > 0 ? [{ rate, label: textOf(group, "x003a0020"), leads }] : [];
  });
}

interface SampleReader {
  count: number;
  at(index: number): number;
}

/** Samples as whole numbers of eight, sixteen or thirty-two bits; companded sound is no ECG. */
function readerOf(group: DataSet, isLittle: boolean): SampleReader | null {
  const element = group.elements.x54001010;
  const kind = textOf(group, "x54001006");
  if (!element || !kind) return null;
  const view = new DataView(
    group.byteArray.buffer,
    group.byteArray.byteOffset + element.dataOffset,
    element.length,
  );
  if (kind === "SS") return { count: element.length >> 1, at: (one) => view.getInt16(one * 2, isLittle) };
  if (kind === "US") return { count: element.length >> 1, at: (one) => view.getUint16(one * 2, isLittle) };
  if (kind === "SL") return { count: element.length >> 2, at: (one) => view.getInt32(one * 4, isLittle) };
  if (kind === "SB") return { count: element.length, at: (one) => view.getInt8(one) };
  return kind === "UB" ? { count: element.length, at: (one) => view.getUint8(one) } : null;
}

/** Stored to millivolts; null for what is no voltage. */
function scaleOf(channel: DataSet): ((stored: number) => number) | null {
  const unit = itemsOf(channel, "x003a0211")[0];
  const factor = VOLTS[(unit && textOf(unit, "x00080100")) ?? ""];
  if (factor === undefined) return null;
  const sensitivity = numberOf(channel, "x003a0210") ?? 1;
  const correction = numberOf(channel, "x003a0212") ?? 1;
  const baseline = numberOf(channel, "x003a0213") ?? 0;
  return (stored) => (stored * sensitivity * correction + baseline) * factor;
}

/** "Lead II" and "II" are the same lead. */
function nameOf(channel: DataSet, at: number): string {
  const source = itemsOf(channel, "x003a0208")[0];
  const name = textOf(channel, "x003a0203") ?? (source && decoded(source, "x00080104", null)) ?? `${at + 1}`;
  return name
    .replace(/^lead\s+/i, "")
    .replace(/\s*[(,].*$/, "")
    .slice(0, 16);
}
