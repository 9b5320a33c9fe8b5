import { BOOKING_STATES } from "@/lib/bookings/booking";
import { PAYMENT_STATES } from "@/lib/payments/payment";
import { REFUND_STATES } from "@/lib/payments/refund";
import { OPINION_STATES } from "@/lib/reviews/opinion";
import type { Machine } from "./world";

const RETURN_STATES = ["proposed", "approved", "sent", "refused", "withdrawn"];

export const STATES: Record<Machine, readonly string[]> = {
  booking: BOOKING_STATES,
  payment: PAYMENT_STATES,
  refund: REFUND_STATES,
  opinion: OPINION_STATES,
  return: RETURN_STATES,
  mark: ["stands", "withdrawn"],
};

/** A bank says yes or no to what it was asked, and asks again for what it was refused. */
const CONTESTED = ["won>disputed", "won>lost"];
const LOOKED_AT = ["awaiting_payment>cancelled", "paid>delivered", "paid>returned"];

/**
 * The model: where a thing may stand after a step that was done to it, beside where it stood. What is not named here
 * leaves everything as it is.
 */
const ENDS = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"];

export const MOVES: Record<Machine, Record<string, readonly string[]>> = {
  booking: {
    // Whoever holds anew meets a hold whose time is over as gone.
    hold_again: ["held>cancelled", "awaiting_deposit>cancelled"],
    // A hold stays one on its new day; of a paid booking the centre is asked again.
    move: ["confirmed>awaiting_centre"],
    sign_a: ["held>awaiting_deposit"],
    sign_b: ["held>awaiting_deposit"],
    // A page that ran out is asked about before the next one opens: it may have been paid.
    start_page: ["awaiting_deposit>awaiting_centre"],
    start_part_page: ["awaiting_deposit>awaiting_centre"],
    transfer_comes: ["awaiting_deposit>awaiting_centre"],
    transfer_differs: ["awaiting_deposit>awaiting_centre"],
    transfer_is_matched: ["awaiting_deposit>awaiting_centre"],
    confirm: ["awaiting_centre>confirmed"],
    complete: ["confirmed>completed"],
    patient_cancels: ENDS.map((state) => `${state}>cancelled`),
    centre_declines: ENDS.map((state) => `${state}>cancelled`),
    desk_cancels: ENDS.map((state) => `${state}>cancelled`),
    withdraw: ["held>cancelled", "awaiting_deposit>cancelled", "awaiting_centre>cancelled"],
  },
  payment: {
    // Asking about a page tells what became of it.
    back_from_page: [
      ...[
        "created>requires_action",
        "created>processing",
        "created>succeeded",
        "created>failed",
        "created>expired",
      ],
      ...[
        "requires_action>processing",
        "requires_action>succeeded",
        "requires_action>failed",
        "requires_action>expired",
      ],
      ...["processing>succeeded", "processing>failed", "failed>succeeded", "expired>succeeded"],
    ],
  },
  refund: {
    approve: ["calculated>approved", "failed>approved"],
    refuse: ["calculated>refused"],
    send_refund: [
      ...["approved>sent", "approved>settled", "approved>failed", "sent>settled", "sent>failed"],
      // It failed, and the payer's bank took the payment before.
      ...["approved>refused", "sent>refused"],
    ],
    send_by_bank: ["approved>settled", "sent>settled", "failed>settled"],
  },
  opinion: {
    // A page that ran out may have been paid.
    opinion_page: ["awaiting_payment>paid"],
    opinion_called_off: ["awaiting_payment>cancelled", "paid>returned"],
    opinion_is_looked_at: LOOKED_AT,
    opinion_time_is_over: LOOKED_AT,
    opinion_released: ["delivered>released"],
    opinion_paid_out: ["released>paid_out"],
    payout_returned: ["paid_out>released"],
    opinion_transfer_comes: ["awaiting_payment>paid"],
    opinion_transfer_is_matched: ["awaiting_payment>paid"],
  },
  return: {
    return_approved: ["proposed>approved"],
    return_refused: ["proposed>refused"],
    return_withdrawn: ["approved>withdrawn"],
    return_sent: ["approved>sent"],
  },
  mark: { mark_withdrawn: ["stands>withdrawn"] },
};

/** What the clock, the worker and the news of the provider may move, whatever the step was about. */
export const BESIDE: Record<Machine, readonly string[]> = {
  booking: [
    "held>cancelled",
    "awaiting_deposit>cancelled",
    "awaiting_deposit>awaiting_centre",
    "cancelled>awaiting_centre",
  ],
  payment: [
    ...[
      "created>requires_action",
      "created>processing",
      "created>succeeded",
      "created>failed",
      "created>expired",
    ],
    ...[
      "requires_action>processing",
      "requires_action>succeeded",
      "requires_action>failed",
      "requires_action>expired",
    ],
    ...["processing>succeeded", "processing>failed", "failed>succeeded", "expired>succeeded"],
    ...CONTESTED,
    ...["succeeded>disputed", "disputed>won", "disputed>lost", "succeeded>won", "succeeded>lost"],
    // Told of in one step: asked, paid and disputed meanwhile.
    ...["requires_action>disputed", "requires_action>won", "requires_action>lost"],
    ...["expired>disputed", "expired>won", "expired>lost", "failed>disputed", "failed>won", "failed>lost"],
    ...[
      "processing>disputed",
      "processing>won",
      "processing>lost",
      "created>disputed",
      "created>won",
      "created>lost",
    ],
  ],
  refund: [
    ...[
      "approved>sent",
      "approved>settled",
      "approved>failed",
      "sent>settled",
      "sent>failed",
      "settled>failed",
    ],
    // What the payer's bank took for good pays what was owed or asked for, also what has just failed or come back.
    ...["calculated>refused", "approved>refused", "sent>refused", "failed>refused", "settled>refused"],
  ],
  opinion: [
    ...LOOKED_AT,
    "awaiting_payment>paid",
    // Paid, and looked at or taken back by the payer's bank meanwhile.
    ...["awaiting_payment>returned", "awaiting_payment>delivered"],
  ],
  return: [],
  mark: [],
};

/** Steps by which the worker, the clock or the provider's news may move anything. */
export const OF_NOBODY = new Set([
  ...[
    "work_one",
    "work_all",
    "deliver",
    "deliver_backwards",
    "reconcile",
    "tidy",
    "sweep",
    "pay_too_late",
    "hear_banks",
  ],
]);

/** Steps that move other things than the one they are done to, and which. */
export const ALSO: Record<string, Partial<Record<Machine, readonly string[]>>> = {
  // Somebody else's hold that ran out makes room.
  hold: { booking: ["held>cancelled", "awaiting_deposit>cancelled"] },
  hold_again: { booking: ["held>cancelled", "awaiting_deposit>cancelled"] },
  move: { booking: ["held>cancelled", "awaiting_deposit>cancelled"] },
  // A stale page is settled, a lost answer asked for again.
  start_page: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  // A page of another sum is closed first, and may have been paid.
  start_part_page: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  transfer_differs: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  transfer_comes: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  transfer_comes_again: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  transfer_is_matched: {
    booking: ["awaiting_deposit>awaiting_centre"],
    payment: MOVES["payment"]["back_from_page"] ?? [],
  },
  back_from_page: { booking: ["awaiting_deposit>awaiting_centre"], opinion: ["awaiting_payment>paid"] },
  opinion_page: { payment: MOVES["payment"]["back_from_page"] ?? [] },
  // Whoever enters a transfer has the open page closed first.
  opinion_transfer_comes: { payment: MOVES["payment"]["back_from_page"] ?? [] },
  opinion_transfer_is_matched: { payment: MOVES["payment"]["back_from_page"] ?? [] },
  // What was only proposed gives way to what is right now.
  service_delivered: { refund: ["calculated>refused"] },
  cost_kept: { refund: ["calculated>refused"] },
  mark_withdrawn: { refund: ["calculated>refused"] },
};
