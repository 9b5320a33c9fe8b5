import { dayOf } from "@/lib/kernel/day";
import { announceOpinionTransfer } from "@/lib/payments/announce-opinion-transfer";
import { bankTransferForm, matchTransferForm } from "@/lib/payments/forms";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { noteFeeLoss } from "@/lib/payments/note-fee-loss";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { recordPayoutReturn } from "@/lib/payments/record-payout-return";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { FEE_MINOR } from "../opinions";
import { askerOf, FEES } from "./askers";
import type { Step } from "./steps";
import type { Thing, World } from "./world";

const finance = (world: World, dice: number) => world.people.finances[dice % 2 === 0 ? 0 : 1];

async function numberOf(world: World, on: Thing): Promise<string> {
  const { rows } = await world.owner.query<{ number: string }>(
    `SELECT number FROM "SecondOpinion" WHERE id = $1`,
    [on.id],
  );
  return rows[0]?.number ?? "";
}

/** The fee, and now and then less or more than it, with finance's word that it may differ or without. */
async function transferComes(world: World, on: Thing, dice: number) {
  const amount = FEE_MINOR + ([0, 0, 0, -1, 5_000][dice % 5] ?? 0);
  const form = bankTransferForm.parse({
    reference: `fee ${(await numberOf(world, on)).replace("-", " ")}`,
    ...{ amount, currency: FEES.currency, receivedOn: dayOf(world.now()), mayDiffer: dice % 3 > 0 },
  });
  return recordBankTransfer(finance(world, dice >> 1), form, world.now());
}

/** Money that paid nothing, whoever sent it, for this order. */
async function transferIsMatched(world: World, on: Thing, dice: number) {
  const { rows } = await world.owner.query<{ id: string }>(
    `SELECT id FROM "BankTransfer" WHERE state = 'unmatched' ORDER BY id`,
  );
  const transferId = rows[dice % Math.max(rows.length, 1)]?.id;
  if (transferId === undefined) return null;
  const booking = await numberOf(world, on);
  const form = matchTransferForm.parse({ transferId, booking, mayDiffer: dice % 2 === 0 });
  return matchBankTransfer(finance(world, dice >> 1), form, world.now());
}

/** How the fee of a second opinion comes through the bank, leaves to its centre, and comes back from there. */
export const opinionMoneySteps: Record<string, Step> = {
  opinion_transfer_announced: {
    ...{ about: "opinion", weight: 1 },
    run: (world, on) => announceOpinionTransfer(askerOf(world, on.caseId).patient, on.id, world.now()),
  },
  opinion_transfer_comes: { about: "opinion", weight: 3, run: transferComes },
  opinion_transfer_is_matched: { about: "opinion", weight: 2, run: transferIsMatched },
  opinion_released: {
    ...{ about: "opinion", weight: 3 },
    run: (world, on, dice) => releaseOpinion(finance(world, dice), on.id, world.now()),
  },
  opinion_paid_out: {
    ...{ about: "opinion", weight: 3 },
    run: (world, on, dice) => payOpinion(finance(world, dice), on.id, "SEPA 4711", world.now()),
  },
  payout_returned: {
    ...{ about: "opinion", weight: 2 },
    run: (world, on, dice) => recordPayoutReturn(finance(world, dice), on.id, "SEPA 4712", world.now()),
  },
  opinion_loss_noted: {
    ...{ about: "opinion", weight: 1 },
    run: (world, on, dice) => noteFeeLoss(finance(world, dice), on.id, world.now()),
  },
};
