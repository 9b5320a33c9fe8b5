import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { addDays, dayOf } from "@/lib/kernel/day";
import { least, most, sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { BILLED_DAYS } from "./bill";
import { coverOf, coverPostings } from "./cover";
import { readEarnedFee } from "./post-fee";
import { postLedger } from "./post-ledger";
import { readPassedOn } from "./propose-refunds";
import { readFreePockets } from "./read-free-money";
import { type EndedServices, readEndedServices } from "./read-kept";

/**
 * Once contract B of a booking has ended, lets what one of its pockets holds for nobody cover what the refund rules keep and the
 * other lacks, in the caller's transaction and with the booking taken. Suppliers come first: while one of them may still prove
 * a cost, what is held for services stays there. Nothing where contract B stands, nor for a stranger.
 */
export async function postCover(
  tx: Tx,
  actor: Actor,
  { id: bookingId, caseId }: { id: string; caseId: string },
  now: Date,
): Promise<void> {
  const ended = await readEndedServices(tx, actor, bookingId);
  if (!ended) return;
  const kept = await readKeptLeft(tx, ended);
  const moveMinor = coverOf(await readFreePockets(tx, bookingId), kept);
  if (moveMinor === 0n || (moveMinor > 0n && mayBeBilled(ended, now))) return;
  const kind = "pockets_covered";
  const steps = await tx.ledgerTx.count({ where: { bookingId, kind } });
  await postLedger(
    tx,
    {
      ...{ kind, reference: `cover:${bookingId}:${steps + 1}`, bookingId, caseId },
      ...{ currency: ended.booking.currency, memo: moveMinor > 0n ? COVERS_FEE : COVERS_SERVICES },
    },
    coverPostings(moveMinor),
  );
}

const COVERS_FEE = "held for services, covers the fee";
const COVERS_SERVICES = "held as fee, covers services";

/**
 * What the rules keep of the fee and was not earned, and of the services for somebody who delivered or has proven a cost, and was
 * not passed on. What is kept beside that is nobody's yet.
 */
async function readKeptLeft(tx: Tx, { booking, keptOf }: EndedServices) {
  const proven = await tx.serviceDelivery.findMany({
    where: { bookingId: booking.id, kind: "kept", withdrawal: null },
    select: { serviceId: true, amountMinor: true },
  });
  const provenOf = new Map(proven.map((mark) => [mark.serviceId, mark.amountMinor ?? 0n]));
  const owed = booking.services
    .filter(({ kind }) => kind !== "operator_fee")
    .map(({ id, deliveredAt }) => {
      const keptMinor = keptOf.get(id) ?? 0n;
      return deliveredAt ? keptMinor : least(keptMinor, provenOf.get(id) ?? 0n);
    });
  const fees = booking.services.filter(({ kind }) => kind === "operator_fee");
  const feeMinor = sumMinor(fees.map(({ id }) => keptOf.get(id) ?? 0n));
  return {
    feeMinor: most(feeMinor - (await readEarnedFee(tx, booking.id)), 0n),
    servicesMinor: most(sumMinor(owed) - (await readPassedOn(tx, booking.id)), 0n),
  };
}

/** Whether somebody who was called off may still say what it has cost, or say it otherwise. */
function mayBeBilled({ booking, endedAt }: EndedServices, now: Date): boolean {
  if (addDays(dayOf(endedAt), BILLED_DAYS) <= dayOf(now)) return false;
  return booking.services.some(
    ({ kind, amountMinor, deliveredAt, line }) =>
      line.contract === "B" && kind !== "operator_fee" && amountMinor > 0n && deliveredAt === null,
  );
}
