"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { KeyboardEvent } from "react";

export interface PaletteOption {
  id: string;
  label: string;
  hint?: string;
  run: () => void;
}

export interface PaletteSection {
  title: string;
  options: readonly PaletteOption[];
}

interface PaletteListProps {
  words: string;
  setWords: (words: string) => void;
  sections: readonly PaletteSection[];
  /** Whether an answer to these words is still on its way. */
  isAsking: boolean;
  isLost: boolean;
  close: () => void;
}

/** One field and the list it rules: the arrows walk the list while the hand stays on the letters. */
export function PaletteList({ words, setWords, sections, isAsking, isLost, close }: PaletteListProps) {
  const t = useTranslations("palette");
  const id = useId();
  const options = sections.flatMap((section) => section.options);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(
    0,
    options.findIndex((option) => option.id === chosen),
  );
  const active = options[at];
  const step = (by: number) => {
    const next = options.at((at + by) % options.length);
    setChosen(next?.id ?? null);
    document.getElementById(`${id}-${next?.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && active !== undefined) pick(active);
    else return;
    event.preventDefault();
  };
  const pick = (option: PaletteOption) => {
    close();
    option.run();
  };
  const state = isLost ? t("lost") : isAsking ? t("asking") : t("count", { count: options.length });
  return (
    <div data-density="dense">
      <input
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
        aria-label={t("title")}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        dir="auto"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(null);
        }}
        onKeyDown={press}
        className="w-full border-b-2 border-line bg-card px-4 py-3 text-md outline-none focus-visible:border-primary"
      />
      <p id={`${id}-hint`} className="px-5 pt-2 text-sm text-ink-soft">
        {t("hint")}
      </p>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("results")}
        className="max-h-[60dvh] overflow-y-auto p-2"
      >
        {sections.map((section, index) => (
          <div key={section.title} role="group" aria-labelledby={`${id}-title-${index}`} className="pb-2">
            <p id={`${id}-title-${index}`} role="presentation" className="px-3 py-1 text-sm text-ink-soft">
              <bdi>{section.title}</bdi>
            </p>
            {section.options.map((option) => (
              <Option
                key={option.id}
                id={`${id}-${option.id}`}
                option={option}
                isActive={option === active}
                pick={pick}
              />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="border-t border-line px-4 py-2 text-sm text-ink-soft">
        {state}
      </p>
    </div>
  );
}

interface OptionProps {
  id: string;
  option: PaletteOption;
  isActive: boolean;
  pick: (option: PaletteOption) => void;
}

function Option({ id, option, isActive, pick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => pick(option)}
      onKeyDown={(event) => {
        if (event.key === "Enter") pick(option);
      }}
      className="flex min-h-control cursor-pointer flex-wrap items-baseline gap-x-3 rounded-md border-s-4 border-transparent px-3 py-1.5 hover:bg-primary-tint aria-selected:border-primary aria-selected:bg-primary-tint"
    >
      <bdi className="font-semibold">{option.label}</bdi>
      {option.hint === undefined ? null : (
        <span dir="auto" className="min-w-0 text-sm text-ink-soft">
          {option.hint}
        </span>
      )}
    </div>
  );
}
