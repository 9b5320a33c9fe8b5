"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Stack, StackFile } from "@/lib/records/stack";
import type { Waveform } from "@/lib/records/pixel-waveform";
import type { FrameFault } from "@/lib/records/pixel-samples";
import { EcgSheet } from "./ecg-sheet";
import { FaultWord } from "./fault-word";
import { frameStore } from "./use-frames";

const SPEEDS = [25, 50];
const HEIGHTS = [5, 10, 20];

/** The curves of an ECG on millimetre paper, at the speed and height one asks for. */
export function EcgPane({ stack }: { stack: Stack }) {
  const t = useTranslations("viewer");
  const [found, setFound] = useState<Waveform[] | FrameFault | null>(null);
  const [speed, setSpeed] = useState(25);
  const [height, setHeight] = useState(10);
  const [file] = stack.files;
  useEffect(() => {
    if (!file) return;
    let isOver = false;
    void curvesOf(file).then((curves) => {
      if (!isOver) setFound(curves);
    });
    return () => {
      isOver = true;
    };
  }, [file]);
  const again = () => {
    setFound(null);
    if (file) void curvesOf(file).then(setFound);
  };
  return (
    <div className="room-pane">
      <div className="room-paper" tabIndex={0} role="group" aria-label={t("ecg", { name: file?.name ?? "" })}>
        {Array.isArray(found) && found[0] ? (
          <EcgSheet waveform={found[0]} mmPerSecond={speed} mmPerMillivolt={height} />
        ) : null}
      </div>
      {found === null ? (
        <p className="room-word" role="status">
          {t("waiting")}
        </p>
      ) : null}
      {typeof found === "string" ? <FaultWord fault={found} recordId={stack.key} again={again} /> : null}
      <p className="flex flex-wrap gap-2 p-2">
        <Scale label={t("ecgSpeed")} unit="mm/s" values={SPEEDS} value={speed} set={setSpeed} />
        <Scale label={t("ecgHeight")} unit="mm/mV" values={HEIGHTS} value={height} set={setHeight} />
      </p>
    </div>
  );
}

async function curvesOf(file: StackFile): Promise<Waveform[] | FrameFault> {
  const facts = await frameStore().facts(file);
  return typeof facts === "string" ? facts : facts.waveforms;
}

interface ScaleProps {
  label: string;
  unit: string;
  values: readonly number[];
  value: number;
  set: (value: number) => void;
}

function Scale({ label, unit, values, value, set }: ScaleProps) {
  return (
    <select
      className="room-select"
      aria-label={label}
      value={value}
      onChange={(event) => set(Number(event.target.value))}
    >
      {values.map((one) => (
        <option key={one} value={one}>
          {`${one} ${unit}`}
        </option>
      ))}
    </select>
  );
}
