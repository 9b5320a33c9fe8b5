import { z } from "zod";
import { CHANGE_REASONS } from "@/lib/bookings/price-change";
import { proposeChangeForm } from "@/lib/payments/forms";
import type { Currency } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { momentAt } from "./journey";

const typedLine = z.object({
  lineId: z.string().optional(),
  was: z.string().optional(),
  kind: z.string().optional(),
  label: z.string().optional(),
  amount: z.string().default(""),
  cause: z.string().optional(),
});

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
    .transform(({ lines, isEmergency, emergency, ...form }, context): z.input<typeof proposeChangeForm> => {
      const changed = lines.flatMap((line, index) => {
        const isSame = line.lineId ? line.amount.trim() === line.was : !line.kind && line.amount === "";
        if (isSame) return [];
        const amount = minorOf(line.amount, currency);
        const say = (field: string, message: string) =>
          context.addIssue({ code: "custom", path: ["lines", index, field], message });
        if (amount === null) say("amount", "A sum such as 24500 or 24500.50.");
        if (!line.cause) say("cause", "Please fill this in.");
        if (!line.lineId && !line.kind) say("kind", "Please fill this in.");
        const named = line.lineId ? { lineId: line.lineId } : { kind: line.kind, label: line.label };
        return [{ ...named, amount: amount ?? 0, cause: line.cause ?? "–" }];
      });
      return {
        ...form,
        bookingId,
        lines: changed,
        ...(isEmergency ? { emergency: happened(emergency, timeZone) } : {}),
      };
    })
    .pipe(proposeChangeForm);
}

function happened({ happenedAt, doctor = "", reason = "" }: Record<string, string>, timeZone: string) {
  const moment = momentAt(happenedAt, timeZone);
  return { happenedAt: typeof moment === "string" ? moment : "", doctor, reason };
}
