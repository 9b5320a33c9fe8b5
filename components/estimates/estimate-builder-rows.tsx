"use client";

import { useState } from "react";
import {
  EstimateBuilderRow,
  type RowChoices,
  type RowWords,
} from "@/components/estimates/estimate-builder-row";
import { Button } from "@/components/ui/button";
import type { TypedLine } from "@/lib/desk/first-lines";

interface EstimateBuilderRowsProps {
  first: readonly TypedLine[];
  words: RowWords & { add: string };
  choices: RowChoices;
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
export function EstimateBuilderRows({ first, words, choices }: EstimateBuilderRowsProps) {
  const [rows, setRows] = useState(() => first.map((line, place) => ({ line, place })));
  const [next, setNext] = useState(first.length);
  const add = () => {
    setRows([...rows, { line: EMPTY, place: next }]);
    setNext(next + 1);
  };
  return (
    <div className="space-y-gap">
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
    </div>
  );
}
