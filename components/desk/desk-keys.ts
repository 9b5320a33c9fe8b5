import type { useTranslations } from "next-intl";
import type { KeyGroup } from "@/components/shell/key-help";

type Word =
  | "walk"
  | "open"
  | "list"
  | "step"
  | "take"
  | "undo"
  | "rows"
  | "select"
  | "search"
  | "parts"
  | "next";
type Line = readonly [press: readonly string[], does: Word | "palette" | "help" | "reply" | "send"];

const GROUPS = {
  everywhere: [
    [["Ctrl", "K"], "palette"],
    [["?"], "help"],
  ],
  board: [
    [["j", "k", "←", "→"], "walk"],
    [["Enter"], "open"],
    [["m"], "list"],
    [["Shift", "←", "→"], "step"],
    [["t"], "take"],
    [["u"], "undo"],
  ],
  table: [
    [["j", "k", "↑", "↓"], "rows"],
    [["Enter"], "open"],
    [["x"], "select"],
    [["t"], "take"],
    [["/"], "search"],
  ],
  inbox: [
    [["j", "k", "↑", "↓"], "rows"],
    [["n"], "next"],
    [["r"], "reply"],
    [["Ctrl", "Enter"], "send"],
  ],
  case: [[["1", "…", "9"], "parts"]],
} as const satisfies Record<string, readonly Line[]>;

/** Every key the desk listens to, for the list behind the question mark. */
export function deskKeys(words: ReturnType<typeof useTranslations<"desk">>): KeyGroup[] {
  return Object.entries(GROUPS).map(([title, lines]) => ({
    title: words(`keys.${title as keyof typeof GROUPS}`),
    keys: lines.map(([press, does]) => ({ press, does: words(`keys.${does}`) })),
  }));
}
