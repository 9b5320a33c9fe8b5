import "server-only";
import { sumMinor } from "@/lib/kernel/money";
import { readTaken } from "@/lib/bookings/read-refund-quote";
import type { Tx } from "@/lib/infra/db";
import { SURPLUS } from "./bill";
import { readRefundable } from "./propose-refunds";
import { readAsked } from "./read-asked";
import { readPlan } from "./read-change-orders";
import { readLostSum } from "./read-loss";

const ON_ITS_WAY = ["calculated", "approved", "sent", "failed"] as const;

/**
 * How much of contract A is planned or was paid and not asked back, beyond what is owed; negative where less is. What a
 * payer's bank took or asks for is not here.
 */
export async function readBeyondOwed(tx: Tx, bookingId: string, owedMinor: bigint): Promise<bigint> {
  const items = await readPlan(tx, bookingId);
  const live = items.filter((item) => item.state !== "cancelled" && item.state !== "waived");
  const plannedMinor = sumMinor(live.map((item) => item.contractAMinor));
  const { lostMinor, contestedMinor } = (await readTaken(tx, bookingId)).A;
  const asked = await readAsked(tx, bookingId);
  return plannedMinor - lostMinor - contestedMinor - asked.A - owedMinor;
}

/**
 * The same with what is asked for again of contract A as if it had been paid: closed at this sum, the account asks for so much
 * less of it, or of what is planned, or gives it back.
 */
export async function readExcess(tx: Tx, bookingId: string, owedMinor: bigint) {
  const beyondMinor = await readBeyondOwed(tx, bookingId, owedMinor);
  return { beyondMinor, excessMinor: beyondMinor + (await readLostSum(tx, bookingId, "A")) };
}

/**
 * Where the surplus of a booking's newest account is: on its way; still to be asked back, since a proposal was refused;
 * or back with the patient, as far as there is money to give back or a sum to be asked for again.
 */
export async function readSurplus(tx: Tx, bookingId: string): Promise<"on_its_way" | "not_asked" | "back"> {
  const where = { bookingId, cause: SURPLUS, state: { in: [...ON_ITS_WAY] } };
  if ((await tx.refund.count({ where })) > 0) return "on_its_way";
  const account = await tx.billAccount.findFirst({
    where: { bookingId },
    orderBy: { version: "desc" },
    select: { owedMinor: true, contractAMode: true },
  });
  if (!account || account.contractAMode === "direct") return "back";
  const { beyondMinor, excessMinor } = await readExcess(tx, bookingId, account.owedMinor);
  if (excessMinor <= 0n) return "back";
  // The patient is asked again for more than the bill.
  if (beyondMinor <= 0n) return "not_asked";
  const rest = await readRefundable(tx, { bookingId });
  return rest.some(({ restMinor }) => restMinor > 0n) ? "not_asked" : "back";
}
