import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sendEstimate } from "@/lib/estimates/send-estimate";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { editEstimate } from "@/lib/estimates/edit-estimate";
import { editEstimateForm } from "@/lib/estimates/forms";
import { asPerson } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { proposeRelease } from "@/lib/payments/propose-release";
import { readReleasable } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { bookingNow, makePaid, onlyTreatment } from "@/tests/support/bookings";
import { changeForm, makeTrip } from "@/tests/support/changes";
import { makeClinic } from "@/tests/support/clinics";
import { estimateForm, line, makeAcceptedCase, usualLines } from "@/tests/support/estimates";
import { hold, makeMany, newCity, part } from "@/tests/support/holds";
import { makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { makeAnsweredCase } from "@/tests/support/reviews";

const now = () => new Date();
beforeEach(makeTaxSettings);

const companionRide = line("transfer_arrival", 9_500, { label: "For the companion" });

/** A paid booking of earlier days with two rides of one way sold, and one planned. */
async function makeTwins() {
  const lines = [...onlyTreatment, line("translation", 50_000), line("visa", 9_500)];
  const accepted = await makeAcceptedCase({ lines });
  const { id: bookingId, caseId } = await makePaid(accepted);
  const rideId = newId();
  await asPerson(testSystem, async (tx) => {
    await tx.bookingService.updateMany({
      where: { bookingId, kind: { in: ["translation", "visa"] } },
      data: { kind: "transfer_arrival" },
    });
    await tx.transfer.create({
      data: {
        ...{ id: rideId, bookingId, caseId, direction: "arrival", state: "picked_up" },
        ...{ timeZone: "Europe/Berlin", pickupPlace: "Airport", dropPlace: "Clinic", pickupAt: now() },
      },
    });
  });
  return { owner: accepted.owner, bookingId, caseId, rideId };
}

/** The line of the two that nobody has delivered, which is then written down as delivered all the same. */
async function deliverTwin(bookingId: string): Promise<string> {
  const { services } = await bookingNow(bookingId);
  const open = services.filter((one) => one.kind === "transfer_arrival" && one.deliveredAt === null);
  expect(open).toHaveLength(1);
  const [{ id } = { id: "" }] = open;
  await asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({ where: { id }, data: { deliveredAt: now() } }),
  );
  return id;
}

const releasable = (bookingId: string) => asPerson(testSystem, (tx) => readReleasable(tx, [bookingId]));

describe("a second line of what one driver, interpreter or parcel serves", () => {
  it("comes into no estimate: neither drafted, nor written in, nor sent from an older draft", async () => {
    const { owner, reviewId } = await makeAnsweredCase();
    const twins = estimateForm([...usualLines, companionRide]);
    expect(await draftEstimate(owner, reviewId, twins, now())).toMatchObject({
      reason: "invalid_twin",
      detail: { path: "lines.5.kind" },
    });
    const draft = valueOf(await draftEstimate(owner, reviewId, estimateForm(), now()));
    const more = editEstimateForm.parse({ lines: [...usualLines, companionRide] });
    expect(await editEstimate(owner, draft.id, more, now())).toMatchObject({ reason: "invalid_twin" });
    await asPerson(testSystem, (tx) =>
      tx.estimateLine.updateMany({
        where: { estimateId: draft.id, kind: "transfer_return" },
        data: { kind: "transfer_arrival" },
      }),
    );
    expect(await sendEstimate(owner, draft.id, now())).toMatchObject({ reason: "invalid_twin" });
  });

  it("is not held from an estimate of earlier days", async () => {
    const place = newCity();
    const clinic = await makeClinic(place);
    const [one] = await makeMany(1, clinic, [part("interpreter"), part("interpreter")]);
    if (!one) throw new Error("There is no case.");
    expect(await hold(one)).toMatchObject({ reason: "twin_services" });
  });

  it("comes into no booking by a change, but takes the place of one that falls away", async () => {
    const trip = await makeTrip("preparing");
    const { bookingId } = trip;
    const lineId = (await bookingNow(bookingId)).services.find((one) => one.kind === "translation")?.lineId;
    await asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { bookingId, kind: "translation" },
        data: { kind: "transfer_arrival" },
      }),
    );
    const added = { kind: "transfer_arrival", label: "Companion", amount: 9_500, cause: "One more" };
    const change = async (lines: object[]) =>
      proposeChange(trip.owner, await changeForm(trip, 1, { contract: "B", lines }), now());
    expect(await change([added])).toMatchObject({ reason: "invalid_twin", detail: { path: "lines.0.kind" } });
    const kinds = { ...added, kind: "interpreter" };
    expect(await change([kinds, kinds])).toMatchObject({ reason: "invalid_twin" });
    expect(await change([{ lineId, amount: 0, cause: "Not needed" }, added])).toMatchObject({ ok: true });
  });
});

describe("one ride under two lines of earlier days", () => {
  it("is delivery of one of them, and pays that one alone", async () => {
    const { owner, bookingId, rideId } = await makeTwins();
    valueOf(await moveTransfer(owner, rideId, "finish", {}, now()));
    const twinId = await deliverTwin(bookingId);
    const { due, waiting } = await releasable(bookingId);
    expect(due).toMatchObject([{ lines: [{ evidenceId: rideId }] }]);
    expect(due[0]?.lines).toHaveLength(1);
    expect(waiting).toMatchObject([{ serviceId: twinId, reason: "proof_used" }]);
  });

  it("pays no second line after the first was released, whatever the code asks of the database", async () => {
    const { owner, bookingId, caseId, rideId } = await makeTwins();
    valueOf(await moveTransfer(owner, rideId, "finish", {}, now()));
    const [group] = (await releasable(bookingId)).due;
    if (!group) throw new Error("Nothing is due.");
    const finance = await makeFinance();
    const form = { bookingId, contract: group.contract, payee: "Rides GmbH", key: releaseKey(group) };
    const { id: releaseId } = valueOf(await proposeRelease(finance, form, now()));
    const twinId = await deliverTwin(bookingId);
    expect((await releasable(bookingId)).waiting).toMatchObject([
      { serviceId: twinId, reason: "proof_used" },
    ]);
    const second = asPerson(testSystem, (tx) =>
      tx.releaseLine.createMany({
        data: [
          {
            ...{ id: newId(), releaseId, bookingId, caseId, serviceId: twinId, kind: "transfer_arrival" },
            ...{ amountMinor: 9_500n, taxMinor: 0n, evidence: "transfer_done", evidenceId: rideId },
            deliveredAt: now(),
          },
        ],
      }),
    );
    await expect(second).rejects.toSatisfy(isCheckViolation);
  });
});
