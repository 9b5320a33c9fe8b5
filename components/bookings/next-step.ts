import type { BookingView } from "@/lib/bookings/views/booking";

type Item = BookingView["plan"][number];

/** Whether this instalment can be paid now: the deposit after the signatures, the rest once the day is confirmed. */
export function isPayable(booking: Pick<BookingView, "state">, item: Item): boolean {
  if (item.open.amount <= 0 || item.state === "cancelled") return false;
  return item.kind === "deposit"
    ? booking.state === "awaiting_deposit"
    : booking.state === "confirmed" || booking.state === "completed";
}

export type NextStep = { step: "sign" | "wait" | "plan" } | { step: "pay"; item: Item };

/** The one thing the patient does next with a booking. */
export function nextStepOf(booking: BookingView): NextStep {
  if (booking.state === "held") return { step: "sign" };
  const item = booking.plan.find((each) => isPayable(booking, each));
  if (item) return { step: "pay", item };
  return { step: booking.state === "awaiting_centre" ? "wait" : "plan" };
}
