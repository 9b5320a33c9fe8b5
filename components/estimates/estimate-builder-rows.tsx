"use client";

import { useEffect, useRef, useState } from "react";
import {
  EstimateBuilderRow,
  type RowChoices,
  type RowWords,
} from "@/components/estimates/estimate-builder-row";
import { type ImportWords, LineImport, type ReadLines } from "@/components/estimates/line-import";
import { Button } from "@/components/ui/button";
import { FIELDS_COME, type KeptFields } from "@/components/ui/kept-fields";
import type { TypedLine } from "@/lib/desk/first-lines";

interface EstimateBuilderRowsProps {
  first: readonly TypedLine[];
  words: RowWords & { add: string };
  choices: RowChoices;
  sheet: { words: ImportWords; read: ReadLines };
}

const EMPTY: TypedLine = {
  contract: "B",
  kind: "other",
  label: "",
  quantity: "1",
  unit: "piece",
  low: "",
  expected: "",
  high: "",
  cause: "",
  optional: false,
  device: "",
};

/** The lines of an estimate: rows come and go by hand, everything else is an ordinary form. */
export function EstimateBuilderRows({ first, words, choices, sheet }: EstimateBuilderRowsProps) {
  const [rows, setRows] = useState(() => first.map((line, place) => ({ line, place })));
  const [next, setNext] = useState(first.length);
  const box = useRef<HTMLDivElement>(null);

  // Lines that were written before and not sent come back: each needs its row.
  useEffect(() => {
    const form = box.current?.closest("form");
    const make = (event: Event) => {
      const places = event instanceof CustomEvent ? placesOf(event.detail as KeptFields) : [];
      if (places.length === 0) return;
      setRows(places.map((place) => ({ place, line: first[place] ?? EMPTY })));
      setNext((old) => Math.max(old, ...places.map((place) => place + 1)));
    };
    form?.addEventListener(FIELDS_COME, make);
    return () => form?.removeEventListener(FIELDS_COME, make);
  }, [first]);

  // A line that came or went changes the form as typing does: whoever listens to it hears of it.
  const shown = useRef(rows);
  useEffect(() => {
    if (shown.current === rows) return;
    shown.current = rows;
    box.current?.dispatchEvent(new Event("input", { bubbles: true }));
  }, [rows]);

  const add = () => {
    setRows([...rows, { line: EMPTY, place: next }]);
    setNext(next + 1);
  };
  const take = (lines: readonly TypedLine[]) => {
    setRows([...rows, ...lines.map((line, index) => ({ line, place: next + index }))]);
    setNext(next + lines.length);
  };
  return (
    <div ref={box} className="space-y-gap">
      <ul className="divide-y divide-line border-y border-line">
        {rows.map(({ line, place }, index) => (
          <li key={place}>
            <EstimateBuilderRow
              place={place}
              shown={index + 1}
              line={line}
              words={words}
              choices={choices}
              remove={rows.length > 1 ? () => setRows(rows.filter((row) => row.place !== place)) : null}
            />
          </li>
        ))}
      </ul>
      <Button onClick={add}>{words.add}</Button>
      <LineImport words={sheet.words} read={sheet.read} onLines={take} />
    </div>
  );
}

/** The places of the lines among kept fields: "lines.3.low" stands at 3. */
function placesOf(fields: KeptFields): number[] {
  const places = Object.keys(fields).flatMap((name) => /^lines\.(\d+)\./.exec(name)?.[1] ?? []);
  return [...new Set(places.map(Number))].toSorted((one, other) => one - other);
}
