import type Stripe from "stripe";
import { asPerson } from "@/lib/infra/db";
import { brokenAtEnds, type Ended, ENDED, GIVEN, SURPLUS } from "./ended";
import { VERSION, versionOf } from "./changes";
import { type Books, endOf, takenBy } from "./peer";
import { AFTER_SWEEP, ALL } from "./promises";
import { FOREIGN, foreignAmong, TOUCHED } from "./touched";
import { ACCEPTED_LINES, type Row, type Snapshot, snapshotOf, THINGS, type World } from "./world";

/** One command in so many is followed by a look at everything. */
const WHOLE_EVERY = 40;

const LOOK = (after: { sweep: boolean }) => ({
  // Prepared once: to plan it takes longer than to run it.
  name: after.sweep ? "look_swept" : "look",
  text: `WITH touched AS (${TOUCHED})
    SELECT (SELECT json_agg(b) FROM (${[ALL, SURPLUS, GIVEN, ...(after.sweep ? [AFTER_SWEEP] : [])].join("\nUNION ALL\n")}) b) AS broken,
      (${ACCEPTED_LINES}) AS lines, (SELECT json_agg(p) FROM (${PAID}) p) AS paid,
      (SELECT json_agg(e) FROM (${ENDED}) e) AS ended,
      (SELECT json_agg(t ORDER BY t.id) FROM (${THINGS}) t) AS things, (SELECT array_agg(DISTINCT id) FROM touched) AS touched, ${VERSION} AS version`,
});

export interface Look {
  version: string;
  broken: { promise: string; what: string }[] | null;
  lines: string;
  paid: Paid[] | null;
  ended: Ended[] | null;
  things: Row[] | null;
  touched: string[] | null;
}

interface After {
  sweep: boolean;
  rest: boolean;
  dice: number;
}

/** Every promise that does not hold now, with what breaks it; and how everything stands, read in the same moment. */
export async function look(world: World, after: After): Promise<{ broken: string[]; seen: Snapshot }> {
  const books = await world.provider.books();
  const isWhole = after.rest || after.dice % WHOLE_EVERY === 0;
  const { row, isNew } = await readAll(world, after, isWhole);
  const broken = (row.broken ?? []).map(({ promise, what }) => `${promise}: ${what}`);
  if (row.lines !== world.people.acceptedLines)
    broken.push("I13 the prices of an accepted estimate never change");
  if (isNew) broken.push(...(await brokenAtEnds(row.ended ?? [])));
  // The provider's own books are looked at each time: they may say more than ours.
  broken.push(...brokenAtPeer(row.paid ?? [], books, after.rest));
  if (isNew) broken.push(...(await seenByStrangers(world, row.touched ?? [], isWhole)));
  return { broken, seen: snapshotOf(row.things ?? []) };
}

/** What was read last stands as long as nothing was written; a whole look is taken anyway, and finds the same then. */
async function readAll(world: World, after: After, isWhole: boolean): Promise<{ row: Look; isNew: boolean }> {
  const kept = world.lastLook;
  const isSame = kept !== null && kept.version === (await versionOf(world));
  if (isSame && !isWhole && !after.sweep) return { row: kept, isNew: false };
  const [row] = (await world.owner.query<Look>(LOOK(after))).rows;
  if (!row) throw new Error("Nothing was seen.");
  if (isSame && wordsOf(row) !== wordsOf(kept)) throw new Error("Something was written and not counted.");
  world.lastLook = row;
  return { row, isNew: true };
}

const wordsOf = ({ things, lines }: Look) => JSON.stringify([things, lines]);

export const brokenPromises = async (world: World, after: After) => (await look(world, after)).broken;

/**
 * I14 for every patient: after each command of the rows it wrote, now and then and at rest of all there are. Who may see a
 * case does not change here.
 */
async function seenByStrangers(
  world: World,
  touched: readonly string[],
  isWhole: boolean,
): Promise<string[]> {
  const names = await foreignAmong(world, touched);
  for (const { patient, caseId } of isWhole ? world.everyone : []) {
    const all = await asPerson(patient, (tx) => tx.$queryRawUnsafe<{ name: string }[]>(FOREIGN, caseId));
    names.push(...all.map(({ name }) => name));
  }
  return names.map((name) => `I14 nobody sees another's ${name}`);
}

interface Paid {
  id: string;
  state: string;
  amountMinor: string;
  currency: string;
  paymentIntentId: string | null;
  settledMinor: string;
  lostMinor: string;
  open: string[];
  ended: string[];
}

const PAID = `SELECT p.id, p.state::text, p."amountMinor"::text, p.currency, p."paymentIntentId",
    (SELECT COALESCE(sum(r."amountMinor"), 0)::text FROM "Refund" r WHERE r."paymentId" = p.id AND r.state = 'settled' AND r."stripeRefundId" IS NOT NULL) AS "settledMinor",
    p."lostMinor"::text, p."openDisputes" AS open, p."endedDisputes" AS ended
  FROM "Payment" p WHERE p.method = 'card'`;

/** The provider's books beside ours: we never know of more than it does, and at rest of no less. */
function brokenAtPeer(rows: readonly Paid[], books: Books, atRest: boolean): string[] {
  const broken = rows.flatMap((paid) =>
    compared(paid, books, atRest).map((what) => `I5 with the provider: ${what} ${paid.id}`),
  );
  const known = new Set(rows.map(({ id }) => id));
  for (const session of books.sessions) {
    if (!known.has(session.client_reference_id ?? ""))
      broken.push(`I9 a page without a payment: ${session.id}`);
  }
  const twice = (ids: (string | null | undefined)[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  for (const id of twice(books.sessions.map((one) => one.client_reference_id)))
    broken.push(`I8 two pages for ${id}`);
  const gone = books.refunds.filter((one) => one.status !== "failed").map((one) => one.metadata?.refund);
  for (const id of twice(gone)) broken.push(`I8 refund ${id} was sent twice`);
  for (const one of books.charges)
    if (one.amount_refunded > one.amount) broken.push(`I6 at the provider: ${one.id}`);
  return broken;
}

function compared(paid: Paid, books: Books, atRest: boolean): string[] {
  const charge = books.charges.find(
    (one) =>
      one.status === "succeeded" &&
      one.payment_intent === paid.paymentIntentId &&
      paid.paymentIntentId !== null,
  );
  const isPaid = ["succeeded", "disputed", "won", "lost"].includes(paid.state);
  if (
    isPaid &&
    (!charge || `${charge.amount}` !== paid.amountMinor || charge.currency.toUpperCase() !== paid.currency)
  )
    return ["not captured as booked"];
  const wrong: string[] = [];
  const session = books.sessions.find((one) => one.client_reference_id === paid.id);
  if (atRest && session?.payment_status === "paid" && !isPaid) wrong.push("captured and not booked");
  const back = books.refunds
    .filter((one) => charge && one.charge === charge.id && one.status === "succeeded")
    .reduce((sum, one) => sum + one.amount, 0);
  if (atRest && `${back}` !== paid.settledMinor) wrong.push(`refunded ${back}, booked ${paid.settledMinor}`);
  const disputes = books.disputes.filter((one) => charge && one.charge === charge.id);
  if (atRest && isPaid && paid.state !== saidOf(disputes))
    wrong.push(`${saidOf(disputes)} at the provider, ${paid.state} here`);
  const taken = disputes.filter((one) => endOf(one) === "lost").reduce((sum, one) => sum + takenBy(one), 0);
  if (atRest ? `${taken}` !== paid.lostMinor : BigInt(paid.lostMinor) > taken)
    wrong.push(`${taken} lost at the provider, ${paid.lostMinor} here`);
  const open = disputes.filter((one) => endOf(one) === null).map(({ id }) => id);
  if (atRest && isPaid && disputes.some(({ id }) => paid.ended.includes(id) === open.includes(id)))
    wrong.push(`asked for by ${open.join(", ")} at the provider, by ${paid.open.join(", ")} here`);
  return wrong;
}

/** What several banks' questions about one payment come to. */
function saidOf(disputes: readonly Stripe.Dispute[]): string {
  const ends = disputes.map(endOf);
  if (ends.includes("lost")) return "lost";
  if (ends.includes(null)) return "disputed";
  return ends.length > 0 ? "won" : "succeeded";
}
