import { NOTHING, type Machine, type Snapshot, type Thing } from "./world";

/** Chosen by state first, so that rare states are met as often as common ones. */
export function targetOf(seen: Snapshot, machine: Machine, target: number): Thing | null {
  const byState = Map.groupBy(seen[machine], (thing) => thing.state);
  const states = [...byState.keys()].toSorted();
  const things = byState.get(states[target % Math.max(states.length, 1)] ?? "") ?? [];
  return things[Math.floor(target / 100) % Math.max(things.length, 1)] ?? null;
}

/** What usually comes next for somebody: keeps stories going where chance alone would seldom get. */
export function nextOf(seen: Snapshot, target: number, dice: number): { name: string; on: Thing } {
  const cases = [...new Set(seen.booking.map((thing) => thing.caseId))];
  const caseId = cases[target % 3];
  const booking = seen.booking.findLast((thing) => thing.caseId === caseId);
  const payment = seen.payment.findLast(
    (thing) => thing.bookingId === booking?.id && thing.state === "requires_action",
  );
  const calculated = seen.refund.find(
    (thing) => thing.bookingId === booking?.id && thing.state === "calculated",
  );
  const disputed = seen.payment.find((thing) => thing.state === "disputed");
  const captured = seen.payment.find((thing) => thing.state === "succeeded");
  if (dice % 6 === 0) return nextOfOpinion(seen, target, dice);
  const late = lateOf(seen);
  if (late && dice % 3 > 0) return { name: AFTER_LATE[dice % AFTER_LATE.length] ?? "work_all", on: late };
  if (!booking) return { name: "hold", on: NOTHING };
  if (disputed && dice % 3 === 0)
    return { name: dice % 2 ? "dispute_is_won" : "dispute_is_lost", on: disputed };
  if (captured && dice % 13 === 0)
    return { name: dice % 2 ? "dispute_opens" : "part_is_disputed", on: captured };
  if (calculated && dice % 2 > 0) return { name: "approve", on: calculated };
  if (payment) return { name: PAYING[dice % PAYING.length] ?? "reconcile", on: payment };
  const names = USUAL[booking.state] ?? [];
  return { name: names[dice % names.length] ?? "work_all", on: booking };
}

/** A captured payment of a booking that is gone, of which nothing goes back yet. */
function lateOf(seen: Snapshot): Thing | undefined {
  const gone = new Set(seen.booking.filter(({ state }) => state === "cancelled").map(({ id }) => id));
  return seen.payment.find(
    ({ caseId, bookingId, state }) =>
      gone.has(bookingId) &&
      ["succeeded", "disputed", "won"].includes(state) &&
      !seen.refund.some((refund) => refund.caseId === caseId),
  );
}

/** Its payer's bank may be faster than whoever follows it. */
const AFTER_LATE = ["part_is_taken", "hear_banks", "part_is_taken", "hear_banks", "work_one"];

/** The way of a second opinion, for one of those who asked. */
function nextOfOpinion(seen: Snapshot, target: number, dice: number): { name: string; on: Thing } {
  const opinion = seen.opinion.findLast((_one, index) => (index + target) % 2 === 0);
  if (!opinion) return { name: "opinion_ordered", on: NOTHING };
  const page = seen.payment.findLast(
    (thing) => thing.caseId === opinion.caseId && thing.state === "requires_action",
  );
  if (page) return { name: PAYING[(dice >> 1) % PAYING.length] ?? "reconcile", on: page };
  const names = USUAL_OF_OPINION[opinion.state] ?? [];
  const name = names[(dice >> 1) % Math.max(names.length, 1)];
  return name ? { name, on: opinion } : { name: "opinion_ordered", on: NOTHING };
}

const USUAL_OF_OPINION: Record<string, readonly string[]> = {
  awaiting_payment: ["opinion_page", "opinion_page", "opinion_transfer_comes"],
  paid: ["opinion_asked", "opinion_answered", "opinion_signed", "opinion_is_looked_at"],
  delivered: ["opinion_released"],
  released: ["opinion_paid_out"],
  paid_out: ["payout_returned", "opinion_loss_noted"],
};

const PAYING = [
  ...["pay_by_card", "pay_by_card", "pay_by_card", "reconcile", "reconcile", "debit", "pay_refund_pends"],
  ...[
    "pay_refund_fails",
    "secure_paid",
    "back_from_page",
    "pay_too_late",
    "pay_too_late",
    "debit_that_bounces",
  ],
];
const USUAL: Record<string, readonly string[]> = {
  held: ["sign_a", "sign_b", "sign_a", "sign_b", "move"],
  awaiting_deposit: ["start_page", "start_page", "start_page", "transfer_comes"],
  awaiting_centre: ["confirm"],
  confirmed: [
    "start_page",
    "start_page",
    "start_part_page",
    "transfer_differs",
    "start_page",
    "propose_change",
    "accept_change",
    "propose_change",
    "accept_change",
    "complete",
    "desk_cancels",
    "reconcile",
    "work_all",
    "invoiced",
  ],
  cancelled: ["hold_again", "work_all", "invoiced", "fee_earned", "credited"],
  completed: ["start_page", "work_all", "invoiced"],
};
