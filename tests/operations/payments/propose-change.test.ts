import { describe, expect, it } from "vitest";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { declineChange } from "@/lib/payments/decline-change-order";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { changeOrderFor, changeOrdersFor } from "@/lib/payments/read-change-orders";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import {
  changeForm,
  lineIdOf,
  makeTrip,
  planOf,
  propose,
  yes,
  tasks,
  amountOf,
  mails,
  traces,
} from "../../support/changes";
import { makeCoordinator, makeManager, makePatient, makeReviewer, testSystem } from "../../support/people";

const now = () => new Date();

describe("proposing a change", () => {
  it("shows old and new, what it does to the plan, and tells patient and owner; nothing changes yet", async () => {
    const trip = await makeTrip();
    const before = await planOf(trip.bookingId);

    const order = await propose(trip, 3_200_000);

    expect(order).toMatchObject({
      ...{ state: "proposed", version: 1, contract: "A", authorRole: "clinic_manager" },
      ...{ fromMinor: 3_500_000n, toMinor: 3_700_000n, ceilingMinor: 4_100_000n },
    });
    const seen = await changeOrderFor(trip.patient, order.id);
    expect(seen?.effect).toEqual({
      instalmentMinor: 200_000n,
      lowered: [],
      loweredMinor: 0n,
      refundMinor: 0n,
    });
    expect(order.effect).toBeNull();
    expect(await planOf(trip.bookingId)).toEqual(before);
    expect(await mails(trip.patient.email, "change_proposed")).toBe(1);
    expect(await tasks(trip.caseId, "follow_change")).toBe(1);
    expect(await traces(order.id)).toEqual(["change.proposed"]);
  });

  it("is dated by whoever says now; its time to answer runs by the database's clock", async () => {
    const trip = await makeTrip();
    const then = new Date(Date.now() - 3 * 86_400_000);
    const form = await changeForm(trip, 3_200_000);
    const order = await proposeChange(trip.manager, form, then);
    expect(order).toMatchObject({ value: { proposedAt: then } });
    const left = order.ok ? (order.value.expiresAt?.getTime() ?? 0) - Date.now() : 0;
    expect(Math.abs(left - form.validHours * 3_600_000)).toBeLessThan(60_000);
  });

  it("is for the centre of the booking and the owner of the case; strangers find nothing", async () => {
    const trip = await makeTrip();
    const other = await makeTrip();
    const form = await changeForm(trip, 3_200_000);
    const reviewer = await makeReviewer(trip.clinic.id);
    expect(await proposeChange(other.manager, form, now())).toMatchObject({ reason: "not_found" });
    expect(await proposeChange(await makeCoordinator(), form, now())).toMatchObject({ reason: "forbidden" });
    const order = await proposeChange(reviewer, form, now());
    expect(order).toMatchObject({ ok: true, value: { authorRole: "clinic_reviewer" } });
    const id = order.ok ? order.value.id : "";
    for (const stranger of [await makePatient(), other.manager, other.patient]) {
      expect(await changeOrderFor(stranger, id)).toBeNull();
      expect(await changeOrdersFor(stranger, { bookingId: trip.bookingId })).toEqual([]);
      expect(await declineChange(stranger, id, {}, now())).toMatchObject({ reason: "not_found" });
    }
    expect(await acceptChange(await makePatient(), id, yes({ hash: "x" }), now())).toMatchObject({
      reason: "not_found",
    });
  });

  it("is refused to a centre the patient no longer lets in", async () => {
    const trip = await makeTrip();
    const form = await changeForm(trip, 3_200_000);
    const consent = await asPerson(testSystem, (tx) =>
      tx.consent.findFirstOrThrow({ where: { caseId: trip.caseId, clinicId: trip.clinic.id } }),
    );
    await withdrawConsent(trip.patient, trip.caseId, consent.id, now());
    expect(await proposeChange(trip.manager, form, now())).toMatchObject({ reason: "forbidden" });
    expect(await proposeChange(trip.owner, form, now())).toMatchObject({ ok: true });
  });

  it("counts on after a change of contract B, which its centre does not see", async () => {
    const trip = await makeTrip();
    const lineId = await lineIdOf(trip.bookingId, "translation");
    const lines = [{ lineId, amount: 30_000, cause: "Fewer pages" }];
    const asked = await changeForm(trip, 1, { contract: "B", reason: "less_needed", lines });
    const first = await proposeChange(trip.owner, asked, now());
    expect(first).toMatchObject({ ok: true, value: { version: 1 } });
    // One waits at a time; which one is none of the centre's.
    const early = await proposeChange(trip.manager, await changeForm(trip, 3_200_000), now());
    expect(early).toEqual({ ok: false, reason: "change_waiting", detail: {} });
    await declineChange(trip.patient, first.ok ? first.value.id : "", {}, now());
    expect(await changeOrdersFor(trip.manager, { bookingId: trip.bookingId })).toEqual([]);
    expect(await propose(trip, 3_200_000)).toMatchObject({ version: 2, contract: "A" });
  });

  it("is one at a time, twice at once too", async () => {
    const trip = await makeTrip();
    const form = await changeForm(trip, 3_200_000);
    const both = await Promise.all([1, 2].map(() => proposeChange(trip.manager, form, now())));
    expect(both.map((one) => (one.ok ? "done" : one.reason)).toSorted()).toEqual(["change_waiting", "done"]);
  });

  it("refuses what cannot be changed, each with its word", async () => {
    const trip = await makeTrip();
    const [treatment, fee, device] = await Promise.all(
      ["treatment", "operator_fee", "device"].map((kind) => lineIdOf(trip.bookingId, kind)),
    );
    const ask = async (
      lines: unknown[],
      more: Record<string, unknown> = {},
      who: typeof trip.owner | typeof trip.manager = trip.manager,
    ) => {
      const asked = await proposeChange(who, await changeForm(trip, 1, { lines, ...more }), now());
      return asked.ok ? "done" : asked.reason;
    };
    const cause = "As agreed";
    expect(await ask([{ lineId: newId(), amount: 5, cause }])).toBe("invalid_line");
    expect(await ask([{ lineId: fee, amount: 5, cause }])).toBe("invalid_line");
    expect(await ask([{ lineId: fee, amount: 5, cause }], { contract: "B" })).toBe("invalid_contract");
    expect(await ask([{ lineId: fee, amount: 5, cause }], { contract: "B" }, trip.owner)).toBe("invalid_fee");
    expect(await ask([{ kind: "operator_fee", amount: 5, cause }])).toBe("invalid_fee");
    expect(await ask([{ lineId: treatment, amount: 3_000_000, cause }])).toBe("invalid_same_sum");
    expect(await ask([{ lineId: device, amount: { amount: 1, currency: "USD" }, cause }])).toBe(
      "invalid_other_currency",
    );
    expect(await ask([{ kind: "device", label: "A valve", device: "nothing-known", amount: 5, cause }])).toBe(
      "invalid_device",
    );
    expect(await ask([{ kind: "hotel", amount: 5, cause }], { contract: "B" }, trip.owner)).toBe(
      "changes_regime",
    );
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { bookingId: trip.bookingId, kind: "device" },
        data: { deliveredAt: now() },
      }),
    );
    expect(await ask([{ lineId: device, amount: 0, cause }])).toBe("line_delivered");
  });

  it("comes to an end with the booking and the case", async () => {
    const trip = await makeTrip("preparing");
    const order = await propose(trip, 3_200_000);
    expect(
      await cancelBooking(trip.patient, trip.bookingId, { cause: "patient_cancels", endCase: false }, now()),
    ).toMatchObject({ ok: true });
    expect(await acceptChange(trip.patient, order.id, yes(order), now())).toMatchObject({
      reason: "illegal_transition",
    });
    expect(await proposeChange(trip.owner, await changeForm(trip, 3_100_000), now())).toMatchObject({
      reason: "illegal_transition",
    });
  });
});

describe("saying no", () => {
  it("leaves all as agreed and brings the owner to speak with both sides", async () => {
    const trip = await makeTrip();
    const before = await planOf(trip.bookingId);
    const order = await propose(trip, 3_200_000);

    const both = await Promise.all(
      [1, 2].map(() => declineChange(trip.patient, order.id, { reason: "Too dear" }, now())),
    );

    expect(both.map((one) => (one.ok ? "done" : one.reason)).toSorted()).toEqual(["done", "not_proposed"]);
    expect(await planOf(trip.bookingId)).toEqual(before);
    expect(await tasks(trip.caseId, "change_declined")).toBe(1);
    expect(await tasks(trip.caseId, "follow_change")).toBe(0);
    expect(await changeOrderFor(trip.manager, order.id)).toMatchObject({
      ...{ state: "declined", declineReason: "Too dear", answeredRole: "patient" },
    });
    expect(await traces(order.id)).toEqual(["change.proposed", "change.declined"]);
  });

  it("or yes, said at once: one of them counts, whole", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_200_000);
    const [no, agreed] = await Promise.all([
      declineChange(trip.patient, order.id, {}, now()),
      acceptChange(trip.patient, order.id, yes(order), now()),
    ]);
    expect([no.ok, agreed.ok].toSorted()).toEqual([false, true]);
    expect(await amountOf(trip.bookingId, "treatment")).toBe(agreed.ok ? 3_200_000n : 3_000_000n);
  });

  it("may be said by who proposed it: taken back, the patient is told and the next may come", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_200_000);
    expect(await declineChange(await makeManager(trip.clinic.id), order.id, {}, now())).toMatchObject({
      ok: true,
    });
    expect(await mails(trip.patient.email, "change_withdrawn")).toBe(1);
    expect(await tasks(trip.caseId, "change_declined")).toBe(0);
    expect(await propose(trip, 3_100_000)).toMatchObject({ version: 2 });
    const second = await makeCoordinator("Berta Second");
    const open = await changeOrdersFor(second, { caseId: trip.caseId });
    expect(await declineChange(second, open[0]?.id ?? "", {}, now())).toMatchObject({ reason: "forbidden" });
    await takeCase(second, trip.caseId, now());
    expect(await declineChange(second, open[0]?.id ?? "", {}, now())).toMatchObject({ ok: true });
  });
});

describe("what the database holds by itself", () => {
  it("refuses a changed proposal, lines that do not add up and a ceiling passed unasked", async () => {
    const trip = await makeTrip();
    const order = await propose(trip, 3_700_000);
    const write = (data: object) =>
      asPerson(testSystem, (tx) => tx.changeOrder.update({ where: { id: order.id }, data }));
    await expect(write({ toMinor: 3_600_000n })).rejects.toThrow(/never changes/);
    const accepted = {
      ...{
        state: "accepted",
        answeredAt: now(),
        answeredById: trip.patient.personId,
        answeredRole: "patient",
      },
      ...{ typedName: "Anna", instalmentMinor: 0n, loweredMinor: 0n, refundMinor: 0n },
    };
    await expect(write({ ...accepted, agreedAboveCeiling: false })).rejects.toThrow(/change_ceiling/);
    await expect(
      asPerson(testSystem, (tx) =>
        tx.changeOrderLine.create({
          data: {
            ...{
              changeOrderId: order.id,
              caseId: trip.caseId,
              position: 9,
              kind: "stay",
              quantity: 1,
              unit: "day",
            },
            ...{ fromMinor: 0n, toMinor: 5n, cause: "Unseen" },
          },
        }),
      ),
    ).rejects.toThrow();
    await expect(
      asPerson(testSystem, (tx) =>
        tx.changeOrderLine.updateMany({ where: { changeOrderId: order.id }, data: { cause: "x" } }),
      ),
    ).rejects.toThrow();
  });
});
