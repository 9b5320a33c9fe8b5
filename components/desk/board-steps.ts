export type BoardStep = "up" | "down" | "forward" | "back" | "first" | "last";

/** Where a key leads on a board read in this direction; null for every other key. */
export function boardStepOf(key: string, isRtl: boolean): BoardStep | null {
  const [right, left] = isRtl ? (["back", "forward"] as const) : (["forward", "back"] as const);
  const steps: Readonly<Record<string, BoardStep>> = {
    ArrowUp: "up",
    k: "up",
    ArrowDown: "down",
    j: "down",
    ArrowRight: right,
    ArrowLeft: left,
    Home: "first",
    End: "last",
  };
  return steps[key] ?? null;
}

/** The card a step leads to, by the ids of all columns; the same one at an edge. Empty columns are passed over. */
export function cardBeside(columns: readonly (readonly string[])[], id: string, step: BoardStep): string {
  const at = columns.findIndex((cards) => cards.includes(id));
  const column = columns[at] ?? [];
  const row = column.indexOf(id);
  if (step === "first") return column[0] ?? id;
  if (step === "last") return column.at(-1) ?? id;
  if (step === "up") return column[row - 1] ?? id;
  if (step === "down") return column[row + 1] ?? id;
  const ahead = step === "forward" ? columns.slice(at + 1) : columns.slice(0, Math.max(0, at)).toReversed();
  const other = ahead.find((cards) => cards.length > 0) ?? [];
  return other[Math.min(row, other.length - 1)] ?? id;
}

/** The card that takes the place of one that leaves its column: the next one, else the one before. */
export function cardAfter(columns: readonly (readonly string[])[], id: string): string | null {
  const column = columns.find((cards) => cards.includes(id)) ?? [];
  const row = column.indexOf(id);
  return column[row + 1] ?? column[row - 1] ?? null;
}
