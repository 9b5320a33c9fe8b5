"use client";

import {
  type FocusEvent,
  type KeyboardEvent,
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { useRefusal } from "@/components/ui/form-context";
import { type FormAction, IDLE } from "@/components/ui/form-state";
import { whatHinders } from "@/components/ui/send-guard";

export interface CapacityCellView {
  /** The name of the number, of its day and its treatment. */
  name: string;
  /** The day, the treatment and what is taken, in words. */
  label: string;
  /** The number that stands there now; empty where nothing is offered. */
  shown: string;
  /** How many are taken, in words and in short; empty for none. */
  note: string;
  noteShort: string;
  isPast: boolean;
  isWeekend: boolean;
}

export interface CapacityWords {
  saving: string;
  saved: string;
  offline: string;
  signed_out: string;
}

interface CapacityRowProps {
  name: string;
  cells: readonly CapacityCellView[];
  /** Its place among all rows of the page, for the arrow keys. */
  place: number;
  action: FormAction;
  words: CapacityWords;
}

/** The places of one treatment in one week. What was typed is sent when the row is left, or at Enter. */
export function CapacityRow({ name, cells, place, action, words }: CapacityRowProps) {
  const { values, type, send, told, wrong } = useRow(cells, action, words);
  const leave = (event: FocusEvent<HTMLTableRowElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) send();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") send();
  };
  return (
    <tr
      role="row"
      onBlur={leave}
      onKeyDown={press}
      className="border-b border-line max-sm:grid max-sm:grid-cols-7 max-sm:gap-1 max-sm:py-2"
    >
      <th
        role="rowheader"
        scope="row"
        className="py-1.5 pe-cell text-start align-top font-normal max-sm:col-span-7"
      >
        {name}
        <span role="status" className="block text-sm text-ink-soft">
          {told}
        </span>
      </th>
      {cells.map((cell, column) => (
        <td
          role="cell"
          key={cell.name}
          className={`p-1 align-top max-sm:p-0 ${cell.isWeekend ? "bg-primary-tint/60" : ""}`}
        >
          <input type="hidden" name={`${cell.name}/shown`} value={cell.shown} />
          <input
            type="text"
            inputMode="numeric"
            name={cell.name}
            aria-label={cell.label}
            aria-invalid={wrong.has(cell.name) || undefined}
            disabled={cell.isPast}
            data-place={`${place} ${column}`}
            value={values[cell.name] ?? ""}
            onChange={(event) => type(cell.name, event.target.value)}
            dir="ltr"
            maxLength={3}
            className={`control px-1 text-center ${cell.isPast ? "border-transparent bg-transparent" : ""}`}
          />
          {cell.note === "" ? null : (
            <span aria-hidden className="block text-center text-sm text-ink-soft">
              <span className="max-sm:hidden">{cell.note}</span>
              <span className="sm:hidden">{cell.noteShort}</span>
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}

function useRow(cells: readonly CapacityCellView[], action: FormAction, words: CapacityWords) {
  const refusal = useRefusal();
  const first = Object.fromEntries(cells.map(({ name, shown }) => [name, refusal.values[name] ?? shown]));
  const [values, setValues] = useState<Readonly<Record<string, string>>>(first);
  const [told, setTold] = useState("");
  const [wrong, setWrong] = useState<ReadonlySet<string>>(() => new Set(Object.keys(refusal.errors)));
  const kept = useRef(Object.fromEntries(cells.map(({ name, shown }) => [name, shown])));
  const isBusy = useRef(false);

  const send = useCallback(() => {
    const changed = cells.filter(({ name, isPast }) => !isPast && values[name] !== kept.current[name]);
    if (changed.length === 0 || isBusy.current) return;
    isBusy.current = true;
    setTold(words.saving);
    const form = new FormData();
    for (const { name } of changed) {
      form.set(name, values[name] ?? "");
      form.set(`${name}/shown`, kept.current[name] ?? "");
    }
    startTransition(async () => {
      const hindrance = await whatHinders();
      const answer = hindrance === null ? await action(IDLE, form) : null;
      isBusy.current = false;
      if (answer?.status === "done") for (const { name } of changed) kept.current[name] = values[name] ?? "";
      startTransition(() => {
        setWrong(new Set(answer?.status === "refused" ? Object.keys(answer.errors ?? {}) : []));
        setTold(
          hindrance === null
            ? answer?.status === "refused"
              ? answer.message
              : words.saved
            : words[hindrance],
        );
      });
    });
  }, [action, cells, values, words]);

  // What could not be sent is sent when the line is back.
  useEffect(() => {
    window.addEventListener("online", send);
    return () => window.removeEventListener("online", send);
  }, [send]);

  const type = (name: string, value: string) => setValues((before) => ({ ...before, [name]: value }));
  return { values, type, send, told, wrong };
}
