import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { confirmExplanation } from "@/lib/payments/confirm-explanation";
import { explainMovement } from "@/lib/payments/explain-movement";
import { type ExplanationCause, explainedPostings } from "@/lib/payments/explanation";
import { openMoneyTask } from "@/lib/payments/open-money-task";
import { postLedger } from "@/lib/payments/post-ledger";
import { postKeptTransfer, postReturnedTransfer } from "@/lib/payments/post-transfer";
import { unexplainedMovementsFor } from "@/lib/payments/read-movements";
import { refuseExplanation } from "@/lib/payments/refuse-explanation";
import { makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, reasonsOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

const now = () => new Date();

interface Told {
  amountMinor: bigint;
  feeMinor?: bigint;
  currency?: string;
  reason?: string;
  paymentId?: string;
  disputeId?: string;
}

/** A movement as the provider told it, which nothing explains. */
async function makeMovement({ amountMinor, feeMinor = 0n, currency = "EUR", ...told }: Told) {
  const id = `txn_${newId()}`;
  const { reason = "unknown_source", paymentId = null, disputeId = null } = told;
  const type = disputeId ? "adjustment" : "stripe_fee";
  const movement = { id, type, sourceId: disputeId, amountMinor, feeMinor, currency, movedAt: now() };
  await asPerson(testSystem, (tx) =>
    tx.balanceMovement.create({ data: { ...movement, state: "unexplained", reason, paymentId } }),
  );
  return id;
}

/** A payment of which the payer's bank asks 40.00 back, with what a movement of that dispute tells. */
async function makeDisputed() {
  const made = await makeFullyPaid();
  const paymentIntentId = `pi_${newId()}`;
  const where = { bookingId: made.bookingId, state: "succeeded" as const };
  const payment = await asPerson(testSystem, async (tx) => {
    const { id } = await tx.payment.findFirstOrThrow({ where });
    return tx.payment.update({ where: { id }, data: { paymentIntentId } });
  });
  const dispute = { id: `dp_${newId()}`, amountMinor: 4_000n, paymentIntentId };
  const end = (status: "won" | "lost") =>
    asPerson(testSystem, (tx) => applyDispute(tx, testSystem, { ...dispute, status }, now()));
  const told = { reason: "amount_differs", paymentId: payment.id, disputeId: dispute.id };
  await asPerson(testSystem, (tx) =>
    applyDispute(tx, testSystem, { ...dispute, status: "needs_response" }, now()),
  );
  return { dispute, told, end };
}

async function say(movementId: string, cause: ExplanationCause = "provider_fee") {
  const finance = await makeFinance();
  return { finance, outcome: await explainMovement(finance, { movementId, cause, note: "page 3" }, now()) };
}

async function explained(movementId: string, cause?: ExplanationCause) {
  const { id } = valueOf((await say(movementId, cause)).outcome);
  return confirmExplanation(await makeFinance(), id, now());
}

/** What the books hold of a movement, by account and currency. */
async function booksOf(movementId: string): Promise<Record<string, bigint>> {
  const entries = await openDb().ledgerEntry.findMany({
    where: { tx: { reference: { contains: movementId } } },
  });
  const sums: Record<string, bigint> = {};
  for (const { account, currency, amountMinor } of entries)
    sums[`${account} ${currency}`] = (sums[`${account} ${currency}`] ?? 0n) + amountMinor;
  return sums;
}

describe("a movement explained by hand", () => {
  it("is booked once, when a second person has confirmed it, and then hinders nobody", async () => {
    const movementId = await makeMovement({ amountMinor: -300n });
    const { finance, outcome } = await say(movementId);
    const { id } = valueOf(outcome);
    expect(await booksOf(movementId)).toEqual({});
    expect(reasonOf(await confirmExplanation(finance, id, now()))).toBe("same_person");
    const [one, two] = [await makeFinance(), await makeFinance()];
    const both = await Promise.all([one, two].map((each) => confirmExplanation(each, id, now())));
    expect(reasonsOf(both)).toEqual(["done", "explanation_stale"]);
    expect(await booksOf(movementId)).toEqual({ "psp_clearing EUR": -300n, "psp_fees EUR": 300n });
    const { items } = await unexplainedMovementsFor(finance);
    expect(items.filter((movement) => movement.id === movementId)).toEqual([]);
    expect(reasonOf((await say(movementId)).outcome)).toBe("movement_explained");
    const events = await openDb().auditEvent.findMany({
      where: { objectId: movementId },
      orderBy: { at: "asc" },
    });
    expect(events.map((row) => row.event)).toEqual(["movement.explained", "movement.explanation_confirmed"]);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("takes one word at a time, and another after the first was refused", async () => {
    const movementId = await makeMovement({ amountMinor: -300n });
    const both = await Promise.all([say(movementId), say(movementId, "conversion")]);
    expect(reasonsOf(both.map((one) => one.outcome))).toEqual(["done", "explanation_waits"]);
    const said = both.flatMap(({ outcome, finance }) => (outcome.ok ? [{ finance, ...outcome.value }] : []));
    const [first] = said;
    if (!first) throw new Error("Nobody said anything.");
    valueOf(await refuseExplanation(first.finance, first.id, now()));
    expect(reasonOf(await confirmExplanation(await makeFinance(), first.id, now()))).toBe(
      "illegal_transition",
    );
    valueOf(await explained(movementId, "conversion"));
    expect(await booksOf(movementId)).toEqual({ "fx_difference EUR": 300n, "psp_clearing EUR": -300n });
  });

  it("holds a stranger's money, with the provider's fee of it, and gives back no more than that", async () => {
    const came = await makeMovement({ amountMinor: 12_000n, feeMinor: 205n, currency: "KWD" });
    expect(reasonOf((await say(came, "returned_to_payer")).outcome)).toBe("invalid_explanation");
    valueOf(await explained(came, "held_for_payer"));
    expect(await booksOf(came)).toEqual({
      "client_funds_held KWD": -12_000n,
      "psp_fees KWD": 205n,
      "psp_clearing KWD": 12_000n - 205n,
    });
    const [first, second] = [
      await makeMovement({ amountMinor: -7_000n, currency: "KWD" }),
      await makeMovement({ amountMinor: -7_000n, currency: "KWD" }),
    ];
    const ids = await Promise.all(
      [first, second].map(async (one) => valueOf((await say(one, "returned_to_payer")).outcome).id),
    );
    const finance = await makeFinance();
    const both = await Promise.all(ids.map((id) => confirmExplanation(finance, id, now())));
    expect(reasonsOf(both)).toEqual(["done", "held_too_little"]);
  });

  it("never gives a bank transfer's money to another payer, which can still go back to its own", async () => {
    const transfer = { id: newId(), bookingId: null, currency: "OMR", amountMinor: 60_000n };
    await asPerson(testSystem, (tx) => postKeptTransfer(tx, transfer));
    const left = await makeMovement({ amountMinor: -50_000n, currency: "OMR" });
    expect(reasonOf(await explained(left, "returned_to_payer"))).toBe("held_too_little");
    const past = { kind: "movement_explained", reference: `movement:${left}:OMR`, bookingId: null };
    const posted = asPerson(testSystem, (tx) =>
      postLedger(
        tx,
        { ...past, currency: "OMR", memo: "x" },
        explainedPostings("returned_to_payer", -50_000n),
      ),
    );
    await expect(posted).rejects.toThrow(/never negative/);
    await asPerson(testSystem, (tx) => postReturnedTransfer(tx, transfer, newId()));
    expect(await booksOf(transfer.id)).toMatchObject({ "client_funds_held OMR": 0n });
  });

  it("books the difference alone where a payment of ours is behind it, and ends the question", async () => {
    const made = await makeFullyPaid();
    const payment = await asPerson(testSystem, (tx) =>
      tx.payment.findFirstOrThrow({ where: { bookingId: made.bookingId, state: "succeeded" } }),
    );
    const told = { amountMinor: payment.amountMinor - 40n, reason: "amount_differs", paymentId: payment.id };
    const movementId = await makeMovement(told);
    const task = { caseId: made.caseId, kind: "unmatched_payment" as const, title: movementId };
    await asPerson(testSystem, (tx) => openMoneyTask(tx, task, now()));
    valueOf(await explained(movementId, "provider_adjustment"));
    expect(await booksOf(movementId)).toEqual({ "psp_clearing EUR": -40n, "psp_fees EUR": 40n });
    const asked = await asPerson(testSystem, (tx) => tx.task.findFirstOrThrow({ where: task }));
    expect(asked.state).toBe("done");
  });

  it("books of a dispute what the provider took beyond it, once it is lost and booked", async () => {
    const { dispute, told, end } = await makeDisputed();
    const movementId = await makeMovement({ ...told, amountMinor: -4_100n });
    expect(reasonOf((await say(movementId)).outcome)).toBe("movement_not_booked");
    await end("lost");
    valueOf(await explained(movementId));
    expect(await booksOf(movementId)).toEqual({ "psp_clearing EUR": -100n, "psp_fees EUR": 100n });
    expect(await booksOf(dispute.id)).toEqual({ "psp_clearing EUR": -4_000n, "write_off EUR": 4_000n });
  });

  it("books of a won dispute, once, what came back less than it had taken", async () => {
    const { told, end } = await makeDisputed();
    const taken = await makeMovement({ ...told, amountMinor: -4_100n });
    await end("won");
    expect(reasonOf((await say(taken)).outcome)).toBe("movement_not_booked");
    const back = await makeMovement({ ...told, amountMinor: 3_900n });
    const [first, second] = [valueOf((await say(taken)).outcome).id, valueOf((await say(back)).outcome).id];
    const finance = await makeFinance();
    const both = await Promise.all([first, second].map((id) => confirmExplanation(finance, id, now())));
    expect(reasonsOf(both)).toEqual(["done", "explanation_stale"]);
    const [open, waits] = both[0]?.ok ? [back, second] : [taken, first];
    valueOf(await refuseExplanation(finance, waits, now()));
    valueOf(await explained(open));
    const [one, other] = [await booksOf(taken), await booksOf(back)];
    expect((one["psp_clearing EUR"] ?? 0n) + (other["psp_clearing EUR"] ?? 0n)).toBe(-200n);
  });

  it("waits for the news of a payment that is not booked, and for a second look where its reason changed", async () => {
    expect(reasonOf((await say(await makeMovement({ amountMinor: 9n, reason: "not_booked" }))).outcome)).toBe(
      "movement_not_booked",
    );
    const movementId = await makeMovement({ amountMinor: 9n });
    const { id } = valueOf((await say(movementId)).outcome);
    await asPerson(testSystem, (tx) =>
      tx.balanceMovement.update({ where: { id: movementId }, data: { reason: "not_booked" } }),
    );
    expect(reasonOf(await confirmExplanation(await makeFinance(), id, now()))).toBe("explanation_stale");
    expect(await booksOf(movementId)).toEqual({});
  });

  it("is nobody's but finance's, and never written past the two people", async () => {
    const movementId = await makeMovement({ amountMinor: -300n });
    const { finance, outcome } = await say(movementId);
    const { id } = valueOf(outcome);
    const run = (asker: Parameters<typeof asPerson>[0], sql: string) =>
      asPerson(asker, (tx) => tx.$executeRawUnsafe(sql));
    for (const stranger of [await makePatient(), await makeCoordinator()])
      expect(await asPerson(stranger, (tx) => tx.movementExplanation.count())).toBe(0);
    const answer = (by: string) =>
      `UPDATE "MovementExplanation" SET state = 'confirmed', "answeredAt" = now(), "answeredById" = '${by}' WHERE id = '${id}'`;
    await expect(run(finance, answer(finance.personId))).rejects.toThrow(/two_people/);
    await expect(run(finance, answer((await makeFinance()).personId))).rejects.toThrow(/row-level/);
    const end = `UPDATE "BalanceMovement" SET state = 'explained', reason = NULL, "explainedAt" = now() WHERE id = '${movementId}'`;
    await expect(run(finance, end)).rejects.toThrow(/row-level/);
    const edit = `UPDATE "BalanceMovement" SET "amountMinor" = 1 WHERE id = '${movementId}'`;
    await expect(run(testSystem, edit)).rejects.toThrow(/never changes/);
    const rename = `UPDATE "MovementExplanation" SET note = 'other' WHERE id = '${id}'`;
    await expect(run(finance, rename)).rejects.toThrow(/never changes|row-level/);
  });
});
