"use client";

import { useId } from "react";
import type { Lead, Waveform } from "@/lib/records/pixel-waveform";

interface EcgSheetProps {
  waveform: Waveform;
  mmPerSecond: number;
  mmPerMillivolt: number;
}

/** Room for one lead: two millivolts up and one and a half down, at the usual height. */
const ABOVE_MV = 1.6;
const BELOW_MV = 1.2;
const MARGIN_MM = 12;
/** Points beyond a quarter of a millimetre apart are all drawn; of nearer ones the highest and the lowest. */
const COLUMN_MM = 0.25;

/** Leads below each other on millimetre paper; the drawing counts in millimetres. */
export function EcgSheet({ waveform, mmPerSecond, mmPerMillivolt }: EcgSheetProps) {
  const id = useId();
  const samples = waveform.leads[0]?.millivolts.length ?? 0;
  const width = Math.ceil((samples / waveform.rate) * mmPerSecond) + MARGIN_MM;
  const rowMm = Math.ceil((ABOVE_MV + BELOW_MV) * mmPerMillivolt);
  const height = rowMm * waveform.leads.length + 4;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="room-ecg" style={{ width: `${width * 3.2}px` }}>
      <defs>
        <pattern id={`${id}s`} width="1" height="1" patternUnits="userSpaceOnUse">
          <path d="M1 0H0V1" className="room-ecg-fine" />
        </pattern>
        <pattern id={`${id}l`} width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill={`url(#${id}s)`} />
          <path d="M5 0H0V5" className="room-ecg-bold" />
        </pattern>
      </defs>
      <rect width={width} height={height} fill={`url(#${id}l)`} />
      {waveform.leads.map((lead, at) => {
        const baseline = at * rowMm + ABOVE_MV * mmPerMillivolt + 2;
        return (
          <g key={lead.name} role="img" aria-label={lead.name}>
            <path className="room-ecg-mark" d={`M2 ${baseline}h1v${-mmPerMillivolt}h3v${mmPerMillivolt}h1`} />
            <text x="2" y={baseline - mmPerMillivolt - 1.5} className="room-ecg-name">
              {lead.name}
            </text>
            <path
              className="room-ecg-curve"
              d={curveOf(lead, { rate: waveform.rate, mmPerSecond, mmPerMillivolt, baseline })}
            />
          </g>
        );
      })}
    </svg>
  );
}

interface Paper {
  rate: number;
  mmPerSecond: number;
  mmPerMillivolt: number;
  /** Where nought lies, in millimetres from the top. */
  baseline: number;
}

/** A lead as the path of a drawing. What the machine did not write leaves a gap. */
export function curveOf({ millivolts }: Pick<Lead, "millivolts">, paper: Paper): string {
  const { rate, mmPerSecond, mmPerMillivolt, baseline } = paper;
  const perColumn = Math.max(1, Math.floor((COLUMN_MM * rate) / mmPerSecond));
  const parts: string[] = [];
  let isPenDown = false;
  const draw = (at: number) => {
    const value = millivolts[at] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      isPenDown = false;
      return;
    }
    const x = MARGIN_MM + (at / rate) * mmPerSecond;
    parts.push(`${isPenDown ? "L" : "M"}${x.toFixed(2)} ${(baseline - value * mmPerMillivolt).toFixed(2)}`);
    isPenDown = true;
  };
  for (let from = 0; from < millivolts.length; from += perColumn) {
    const { low, high } = extremesOf(millivolts, from, Math.min(millivolts.length, from + perColumn));
    draw(Math.min(low, high));
    if (low !== high) draw(Math.max(low, high));
  }
  return parts.join("");
}

/** Where a column has its lowest and its highest point: no narrow spike gets lost. */
function extremesOf(values: Float32Array, from: number, to: number): { low: number; high: number } {
  let [low, high] = [from, from];
  for (let at = from; at < to; at += 1) {
    if ((values[at] ?? 0) < (values[low] ?? 0)) low = at;
    if ((values[at] ?? 0) > (values[high] ?? 0)) high = at;
  }
  return { low, high };
}
