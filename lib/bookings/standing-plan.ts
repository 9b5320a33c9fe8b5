import type { BookingView } from "./views/booking";

type Planned = Pick<BookingView, "contracts" | "transfers" | "interpreters" | "shipments" | "services">;

const OFF: readonly string[] = ["cancelled", "replaced"];

/**
 * What of a booked plan still comes or was done. What was called off is none of it, and of a contract B that was
 * withdrawn from only what had begun.
 */
export function standingPlan(booking: Planned): Omit<Planned, "contracts"> {
  const isWithdrawn = booking.contracts.some(({ kind, withdrawnAt }) => kind === "B" && withdrawnAt !== null);
  return {
    transfers: booking.transfers.filter(({ state }) => !OFF.includes(state)),
    interpreters: booking.interpreters.filter(({ state }) => !OFF.includes(state)),
    shipments: booking.shipments.filter(({ state }) => !isWithdrawn || state !== "blocked"),
    services: booking.services.filter(
      ({ contract, deliveredAt }) => !isWithdrawn || contract === "A" || deliveredAt !== null,
    ),
  };
}
