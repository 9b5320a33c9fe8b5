import { z } from "zod";
import { CHANGE_REASONS } from "@/lib/bookings/price-change";
import { type ProposeChangeForm, proposeChangeForm } from "@/lib/payments/forms";
import type { Currency } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { whyNoSum } from "./no-sum";
import { momentAt } from "./journey";

const typedLine = z.object({
  lineId: z.string().optional(),
  was: z.string().optional(),
  kind: z.string().optional(),
  label: z.string().optional(),
  amount: z.string().default(""),
  cause: z.string().optional(),
});

export const NOTHING_DIFFERS =
  "Nothing differs from what is booked. Change the sum of a line, write 0 to drop it, or fill in a new line; then send again.";

interface ChangeOf {
  bookingId: string;
  currency: Currency;
  /** The zone of the centre: an emergency is told by its clock. */
  timeZone: string;
}

/** A typed change: sums in major units; a line left at its sum, or a new one left empty, is not part of it. */
export function typedChangeForm({ bookingId, currency, timeZone }: ChangeOf) {
  return z
    .object({
      contract: z.enum(["A", "B"]).default("A"),
      reason: z.enum(CHANGE_REASONS, { error: "Please fill this in." }),
      explanation: z.string({ error: "Please fill this in." }),
      validHours: z.coerce.number().optional(),
      lines: z.array(typedLine).default([]),
      isEmergency: z.literal("on").optional(),
      emergency: z.record(z.string(), z.string()).default({}),
    })
    .transform(({ lines, isEmergency, emergency, ...form }, context): ProposeChangeForm => {
      const changed = lines.flatMap((line, place) => (isAsBooked(line, currency) ? [] : [{ line, place }]));
      if (changed.length === 0)
        context.addIssue({ code: "custom", path: ["lines"], message: NOTHING_DIFFERS });
      const proposed = changed.map(({ line, place }) => {
        const amount = minorOf(line.amount, currency);
        const say = (field: string, message: string) =>
          context.addIssue({ code: "custom", path: ["lines", place, field], message });
        if (amount === null) say("amount", whyNoSum(line.amount, currency));
        if (!line.cause) say("cause", "Please fill this in.");
        if (!line.lineId && !line.kind) say("kind", "Please fill this in.");
        const named = line.lineId ? { lineId: line.lineId } : { kind: line.kind, label: line.label };
        return { ...named, amount: amount ?? 0, cause: line.cause ?? "–" };
      });
      if (context.issues.length > 0) return z.NEVER;
      const read = proposeChangeForm.safeParse({
        ...{ ...form, bookingId, lines: proposed },
        ...(isEmergency ? { emergency: happened(emergency, timeZone) } : {}),
      });
      if (read.success) return read.data;
      // The form behind counts only the lines that change; here each stands where it was typed.
      for (const { path, message } of read.error.issues) {
        const [list, nth, ...rest] = path;
        const place = list === "lines" && typeof nth === "number" ? changed[nth]?.place : undefined;
        const at = place === undefined ? path : ["lines", place, ...rest];
        context.addIssue({ code: "custom", path: [...at], message });
      }
      return z.NEVER;
    });
}

/** Where the line stood in the typed form that a proposal counts as its nth, "lines.1.amount": only those that change are proposed. */
export function typedPath(path: string, typed: unknown, currency: Currency): string | null {
  const nth = /^lines\.(\d+)\./.exec(path)?.[1];
  const read = z.object({ lines: z.array(typedLine) }).safeParse(typed);
  if (nth === undefined || !read.success) return null;
  const changed = read.data.lines.flatMap((line, place) => (isAsBooked(line, currency) ? [] : [place]));
  const place = changed[Number(nth)];
  return place === undefined ? null : `lines.${place}.amount`;
}

/** A booked line whose sum is what it was, however it is written, or a new one nobody began. */
function isAsBooked(line: z.output<typeof typedLine>, currency: Currency): boolean {
  const { lineId, was = "", amount } = line;
  if (!lineId) return Object.values(line).every((typed) => typed === "");
  return amount.trim() === was || (minorOf(was, currency) ?? NaN) === minorOf(amount, currency);
}

function happened({ happenedAt, doctor = "", reason = "" }: Record<string, string>, timeZone: string) {
  const moment = momentAt(happenedAt, timeZone);
  return { happenedAt: typeof moment === "string" ? moment : "", doctor, reason };
}
