import type { BookingView } from "@/lib/bookings/views/booking";

type Item = BookingView["plan"][number];

/** Whether this instalment can be paid now: the deposit after the signatures, the rest once the day is confirmed. */
export function isPayable(booking: Pick<BookingView, "state">, item: Item): boolean {
  if (item.open.amount <= 0 || item.state === "cancelled") return false;
  return item.kind === "deposit"
    ? booking.state === "awaiting_deposit"
    : booking.state === "confirmed" || booking.state === "completed";
}

/** Minor units paid and still open; what was waived or cancelled counts for neither. */
export function sumsOfPlan({ plan }: Pick<BookingView, "plan">): { paid: number; open: number } {
  const asked = plan.filter((item) => item.state !== "cancelled" && item.state !== "waived");
  return {
    paid: plan.reduce((all, item) => all + item.paid.amount, 0),
    open: asked.reduce((all, item) => all + item.open.amount, 0),
  };
}

export type NextStep = { step: "sign" | "wait" | "plan" } | { step: "pay"; item: Item };

/** The one thing the patient does next with a booking. */
export function nextStepOf(booking: BookingView): NextStep {
  if (booking.state === "held") return { step: "sign" };
  const item = booking.plan.find((each) => isPayable(booking, each));
  if (item) return { step: "pay", item };
  return { step: booking.state === "awaiting_centre" ? "wait" : "plan" };
}
