"use client";

import { useTranslations } from "next-intl";
import type { Stack, StackGroup } from "@/lib/records/stack";
import { useStackWords } from "./stack-words";

interface StackChoiceProps {
  groups: readonly StackGroup[];
  chosen: Stack;
  /** 0 is the first pane. */
  side: number;
  choose: (stack: Stack) => void;
}

/** Which stack a pane shows while two are compared. */
export function StackChoice({ groups, chosen, side, choose }: StackChoiceProps) {
  const t = useTranslations("viewer");
  const words = useStackWords();
  const all = groups.flatMap(({ stacks }) => stacks);
  const onChoose = (key: string) => {
    const found = all.find((one) => one.key === key);
    if (found) choose(found);
  };
  return (
    <select
      className="room-select room-choice"
      aria-label={t("side", { number: side + 1 })}
      value={chosen.key}
      onChange={(event) => onChoose(event.target.value)}
    >
      {groups.map((group) => (
        <optgroup key={group.study ?? "papers"} label={words.group(group)}>
          {group.stacks.map((stack) => (
            <option key={stack.key} value={stack.key}>
              {`${words.name(stack)} · ${words.count(stack)}`}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
