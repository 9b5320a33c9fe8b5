import { dayOf } from "@/lib/kernel/day";
import { deliverServiceForm, keepCostForm, withdrawMarkForm } from "@/lib/bookings/forms";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { approveReturn } from "@/lib/payments/approve-return";
import { proposeReturn } from "@/lib/payments/propose-return";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { refuseReturn } from "@/lib/payments/refuse-return";
import { sendReturn } from "@/lib/payments/send-return";
import { withdrawMark } from "@/lib/payments/withdraw-mark";
import { withdrawReturn } from "@/lib/payments/withdraw-return";
import type { Step } from "./steps";
import type { Thing, World } from "./world";

const finance = (world: World, dice: number) => world.people.finances[dice % 2 === 0 ? 0 : 1];

/** A transfer that pays nothing, or any: then it is refused. */
async function proposeBack(world: World, dice: number) {
  const { rows } = await world.owner.query<{ id: string }>(
    `SELECT id FROM "BankTransfer" WHERE state = 'unmatched' OR $1 ORDER BY id`,
    [dice % 5 === 4],
  );
  const transferId = rows[dice % Math.max(rows.length, 1)]?.id;
  if (transferId === undefined) return null;
  return proposeReturn(finance(world, dice), { transferId, reason: "Asked back." }, world.now());
}

/** The service nothing else tells of. */
async function serviceOf(world: World, on: Thing): Promise<string> {
  const { rows } = await world.owner.query<{ id: string }>(
    `SELECT id FROM "BookingService" WHERE "bookingId" = $1 AND kind = 'translation'`,
    [on.id],
  );
  return rows[0]?.id ?? "";
}

async function deliver(world: World, on: Thing) {
  const said = { deliveredOn: dayOf(world.now()), note: "Voucher 17." };
  const form = deliverServiceForm.parse({ serviceId: await serviceOf(world, on), ...said });
  return recordDelivery(world.people.owner, form, world.now());
}

/** Nothing, a part or all of the line. */
async function keep(world: World, on: Thing, dice: number) {
  const amountMinor = [0, 12_000, 30_000][dice % 3];
  const form = keepCostForm.parse({
    ...{ serviceId: await serviceOf(world, on), amountMinor },
    note: "Their invoice.",
  });
  return recordKeptCost(world.people.owner, form, world.now());
}

/** What finance does with money that pays nothing, and the desk with what was delivered; both may be taken back. */
export const deskSteps: Record<string, Step> = {
  return_proposed: { about: null, weight: 4, run: (world, _on, dice) => proposeBack(world, dice) },
  return_approved: {
    ...{ about: "return", weight: 4 },
    run: (world, on, dice) => approveReturn(finance(world, dice), on.id, world.now()),
  },
  return_refused: {
    ...{ about: "return", weight: 1 },
    run: (world, on, dice) => refuseReturn(finance(world, dice), on.id, "It is theirs.", world.now()),
  },
  return_withdrawn: {
    ...{ about: "return", weight: 2 },
    run: (world, on, dice) => withdrawReturn(finance(world, dice), on.id, "They called.", world.now()),
  },
  return_sent: {
    ...{ about: "return", weight: 2 },
    run: (world, on, dice) => sendReturn(finance(world, dice), on.id, "SEPA 4712", world.now()),
  },
  service_delivered: { about: "booking", weight: 2, run: deliver },
  cost_kept: { about: "booking", weight: 2, run: keep },
  mark_withdrawn: {
    ...{ about: "mark", weight: 3 },
    run: (world, on) => {
      const form = withdrawMarkForm.parse({ markId: on.id, reason: "The wrong one." });
      return withdrawMark(world.people.owner, form, world.now());
    },
  },
};
