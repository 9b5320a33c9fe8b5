import { describe, expect, it } from "vitest";
import { signContract } from "@/lib/bookings/sign-contract";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { asPerson, openDb } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { startCheckout } from "@/lib/payments/start-checkout";
import { bookingNow, makeHold, makePaid, makeSigned, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { type AcceptedCase, makeAcceptedCase } from "../../support/estimates";
import { hold, liveClaims, slotNow } from "../../support/holds";
import { reasonOf, traces, valueOf } from "../../support/outcomes";
import { testSystem } from "../../support/people";
import { accept, freePlaces, join, makeWaiting, offered } from "../../support/waiting";

const now = () => new Date();

async function takeBack({ patient, caseId, clinic }: AcceptedCase) {
  const { id } = await asPerson(testSystem, (tx) =>
    tx.consent.findFirstOrThrow({ where: { caseId, clinicId: clinic.id } }),
  );
  return withdrawConsent(patient, caseId, id, now());
}

const rowsOf = (one: AcceptedCase) =>
  asPerson(testSystem, async (tx) => ({
    stage: (await tx.case.findUniqueOrThrow({ where: { id: one.caseId } })).stage,
    estimate: (await tx.estimate.findUniqueOrThrow({ where: { id: one.estimate.id } })).state,
    review: (await tx.review.findUniqueOrThrow({ where: { id: one.reviewId } })).state,
    tasks: (await tx.task.findMany({ where: { caseId: one.caseId } })).map(({ kind }) => kind),
  }));

const sign = (one: AcceptedCase, bookingId: string) =>
  signContract(one.patient, bookingId, { contract: "A", typedName: one.patient.name }, now());

describe("a consent that is taken back after a yes", () => {
  it("ends the accepted estimate: nothing is held or waited for on it, and the patient chooses anew", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    valueOf(await takeBack(one));
    expect(await rowsOf(one)).toMatchObject({
      ...{ stage: "choosing", estimate: "superseded", review: "withdrawn", tasks: ["consent_withdrawn"] },
    });
    expect(reasonOf(await hold(one))).toBe("not_accepted");
    expect(reasonOf(await join(one))).toBe("not_accepted");
  });

  it("ends a hold in the same moment: its day and people are free, nobody signs or pays it", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(one);
    valueOf(await takeBack(one));
    expect(await bookingNow(held.id)).toMatchObject({ state: "cancelled", cancelCause: "hold_expired" });
    expect((await slotNow(held.slotId)).taken).toBe(0);
    expect(await liveClaims(held.id)).toBe(0);
    expect(reasonOf(await sign(one, held.id))).toBe("hold_expired");
    expect(await rowsOf(one)).toMatchObject({
      stage: "choosing",
      estimate: "superseded",
      review: "withdrawn",
    });
    expect(await traces(one.caseId, "booking.hold_expired")).toBe(1);
  });

  it("ends one that waits for its deposit", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const signed = await makeSigned(one);
    valueOf(await takeBack(one));
    const deposit = signed.planItems[0]?.id ?? "";
    expect(reasonOf(await startCheckout(one.patient, deposit, now()))).toBe("hold_expired");
  });

  it("leaves a paid booking to a person, and ends its offer with it", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(one);
    valueOf(await takeBack(one));
    expect(await bookingNow(paid.id)).toMatchObject({ state: "awaiting_centre" });
    expect(await rowsOf(one)).toMatchObject({
      ...{ stage: "contracting", estimate: "accepted", review: "decided", tasks: ["consent_withdrawn"] },
    });
    valueOf(await cancelBooking(one.patient, paid.id, { cause: "patient_cancels", endCase: false }, now()));
    expect(await rowsOf(one)).toMatchObject({
      stage: "choosing",
      estimate: "superseded",
      review: "withdrawn",
    });
    expect(reasonOf(await hold(one))).toBe("not_accepted");
  });

  it("is never overtaken by a hold that is asked for at once", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    await Promise.all([takeBack(one), hold(one)]);
    const live = await asPerson(testSystem, (tx) =>
      tx.booking.count({ where: { caseId: one.caseId, state: { not: "cancelled" } } }),
    );
    expect(live).toBe(0);
    expect((await slotNow(one.clinic.slots[0]?.id)).taken).toBe(0);
  });

  it("keeps a day that was offered from being taken", async () => {
    const clinic = await makeClinic({ days: 1 });
    await openDb().procedureSlot.updateMany({ where: { clinicId: clinic.id }, data: { taken: 1 } });
    const one = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    await makeWaiting(one);
    await freePlaces(clinic.slots[0]?.id);
    const [offer] = await offered(clinic.id);
    valueOf(await takeBack(one));
    expect(reasonOf(await accept(one.patient, offer?.id ?? ""))).toBe("not_accepted");
  });
});

describe("an answer that was withdrawn", () => {
  it("carries no hold, no signature and no place on the list, whatever its estimate says", async () => {
    const one = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(one);
    const other = await makeAcceptedCase({ lines: onlyTreatment });
    await asPerson(testSystem, (tx) =>
      tx.review.updateMany({
        where: { id: { in: [one.reviewId, other.reviewId] } },
        data: { state: "withdrawn", endedAt: now() },
      }),
    );
    expect(reasonOf(await sign(one, held.id))).toBe("consent_withdrawn");
    expect(reasonOf(await hold(other))).toBe("consent_withdrawn");
    expect(reasonOf(await join(other))).toBe("consent_withdrawn");
  });
});
