"use client";

import { useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SheetInput } from "@/components/ui/sheet-input";
import type { TypedLine } from "@/lib/desk/first-lines";
import type { TakenLines } from "@/lib/desk/take-lines";
import { SHEET_BYTES_MAX } from "@/lib/records/sheet";

export interface ImportWords {
  file: string;
  hint: string;
  take: string;
  taking: string;
  failed: string;
  tooLarge: string;
  faults: string;
  row: string;
  column: string;
  text: string;
  problem: string;
}

export type ReadLines = (form: FormData) => Promise<TakenLines>;

interface LineImportProps {
  words: ImportWords;
  read: ReadLines;
  /** The rows of the sheet, to stand behind those that are there. */
  onLines: (lines: readonly TypedLine[]) => void;
}

/** Brings the lines of a sheet into the form: behind what was typed, with a table of what is wrong in which cell. */
export function LineImport({ words, read, onLines }: LineImportProps) {
  const box = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<TakenLines | "failed" | null>(null);
  const [isTaking, startTaking] = useTransition();
  const take = () => {
    const input = box.current?.querySelector<HTMLInputElement>("input[type=file]");
    const currency = input?.form?.elements.namedItem("currency");
    if (!input?.reportValidity()) return;
    const form = new FormData();
    if (input.files?.[0]) form.set("sheet", input.files[0]);
    if (currency instanceof HTMLSelectElement) form.set("currency", currency.value);
    startTaking(async () => {
      // Whatever fails on the way, the form with everything typed stays and says so.
      const taken = await read(form).catch(() => "failed" as const);
      setTold(taken);
      if (taken === "failed" || taken.lines.length === 0) return;
      onLines(taken.lines);
      input.value = "";
    });
  };
  return (
    <div ref={box} className="space-y-gap border-t border-line pt-gap">
      <div className="flex flex-wrap items-end gap-gap">
        <label className="min-w-0">
          <span className="field-label">{words.file}</span>
          <SheetInput bytesMax={SHEET_BYTES_MAX} tooLarge={words.tooLarge} />
        </label>
        <Button onClick={take} disabled={isTaking}>
          {isTaking ? words.taking : words.take}
        </Button>
      </div>
      <p className="field-hint">{words.hint}</p>
      {told === null ? null : (
        <Notice tone={told === "failed" || told.lines.length === 0 ? "danger" : toneOf(told)} live>
          <p>{told === "failed" ? words.failed : told.message}</p>
          {told === "failed" || told.faults.length === 0 ? null : (
            <Faults faults={told.faults} words={words} />
          )}
        </Notice>
      )}
    </div>
  );
}

function toneOf({ faults }: TakenLines): "good" | "attention" {
  return faults.length === 0 ? "good" : "attention";
}

function Faults({ faults, words }: { faults: TakenLines["faults"]; words: ImportWords }) {
  const cell = "border-t border-line py-1 pe-gap text-start align-top";
  return (
    <div className="overflow-x-auto">
      <table className="mt-gap w-full">
        <caption className="sr-only">{words.faults}</caption>
        <thead>
          <tr>
            {[words.row, words.column, words.text, words.problem].map((word) => (
              <th key={word} scope="col" className="pe-gap text-start">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <tr key={`${fault.row} ${fault.column} ${fault.problem}`}>
              <td className={`${cell} tabular`}>{fault.row === 0 ? "–" : fault.row}</td>
              <td className={cell}>
                <bdi>{fault.column || "–"}</bdi>
              </td>
              <td className={`${cell} break-words`}>
                <bdi>{fault.text || "–"}</bdi>
              </td>
              <td className={cell}>{fault.problem}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
