import { dayOf } from "@/lib/kernel/day";
import { completeBooking } from "@/lib/bookings/complete-booking";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { cancelBookingForm, signForm, withdrawForm } from "@/lib/bookings/forms";
import { signContract } from "@/lib/bookings/sign-contract";
import { asPerson } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { holdBookingForm, rescheduleForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { approveRefund } from "@/lib/payments/approve-refund";
import { declineChange } from "@/lib/payments/decline-change-order";
import { bankTransferForm, matchTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { changeForm, lineIdOf, yes } from "../changes";
import { testSystem } from "../people";
import { clockSteps } from "./clock-steps";
import { deskSteps } from "./desk-steps";
import { opinionSteps } from "./opinion-steps";
import { paperSteps } from "./paper-steps";
import { peerSteps } from "./peer-steps";
import type { Machine, Thing, World } from "./world";

/** One thing somebody does. `on` is what it is done to; without `about` it needs nothing that exists. */
export interface Step {
  about: Machine | null;
  /** How often it is drawn, beside the others. */
  weight: number;
  run(world: World, on: Thing, dice: number): Promise<unknown>;
}

const HOLD_MINUTES = 90;
const SEEN = "The letter of the embassy, seen under records";
const CAUSES = ["patient_cancels", "visa_refused", "medical_deterioration", "death", "force_majeure"];
const DESK_CAUSES = ["operator_failure", "no_show", ...CAUSES];
const CENTRE_CAUSES = ["centre_declines", "not_treatable", "no_show", "force_majeure"];
const AMOUNTS = [10_000, 1_000_000, 5_000_000];

function pick<T>(list: readonly T[], dice: number): T {
  const found = list[dice % list.length];
  if (found === undefined) throw new Error("There is nothing to choose from.");
  return found;
}

const hold = (world: World, caseId: string, dice: number) => {
  const { patient, estimateId } = world.patientOf(caseId);
  const { slotIds } = world.people;
  const form = { estimateId, slotId: pick(slotIds, dice), services: [], language: dice % 3 ? "de" : "ru" };
  return holdBooking(patient, holdBookingForm.parse(form), world.now(), HOLD_MINUTES);
};

/** The day a booking stands on now. */
async function slotOf(world: World, on: Thing): Promise<string> {
  const { rows } = await world.owner.query<{ slotId: string }>(
    `SELECT "slotId" FROM "Booking" WHERE id = $1`,
    [on.id],
  );
  return rows[0]?.slotId ?? "";
}

/** The patient, or the desk for them, goes to another day; now and then the same or a full one, or an unseen one. */
async function moveDay(world: World, on: Thing, dice: number) {
  const { patient } = world.patientOf(on.caseId);
  const { slotIds, owner } = world.people;
  const seen = dice % 5 === 0 ? pick(slotIds, dice >> 3) : await slotOf(world, on);
  const form = rescheduleForm.parse({ slotId: pick(slotIds, dice >> 1), fromSlotId: seen });
  return rescheduleBooking(dice % 2 === 0 ? patient : owner, on.id, form, world.now());
}

const sign = (contract: "A" | "B") => async (world: World, on: Thing) => {
  const { patient } = world.patientOf(on.caseId);
  const form = signForm.parse({ contract, typedName: patient.name, slotId: await slotOf(world, on) });
  return signContract(patient, on.id, form, world.now());
};

interface Item {
  id: string;
  state: string;
  amountMinor: string;
  openMinor: string;
  currency: string;
  /** Of its booking. */
  number: string;
}

const ITEMS = {
  name: "items",
  text: `SELECT i.id, i.state::text, i."amountMinor"::text, (i."amountMinor" - i."paidMinor")::text AS "openMinor", i.currency, b.number FROM "PlanItem" i
    JOIN "Booking" b ON b.id = i."bookingId" WHERE b.id = $1 ORDER BY i.position`,
};

/** The first instalment that is not paid, or any. */
async function itemOf(world: World, on: Thing, dice: number): Promise<Item> {
  const { rows } = await world.owner.query<Item>({ ...ITEMS, values: [on.bookingId] });
  return rows.find((item) => item.state !== "paid" && dice % 4 > 0) ?? pick(rows, dice);
}

async function startPage(world: World, on: Thing, dice: number) {
  const item = await itemOf(world, on, dice);
  return startCheckout(world.patientOf(on.caseId).patient, item.id, world.now());
}

/** A quarter, a half or three quarters of what is asked, and now and then what is too little. */
async function startPartPage(world: World, on: Thing, dice: number) {
  const item = await itemOf(world, on, dice);
  const part = (BigInt(item.amountMinor) * pick([25n, 50n, 75n, 10n], dice >> 2)) / 100n;
  const { patient } = world.patientOf(on.caseId);
  // A card takes no third decimal.
  const chargeable = part - (part % 10n);
  return startCheckout(patient, item.id, world.now(), chargeable > 0n ? chargeable : 1n);
}

/** Less or more than is open, and finance says that it may be. */
async function transferDiffers(world: World, on: Thing, dice: number) {
  const item = await itemOf(world, on, dice);
  const asked = Number(item.amountMinor);
  const form = bankTransferForm.parse({
    reference: `rent ${item.number.replace("-", " ")}`,
    amount: Math.max(1, Math.floor((asked * pick([20, 34, 50, 150, 230], dice >> 2)) / 100)),
    ...{ currency: item.currency, receivedOn: dayOf(world.now()), mayDiffer: true },
  });
  return recordBankTransfer(pick(world.people.finances, dice), form, world.now());
}

async function transferComes(world: World, on: Thing, dice: number) {
  const item = await itemOf(world, on, dice);
  const wrong = dice % 5 === 0 ? 1 : 0;
  const form = bankTransferForm.parse({
    reference: dice % 11 === 0 ? "unknown" : `rent ${item.number.replace("-", " ")}`,
    amount: Number(item.openMinor === "0" ? item.amountMinor : item.openMinor) + wrong,
    currency: item.currency,
    receivedOn: dayOf(world.now()),
  });
  return recordBankTransfer(pick(world.people.finances, dice), form, world.now());
}

/** The same instalment once more, named by finance: what is paid already is paid twice. */
async function transferAgain(world: World, on: Thing, dice: number) {
  const { rows } = await world.owner.query<{ id: string; currency: string; amountMinor: string }>(
    `SELECT i.id, i.currency, i."amountMinor"::text FROM "PlanItem" i JOIN "Payment" p ON p."planItemId" = i.id WHERE p.id = $1`,
    [on.id],
  );
  const [item] = rows;
  if (!item) return null;
  const amount = { amount: Number(item.amountMinor), currency: item.currency };
  const form = bankTransferForm.parse({ planItemId: item.id, amount, receivedOn: dayOf(world.now()) });
  return recordBankTransfer(pick(world.people.finances, dice), form, world.now());
}

async function transferIsMatched(world: World, on: Thing, dice: number) {
  const { number } = await itemOf(world, on, 0);
  const { rows } = await world.owner.query<{ id: string }>(
    `SELECT id FROM "BankTransfer" WHERE state = 'unmatched' ORDER BY id`,
  );
  const transferId = rows.length > 0 ? pick(rows, dice).id : null;
  if (transferId === null) return null;
  const form = matchTransferForm.parse({ transferId, booking: number, mayDiffer: dice % 2 === 0 });
  return matchBankTransfer(pick(world.people.finances, dice), form, world.now());
}

const cancelForm = (causes: readonly string[], dice: number) =>
  cancelBookingForm.parse({ cause: pick(causes, dice), endCase: dice % 16 === 5 });

/** Whoever comes home has been treated; the stages between are another story's. */
async function complete(world: World, on: Thing) {
  await asPerson(testSystem, (tx) =>
    tx.case.updateMany({ where: { id: on.caseId, stage: "preparing" }, data: { stage: "discharged" } }),
  );
  return completeBooking(world.people.owner, on.id, world.now());
}

async function changeOf(world: World, on: Thing) {
  const { rows } = await world.owner.query<{ id: string; hash: string }>(
    `SELECT id, hash FROM "ChangeOrder" WHERE "bookingId" = $1 ORDER BY version DESC LIMIT 1`,
    [on.id],
  );
  return rows[0] ?? null;
}

async function propose(world: World, on: Thing, dice: number) {
  if (dice % 3 === 0) return proposeOfB(world, on, dice);
  const sum = pick([2_500_000, 3_000_000, 3_000_010, 3_400_000], dice);
  return proposeChange(world.people.manager, await changeForm({ bookingId: on.id }, sum), world.now());
}

/** The translation becomes cheaper, dearer, or falls away. */
async function proposeOfB(world: World, on: Thing, dice: number) {
  const amount = pick([10_000, 0, 30_000, 60_010], dice >> 2);
  const lines = [{ lineId: await lineIdOf(on.id, "translation"), amount, cause: "Other papers" }];
  const form = await changeForm({ bookingId: on.id }, amount, { contract: "B", reason: "other", lines });
  return proposeChange(world.people.owner, form, world.now());
}

async function accept(world: World, on: Thing) {
  const order = await changeOf(world, on);
  const { patient } = world.patientOf(on.caseId);
  return order && acceptChange(patient, order.id, yes(order, { aboveCeiling: true }), world.now());
}

async function decline(world: World, on: Thing) {
  const order = await changeOf(world, on);
  return order && declineChange(world.patientOf(on.caseId).patient, order.id, {}, world.now());
}

function proposeBack(world: World, on: Thing, dice: number) {
  const amount = dice % 3 === 0 ? {} : { amount: pick(AMOUNTS, dice >> 2) };
  const form = proposeRefundForm.parse({
    paymentId: on.id,
    cause: dice % 3 === 0 ? pick(DESK_CAUSES, dice) : "goodwill",
    ...amount,
  });
  return proposeRefund(pick([world.people.owner, ...world.people.finances], dice), form, world.now());
}

const approve = (world: World, on: Thing, dice: number) =>
  approveRefund(pick(world.people.finances, dice), on.id, world.now(), dice % 7 > 0 ? SEEN : undefined);

export const STEPS: Record<string, Step> = {
  hold: {
    about: null,
    weight: 6,
    run: (world, _on, dice) => hold(world, pick(world.people.patients, dice).caseId, dice),
  },
  hold_again: { about: "booking", weight: 3, run: (world, on, dice) => hold(world, on.caseId, dice) },
  move: { about: "booking", weight: 5, run: moveDay },
  sign_a: { about: "booking", weight: 6, run: sign("A") },
  sign_b: { about: "booking", weight: 6, run: sign("B") },
  start_page: { about: "booking", weight: 10, run: startPage },
  announce_transfer: {
    ...{ about: "booking", weight: 2 },
    run: async (world, on, dice) =>
      announceTransfer(world.patientOf(on.caseId).patient, (await itemOf(world, on, dice)).id, world.now()),
  },
  transfer_comes: { about: "booking", weight: 3, run: transferComes },
  start_part_page: { about: "booking", weight: 4, run: startPartPage },
  transfer_differs: { about: "booking", weight: 3, run: transferDiffers },
  transfer_comes_again: { about: "payment", weight: 2, run: transferAgain },
  transfer_is_matched: { about: "booking", weight: 2, run: transferIsMatched },
  confirm: {
    about: "booking",
    weight: 6,
    run: (world, on) => confirmBooking(world.people.manager, on.id, world.now()),
  },
  complete: { about: "booking", weight: 1, run: complete },
  patient_cancels: {
    ...{ about: "booking", weight: 2 },
    run: (world, on, dice) =>
      cancelBooking(world.patientOf(on.caseId).patient, on.id, cancelForm(CAUSES, dice), world.now()),
  },
  centre_declines: {
    ...{ about: "booking", weight: 1 },
    run: (world, on, dice) =>
      cancelBooking(world.people.manager, on.id, cancelForm(CENTRE_CAUSES, dice), world.now()),
  },
  desk_cancels: {
    ...{ about: "booking", weight: 1 },
    run: (world, on, dice) =>
      cancelBooking(world.people.owner, on.id, cancelForm(DESK_CAUSES, dice), world.now()),
  },
  withdraw: {
    ...{ about: "booking", weight: 2 },
    run: (world, on) =>
      withdrawContract(world.patientOf(on.caseId).patient, on.id, withdrawForm.parse({}), world.now()),
  },
  propose_change: { about: "booking", weight: 2, run: propose },
  accept_change: { about: "booking", weight: 2, run: accept },
  decline_change: { about: "booking", weight: 1, run: decline },
  propose_refund: { about: "payment", weight: 3, run: proposeBack },
  approve: { about: "refund", weight: 7, run: approve },
  refuse: {
    ...{ about: "refund", weight: 1 },
    run: (world, on, dice) =>
      refuseRefund(pick(world.people.finances, dice), on.id, { reason: "No proof came." }, world.now()),
  },
  send_by_bank: {
    ...{ about: "refund", weight: 2 },
    run: (world, on, dice) => settleBankRefund(pick(world.people.finances, dice), on.id, world.now()),
  },
  ...opinionSteps,
  ...deskSteps,
  ...paperSteps,
  ...peerSteps,
  ...clockSteps,
};
