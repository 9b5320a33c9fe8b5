import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { declineChange } from "@/lib/payments/decline-change-order";
import { expireChangeOrders } from "@/lib/payments/expire-change-orders";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { changeOrderFor } from "@/lib/payments/read-change-orders";
import { recordPayment } from "@/lib/payments/record-payment";
import { statementFor } from "@/lib/payments/read-statement";
import { bookingNow } from "../../support/bookings";
import {
  changeForm,
  lineIdOf,
  makeTrip,
  payItem,
  planOf,
  runOutChange,
  propose,
  yes,
  tasks,
  amountOf,
  mails,
  traces,
} from "../../support/changes";
import { ledgerSums } from "../../support/payments";
import { makeFinance, makePatient, testSystem } from "../../support/people";

const now = () => new Date();

describe("agreeing to a change", () => {
  it("adds one instalment, leaves the accepted estimate as it is, and is done once of twice at once", async () => {
    const trip = await makeTrip();
    const estimate = () =>
      asPerson(testSystem, (tx) =>
        tx.estimate.findUniqueOrThrow({
          where: { id: trip.estimate.id },
          include: { lines: { orderBy: { position: "asc" } } },
        }),
      );
    const quoted = await estimate();
    const order = await propose(trip, 3_200_000);

    const both = await Promise.all([1, 2].map(() => acceptChange(trip.patient, order.id, yes(order), now())));

    expect(both.map((one) => (one.ok ? "done" : one.reason)).toSorted()).toEqual(["done", "not_proposed"]);
    expect(await amountOf(trip.bookingId, "treatment")).toBe(3_200_000n);
    expect(await estimate()).toEqual(quoted);
    const added = (await planOf(trip.bookingId)).filter((item) => item.kind === "change");
    expect(added).toMatchObject([{ amountMinor: 200_000n, contractAMinor: 200_000n, state: "planned" }]);
    expect(await traces(order.id)).toEqual(["change.proposed", "change.accepted"]);
    expect(await tasks(trip.caseId, "follow_change")).toBe(0);
    expect(await mails(trip.manager.email, "change_answered")).toBe(1);
    const kept = await asPerson(testSystem, (tx) =>
      tx.changeOrder.findUniqueOrThrow({ where: { id: order.id } }),
    );
    expect(kept).toMatchObject({ typedName: "Anna Petrova", instalmentMinor: 200_000n, hash: order.hash });
  });

  it("is paid like any instalment, and the ledger balances with every line at its new sum", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_200_000);
    await acceptChange(trip.patient, order.id, yes(order), now());
    const b = await proposeChange(
      trip.owner,
      await changeForm(trip, 0, {
        contract: "B",
        lines: [
          { lineId: await lineIdOf(trip.bookingId, "translation"), amount: 100_001, cause: "More pages" },
        ],
      }),
      now(),
    );
    if (!b.ok) throw new Error(b.reason);
    expect(await changeOrderFor(trip.manager, b.value.id)).toBeNull();
    await acceptChange(trip.patient, b.value.id, yes(b.value, { aboveCeiling: true }), now());
    for (const [kind, contract] of [
      ["balance", "B"],
      ["balance", "A"],
      ["change", "A"],
      ["change", "B"],
    ] as const)
      await payItem(trip.bookingId, kind, contract);

    const statement = await statementFor(trip.patient, trip.bookingId);

    expect(statement?.statement.totals).toMatchObject({
      openMinor: 0n,
      heldMinor: 4_000_001n,
      plannedMinor: 4_000_001n,
    });
    expect(statement?.changes.map((change) => change.version)).toEqual([1, 2]);
    const fee = await openDb().ledgerEntry.aggregate({
      where: { bookingId: trip.bookingId, account: "operator_fee_deferred" },
      _sum: { amountMinor: true },
    });
    expect(fee._sum.amountMinor).toBe(-200_000n);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("lowers what is still to be paid, and proposes the rest back for somebody else to approve", async () => {
    const trip = await makeTrip();
    await payItem(trip.bookingId, "balance", "A");
    const lower = await propose(trip, 2_600_000, { reason: "less_needed" });
    expect((await changeOrderFor(trip.patient, lower.id))?.effect).toMatchObject({ refundMinor: 400_000n });

    expect(await acceptChange(trip.patient, lower.id, yes(lower), now())).toMatchObject({
      ok: true,
      value: { effect: { instalmentMinor: 0n, loweredMinor: 0n, refundMinor: 400_000n } },
    });

    const refunds = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { bookingId: trip.bookingId } }),
    );
    expect(refunds).toMatchObject([{ cause: "change_order", state: "calculated", amountMinor: 400_000n }]);
    expect(await approveRefund(await makeFinance(), refunds[0]?.id ?? "", now())).toMatchObject({ ok: true });
    const after = await statementFor(trip.patient, trip.bookingId);
    expect(after?.statement.contracts[0]).toMatchObject({
      contract: "A",
      heldMinor: 3_100_000n,
      refundedMinor: 400_000n,
    });
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("takes off the unpaid balance first, and an instalment of nothing falls away", async () => {
    const trip = await makeTrip();
    const device = await lineIdOf(trip.bookingId, "device");
    const order = await propose(trip, 0, { lines: [{ lineId: device, amount: 0, cause: "Not needed" }] });
    await acceptChange(trip.patient, order.id, yes(order), now());
    const balance = (await planOf(trip.bookingId)).filter(
      (item) => item.contractAMinor > 0n && item.kind === "balance",
    );
    expect(balance).toMatchObject([
      { amountMinor: 2_650_000n, contractAMinor: 2_650_000n, state: "planned" },
    ]);
    const most = await propose(trip, 350_000, { reason: "less_needed" });
    expect(await acceptChange(trip.patient, most.id, yes(most), now())).toMatchObject({
      value: { effect: { loweredMinor: 2_650_000n, refundMinor: 0n } },
    });
    expect(
      (await planOf(trip.bookingId)).find((item) => item.kind === "balance" && item.contractAMinor > 0n),
    ).toMatchObject({
      state: "cancelled",
    });
  });

  it("needs the words that were read, a name, and above the ceiling a yes to that", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_600_001);
    const answer = async (more: Record<string, unknown>) => {
      const one = await acceptChange(trip.patient, order.id, yes(order, more), now());
      return one.ok ? "done" : one.reason;
    };
    expect(await answer({ hash: "0".repeat(64) })).toBe("change_differs");
    expect(await answer({ typedName: "X" })).toBe("invalid_typed_name");
    expect(await answer({})).toBe("invalid_above_ceiling");
    expect(await answer({ aboveCeiling: true })).toBe("done");
    const again = await propose(trip, 3_600_000);
    expect(again.ceilingMinor).toBe(4_100_001n);
  });

  it("waits while somebody pays the instalment it lowers", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 2_900_000);
    const item = (await bookingNow(trip.bookingId)).planItems.find(
      (one) => one.kind === "balance" && one.contract === "A",
    );
    const id = newId();
    await asPerson(testSystem, (tx) =>
      tx.payment.create({
        data: {
          ...{
            id,
            planItemId: item?.id ?? "",
            bookingId: trip.bookingId,
            caseId: trip.caseId,
            payerId: trip.patient.personId,
          },
          ...{
            method: "card",
            state: "requires_action",
            currency: "EUR",
            amountMinor: item?.amountMinor ?? 0n,
            idempotencyKey: id,
          },
        },
      }),
    );
    expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({
      reason: "change_being_paid",
    });
    expect(await amountOf(trip.bookingId, "treatment")).toBe(3_000_000n);
    await asPerson(testSystem, (tx) => tx.payment.update({ where: { id }, data: { state: "expired" } }));
    expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({ ok: true });
  });

  it("gives back a late payment of the old sum, and the lowered instalment stays to be paid", async () => {
    const trip = await makeTrip();
    const item = (await bookingNow(trip.bookingId)).planItems.find(
      (one) => one.kind === "balance" && one.contract === "A",
    );
    const { bookingId, caseId, patient } = trip;
    const id = newId();
    await asPerson(testSystem, (tx) =>
      tx.payment.create({
        data: {
          ...{ id, planItemId: item?.id ?? "", bookingId, caseId, payerId: patient.personId, method: "card" },
          ...{ state: "expired", currency: "EUR", amountMinor: item?.amountMinor ?? 0n, idempotencyKey: id },
        },
      }),
    );
    const order = await propose(trip, 2_900_000);
    await acceptChange(patient, order.id, yes(order), now());

    const told = await asPerson(testSystem, (tx) => recordPayment(tx, testSystem, id, {}, now()));

    expect(told).toBe("surplus");
    const after = (await planOf(bookingId)).find((one) => one.kind === "balance" && one.contractAMinor > 0n);
    expect(after).toMatchObject({ state: "planned", amountMinor: (item?.amountMinor ?? 0n) - 100_000n });
    const back = await asPerson(testSystem, (tx) => tx.refund.findMany({ where: { paymentId: id } }));
    expect(back).toMatchObject([{ amountMinor: item?.amountMinor, state: "calculated" }]);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("is over by the database's clock, whatever the caller's says, and swept once", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_200_000);
    await runOutChange(order.id);
    const early = new Date(Date.now() - 86_400_000);
    expect(await acceptChange(trip.patient, order.id, yes(order), early)).toMatchObject({
      reason: "change_expired",
    });
    expect(await expireChangeOrders(testSystem, now())).toBe(1);
    expect(await expireChangeOrders(testSystem, now())).toBe(0);
    expect(await tasks(trip.caseId, "change_expired")).toBe(1);
    expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({
      reason: "change_expired",
    });
    expect(await amountOf(trip.bookingId, "treatment")).toBe(3_000_000n);
    expect(await traces(order.id)).toEqual(["change.proposed", "change.expired"]);
  });

  it("is for who decides: somebody let in to read or pay is refused", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_200_000);
    const helper = await makePatient("Boris Petrov");
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: {
          caseId: trip.caseId,
          personId: helper.personId,
          scopes: ["read", "pay"],
          purpose: "companion",
        },
      }),
    );
    expect(await changeOrderFor(helper, order.id)).toMatchObject({ id: order.id });
    expect(await acceptChange(helper, order.id, yes(order), now())).toMatchObject({ reason: "forbidden" });
    expect(await declineChange(helper, order.id, {}, now())).toMatchObject({ reason: "forbidden" });
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.updateMany({ where: { personId: helper.personId }, data: { scopes: ["owner"] } }),
    );
    const form = yes(order, { typedName: "Boris Petrov" });
    expect(await acceptChange(helper, order.id, form, now())).toMatchObject({ ok: true });
  });
});
