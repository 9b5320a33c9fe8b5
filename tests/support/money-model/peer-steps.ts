import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { settlePayment } from "@/lib/payments/settle-payment";
import { sendRefund } from "@/lib/payments/send-refund";
import { testSystem } from "../people";
import { endOf } from "./peer";
import type { Step } from "./steps";
import type { Thing, World } from "./world";

interface PageRow {
  checkoutUrl: string | null;
  paymentIntentId: string | null;
}

async function pageOf(world: World, on: Thing): Promise<PageRow> {
  const { rows } = await world.owner.query<PageRow>(
    `SELECT "checkoutUrl", "paymentIntentId" FROM "Payment" WHERE id = $1`,
    [on.id],
  );
  return rows[0] ?? { checkoutUrl: null, paymentIntentId: null };
}

/** Fills in the payment page's forms, one after the other, as somebody in a browser would. */
const pay =
  (...forms: Record<string, string>[]) =>
  async (world: World, on: Thing) => {
    const { checkoutUrl } = await pageOf(world, on);
    if (checkoutUrl === null) return;
    for (const form of forms) await world.provider.fillIn(checkoutUrl, form);
  };

/** Longer than any hold lasts. */
const HOLD_IS_OVER_SECONDS = 8 * 86_400;

/** Pays while the hold runs out, and everybody hears of its end first; then comes back from the page, or does not. */
async function payTooLate(world: World, on: Thing, dice: number): Promise<void> {
  await pay(card("4242424242424242"))(world, on);
  await world.jump(HOLD_IS_OVER_SECONDS);
  await tidyHolds(testSystem, world.now());
  if (dice % 3 > 0) await settlePayment(testSystem, on.id, world.now());
}

const card = (number: string) => ({ card: number });
const SECURE = card("4000002500003155");

async function paymentIntent(world: World, on: Thing): Promise<string | null> {
  return (await pageOf(world, on)).paymentIntentId;
}

/** A bank asks again for what it was refused, not for what it has. */
async function disputed(world: World, on: Thing): Promise<void> {
  const id = await paymentIntent(world, on);
  if (id) await world.provider.control("dispute", { paymentIntent: id });
}

/** A part of the payment, whatever of it was given back, or all of it. */
async function partDisputed(world: World, on: Thing, dice: number): Promise<void> {
  const id = await paymentIntent(world, on);
  const { charges } = await world.provider.books();
  const charge = charges.find((one) => one.payment_intent === id && one.status === "succeeded");
  const share = [20, 33, 50, 75, 100][dice % 5] ?? 50;
  if (id && charge)
    await world.provider.askForPart(id, Math.max(1, Math.floor((charge.amount * share) / 100)));
}

/** The payer's bank asks for a part and has it before anybody answers. */
async function partTaken(world: World, on: Thing, dice: number): Promise<void> {
  await partDisputed(world, on, dice);
  await answered("losing_evidence")(world, on, 0);
}

const answered =
  (...evidence: readonly string[]) =>
  async (world: World, on: Thing, dice: number) => {
    const id = await paymentIntent(world, on);
    const { disputes } = await world.provider.books();
    const asked = disputes.filter((one) => one.payment_intent === id && endOf(one) === null);
    const open = asked[(dice >> 3) % Math.max(asked.length, 1)];
    if (open) await world.provider.decide(open.id, evidence[dice % evidence.length] ?? "");
  };

async function bounced(world: World, on: Thing): Promise<void> {
  const { rows } = await world.owner.query<{ stripeRefundId: string | null }>(
    `SELECT "stripeRefundId" FROM "Refund" WHERE id = $1`,
    [on.id],
  );
  const refund = rows[0]?.stripeRefundId;
  if (refund?.startsWith("re_")) await world.provider.control("bounce", { refund });
}

/** What the payer, their bank and the provider do; the product hears of it later, or never. */
export const peerSteps: Record<string, Step> = {
  pay_by_card: { about: "payment", weight: 8, run: pay(card("4242424242424242")) },
  pay_too_late: { about: "payment", weight: 2, run: payTooLate },
  card_is_declined: { about: "payment", weight: 1, run: pay(card("4000000000000002")) },
  secure_paid: { about: "payment", weight: 1, run: pay(SECURE, { authenticate: "authorize" }) },
  secure_failed: { about: "payment", weight: 1, run: pay(SECURE, { authenticate: "fail" }) },
  secure_left: { about: "payment", weight: 1, run: pay(SECURE) },
  pay_refund_pends: { about: "payment", weight: 1, run: pay(card("4000000000007726")) },
  pay_refund_fails: { about: "payment", weight: 1, run: pay(card("4000000000005126")) },
  debit: { about: "payment", weight: 1, run: pay({ iban: "DE89370400440532013000" }) },
  debit_that_bounces: { about: "payment", weight: 1, run: pay({ iban: "DE62370400440532013001" }) },
  dispute_opens: { about: "payment", weight: 2, run: disputed },
  part_is_disputed: { about: "payment", weight: 2, run: partDisputed },
  part_is_taken: { about: "payment", weight: 2, run: partTaken },
  dispute_is_won: {
    about: "payment",
    weight: 1,
    run: answered("winning_evidence", "winning_evidence", "closed_inquiry"),
  },
  dispute_is_lost: {
    about: "payment",
    weight: 1,
    run: answered("losing_evidence", "refunded_before", "losing_evidence", "settled_before"),
  },
  back_from_page: {
    ...{ about: "payment", weight: 3 },
    run: (world, on) => settlePayment(testSystem, on.id, world.now()),
  },
  send_refund: {
    ...{ about: "refund", weight: 3 },
    run: (world, on) => sendRefund(testSystem, on.id, world.now()),
  },
  refund_bounces: { about: "refund", weight: 2, run: bounced },
};
