import type { Coverage, Pair } from "./coverage";
import type { Fate } from "./fates";
import { type Model, perform } from "./perform";
import { brokenAtRest } from "./rest";
import { STEPS } from "./steps";
import { NOTHING, type World } from "./world";

/** A step of a way; done to the newest thing of its kind. */
export type Stride = string | [name: string, dice: number, fate?: Fate];

const TO_PAGE: readonly Stride[] = ["hold", "sign_a", "sign_b", ["start_page", 1]];
const TO_PAID: readonly Stride[] = [...TO_PAGE, "pay_by_card", "back_from_page"];
const HEAR: readonly Stride[] = ["reconcile", "work_all"];
/** A sum, named by the desk: somebody of finance approves it. */
const PROPOSE: Stride = "propose_refund";
/** The way to an approved refund of what was paid with this card: it is still to be sent. */
export const refundOf = (card: string): readonly Stride[] => [
  ...TO_PAGE,
  card,
  "back_from_page",
  PROPOSE,
  "approve",
];

/** The fee of a second opinion, as somebody pays it who books nothing. */
const TO_FEE: readonly Stride[] = ["opinion_ordered", "opinion_page", "pay_by_card", "back_from_page"];
const TO_ANSWER: readonly Stride[] = [
  ...TO_FEE,
  ...["opinion_asked", "opinion_answered", "opinion_signed", "opinion_is_looked_at"],
];
/** A transfer of another sum than was asked for, and somebody of finance who wants to send it back. */
const TO_RETURN: readonly Stride[] = [
  "hold",
  "sign_a",
  "sign_b",
  ["transfer_comes", 5],
  ["return_proposed", 0],
];
const MARK: readonly Stride[] = ["hold", "service_delivered"];

/** The way to each state of each machine. */
const WAYS: Record<string, readonly Stride[]> = {
  "booking held": ["hold"],
  "booking awaiting_deposit": ["hold", "sign_a", "sign_b"],
  "booking awaiting_centre": TO_PAID,
  "booking confirmed": [...TO_PAID, "confirm"],
  "booking completed": [...TO_PAID, "confirm", "complete"],
  "booking cancelled": ["hold", "patient_cancels"],
  "payment created": ["hold", "sign_a", "sign_b", ["start_page", 1, "dies_before"]],
  "payment requires_action": TO_PAGE,
  "payment processing": [...TO_PAGE, "debit", "back_from_page"],
  "payment succeeded": TO_PAID,
  "payment failed": [...TO_PAGE, "debit_that_bounces", "back_from_page", "seconds_pass", "back_from_page"],
  "payment expired": [...TO_PAGE, "minutes_pass", "back_from_page"],
  "payment disputed": [...TO_PAID, "dispute_opens", ...HEAR],
  "payment won": [...TO_PAID, "dispute_opens", "dispute_is_won", ...HEAR],
  "payment lost": [...TO_PAID, "dispute_opens", "dispute_is_lost", ...HEAR],
  "refund calculated": [...TO_PAID, PROPOSE],
  "refund approved": refundOf("pay_by_card"),
  "refund sent": [...refundOf("pay_refund_pends"), "send_refund"],
  "refund settled": [...refundOf("pay_by_card"), "send_refund"],
  "refund failed": [...refundOf("pay_by_card"), "send_refund", "refund_bounces", ...HEAR],
  "refund refused": [...TO_PAID, PROPOSE, "refuse"],
  "opinion awaiting_payment": ["opinion_ordered"],
  "opinion paid": TO_FEE,
  "opinion delivered": TO_ANSWER,
  "opinion released": [...TO_ANSWER, ["opinion_released", 0]],
  "opinion paid_out": [...TO_ANSWER, ["opinion_released", 0], ["opinion_paid_out", 1]],
  "opinion returned": [...TO_FEE, "opinion_called_off"],
  "opinion cancelled": ["opinion_ordered", "opinion_called_off"],
  "return proposed": TO_RETURN,
  "return approved": [...TO_RETURN, "return_approved"],
  "return sent": [...TO_RETURN, "return_approved", "return_sent"],
  "return refused": [...TO_RETURN, "return_refused"],
  "return withdrawn": [...TO_RETURN, "return_approved", "return_withdrawn"],
  "mark stands": MARK,
  "mark withdrawn": [...MARK, "mark_withdrawn"],
};

/**
 * Goes to every state of every machine and does there what chance has not done yet, until each pair of a state and a step
 * was met. A thing that left its state is made anew.
 */
export async function visitEveryPair(world: World, coverage: Coverage): Promise<void> {
  for (const [place, way] of Object.entries(WAYS)) {
    let left = coverage.missing().filter((pair) => `${pair.about} ${pair.state}` === place);
    while (left.length > 0) {
      const model = await goTo(world, coverage, way);
      const met = await doAll(world, model, coverage, left);
      if (met === 0) throw new Error(`The way to ${place} does not lead there.`);
      const broken = await brokenAtRest(world);
      if (broken.length > 0) throw new Error(`At rest after ${place}:\n${broken.join("\n")}`);
      left = coverage.missing().filter((pair) => `${pair.about} ${pair.state}` === place);
    }
  }
}

/** A world made anew, and the way gone in it. */
export async function goTo(world: World, coverage: Coverage, way: readonly Stride[]): Promise<Model> {
  await world.begin("EUR");
  const model: Model = { seen: await world.snapshot(), told: 0 };
  for (const stride of way) {
    const [name, dice = 1, fate = null] = typeof stride === "string" ? [stride] : stride;
    const about = STEPS[name]?.about ?? null;
    const on = about === null ? NOTHING : (model.seen[about].at(-1) ?? NOTHING);
    await perform(world, model, coverage, { name, on, dice, fate, isDouble: false });
  }
  return model;
}

async function doAll(
  world: World,
  model: Model,
  coverage: Coverage,
  pairs: readonly Pair[],
): Promise<number> {
  let met = 0;
  for (const { about, state, step } of pairs) {
    const on = model.seen[about].find((thing) => thing.state === state);
    if (!on) return met;
    await perform(world, model, coverage, { name: step, on, dice: 1, fate: null, isDouble: false });
    met += 1;
  }
  return met;
}
