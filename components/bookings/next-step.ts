import type { BookingView } from "@/lib/bookings/views/booking";
import type { StatementView } from "@/lib/payments/statement-view";

/** A booking as its payer reads it: with what their bank took of it or asks for, where it did. */
export type PayerBooking = BookingView & { taken?: StatementView["taken"] | null };

type Item = BookingView["plan"][number];

/** Whether this instalment can be paid now: the deposit after the signatures, the rest once the day is confirmed. */
export function isPayable(booking: Pick<BookingView, "state">, item: Item): boolean {
  if (item.open.amount <= 0 || item.state === "cancelled" || item.isOnItsWay) return false;
  return item.kind === "deposit"
    ? booking.state === "awaiting_deposit"
    : booking.state === "confirmed" || booking.state === "completed";
}

/** Minor units paid and still open; what was waived or cancelled counts for neither. What a bank took is not paid any more. */
export function sumsOfPlan({ plan, taken }: Pick<PayerBooking, "plan" | "taken">): {
  paid: number;
  open: number;
} {
  const asked = plan.filter((item) => item.state !== "cancelled" && item.state !== "waived");
  return {
    paid: plan.reduce((all, item) => all + item.paid.amount, 0) - (taken?.lost.amount ?? 0),
    open: asked.reduce((all, item) => all + item.open.amount, 0) + (taken?.again.amount ?? 0),
  };
}

export type NextStep =
  | { step: "sign" | "wait" | "plan" }
  | { step: "pay"; item: Item }
  | { step: "again"; amount: number };

/** The one thing the patient does next with a booking. */
export function nextStepOf(booking: PayerBooking): NextStep {
  if (booking.state === "held") return { step: "sign" };
  const again = (booking.taken?.owed ?? []).reduce((sum, { amount }) => sum + amount.amount, 0);
  if (again > 0) return { step: "again", amount: again };
  const item = booking.plan.find((each) => isPayable(booking, each));
  if (item) return { step: "pay", item };
  return { step: booking.state === "awaiting_centre" ? "wait" : "plan" };
}
