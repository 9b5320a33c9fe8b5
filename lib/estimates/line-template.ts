import { z } from "zod";
import type { LineForm } from "./forms";

const minor = z.int().nonnegative();

/** A line as it is kept in a template: sums in minor units of the template's currency, for the whole quantity. */
const keptLine = z.object({
  kind: z.string(),
  label: z.string().nullable(),
  quantity: z.number(),
  unit: z.string(),
  low: minor,
  expected: minor,
  high: minor,
  cause: z.string(),
  optional: z.boolean(),
  device: z.string().nullable(),
});
const keptLines = z.array(keptLine).min(1);
export type TemplateLine = z.output<typeof keptLine>;

export function keptTemplate(stored: unknown): TemplateLine[] {
  return keptLines.parse(stored);
}

export function templateLines(lines: readonly LineForm[]): TemplateLine[] {
  return lines.map(({ kind, label, quantity, unit, low, expected, high, cause, optional, device }) => ({
    ...{ kind, label: label ?? null, quantity, unit, cause, optional, device: device ?? null },
    ...{ low: low.amount, expected: expected.amount, high: high.amount },
  }));
}
