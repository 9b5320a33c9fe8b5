import { z } from "zod";

/** From how many days before the treatment on a centre keeps how much of its price, in basis points. */
export interface CancellationBand {
  fromDays: number;
  keptBp: number;
}

/** From this many days on every centre gives everything back less what it can prove; its own bands begin below. */
export const FREE_FROM_DAYS = 30;
const BANDS_MAX = 6;

const band = z.object({
  fromDays: z
    .int()
    .min(0)
    .max(FREE_FROM_DAYS - 1),
  keptBp: z.int().min(0).max(10_000),
});

/** The bands of a centre: from early to late, never keeping less the later it is, down to the day itself. */
export const cancellationBandsForm = z
  .array(band)
  .min(1)
  .max(BANDS_MAX)
  .superRefine((bands, context) => {
    for (const [index, { fromDays, keptBp }] of bands.entries()) {
      const before = bands[index - 1];
      if (before && before.fromDays <= fromDays)
        context.addIssue({
          code: "custom",
          path: [index, "fromDays"],
          message: "Each line begins fewer days before the treatment than the one above it.",
        });
      if (before && before.keptBp > keptBp)
        context.addIssue({
          code: "custom",
          path: [index, "keptBp"],
          message: "Whoever cancels later never gets more back.",
        });
    }
    if (bands.at(-1)?.fromDays !== 0)
      context.addIssue({
        code: "custom",
        path: [Math.max(0, bands.length - 1), "fromDays"],
        message: "The last line begins at 0 days, so that the rule covers every day.",
      });
  });

/** What a column holds, as bands. A row that breaks the rule is a fault nobody may calculate with. */
export function bandsOf(column: unknown): CancellationBand[] {
  return cancellationBandsForm.parse(column);
}

/** What the centre keeps of its price this many days before the treatment; null where it keeps only what it proves. */
export function keptBpAt(bands: readonly CancellationBand[], daysBefore: number): number | null {
  if (daysBefore >= FREE_FROM_DAYS) return null;
  return (bands.find((one) => daysBefore >= one.fromDays) ?? bands.at(-1))?.keptBp ?? null;
}

/**
 * The bands in words, for the page of the centre, the comparison and contract A alike. In English: the words of a
 * contract appear only in a language somebody has approved.
 */
export function cancellationSentence(bands: readonly CancellationBand[]): string {
  const parts = bands.map(({ fromDays, keptBp }, index) => {
    const to = (bands[index - 1]?.fromDays ?? FREE_FROM_DAYS) - 1;
    const days = to === fromDays ? `${to} days` : `${to} to ${fromDays} days`;
    return `${fromDays === 0 ? "Later, or if you do not come" : days}: ${keptBp / 100} %.`;
  });
  return `Free of charge until ${FREE_FROM_DAYS} days before, less proven costs. ${parts.join(" ")}`;
}
