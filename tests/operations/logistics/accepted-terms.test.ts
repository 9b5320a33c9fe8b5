import { describe, expect, it } from "vitest";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { keptTermsSchema } from "@/lib/estimates/kept-terms";
import { openDb } from "@/lib/infra/db";
import { estimatePlan } from "@/lib/logistics/estimate-plan";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { makeAcceptedCase, makeSentEstimate } from "../../support/estimates";
import { hold } from "../../support/holds";
import { dayAt, move } from "../../support/moves";
import { makeAnsweredCase } from "../../support/reviews";

type Terms = Parameters<ReturnType<typeof openDb>["clinic"]["update"]>[0]["data"];
const change = (id: string, data: Terms) => openDb().clinic.update({ where: { id }, data });
const held = () => makeClinic({ contractAMode: "held_by_operator" });

describe("a booking of an accepted estimate", () => {
  it("asks for what was sent, whatever the centre's terms have become", async () => {
    const clinic = await held();
    const accepted = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const kept = keptTermsSchema.parse(accepted.estimate.sentTerms);
    await change(clinic.id, { prepaymentBp: kept.prepaymentBp + 4_000 });
    const booking = await makeHold(accepted);
    const ahead = estimatePlan(accepted.estimate, []);
    if (!ahead.ok) throw new Error(ahead.reason);
    const sums = booking.planItems.map(({ kind, amountMinor, contractAMinor }) => ({
      ...{ kind, amountMinor, contractAMinor },
    }));
    expect(sums).toEqual(
      ahead.value.instalments.map(({ kind, amountMinor, contractAMinor }) => ({
        ...{ kind, amountMinor, contractAMinor },
      })),
    );
    // A prepayment of 10 % of 30,000 and a fifth of 2,000.
    expect(booking.planItems[0]).toMatchObject({ amountMinor: 340_000n, contractAMinor: 300_000n });
    expect(booking.contractAMode).toBe("held_by_operator");
  });

  it("still pays the hospital directly where its money is held for others now", async () => {
    const clinic = await makeClinic({ contractAMode: "direct" });
    const accepted = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    await change(clinic.id, { contractAMode: "held_by_operator", prepaymentBp: 3_000 });
    const booking = await makeHold(accepted);
    expect(booking.contractAMode).toBe("direct");
    expect(booking.planItems.every(({ contractAMinor }) => contractAMinor === 0n)).toBe(true);
  });

  it("is refused in words, as is the yes before it, once the money it was to hold is no longer held", async () => {
    const clinic = await held();
    const accepted = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const answered = await makeAnsweredCase({ clinic });
    const sent = await makeSentEstimate(answered, onlyTreatment);
    await change(clinic.id, { contractAMode: "direct" });
    expect(await hold(accepted)).toMatchObject({ reason: "payment_terms_changed" });
    expect(
      estimatePlan({ ...accepted.estimate, clinic: { contractAMode: "direct", prepaymentBp: 0 } }, []),
    ).toMatchObject({
      value: { terms: { areChanged: true, isBookable: false } },
    });
    const accept = { hash: sent.hash ?? "" };
    expect(await acceptEstimate(answered.patient, sent.id, accept, new Date())).toMatchObject({
      reason: "payment_terms_changed",
    });
    const anew = await makeSentEstimate(answered, onlyTreatment);
    expect(
      await acceptEstimate(answered.patient, anew.id, { hash: anew.hash ?? "" }, new Date()),
    ).toMatchObject({ ok: true });
  });

  it("moves to another day under its own terms after the centre's have changed", async () => {
    const clinic = await held();
    const accepted = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const booking = await makeHold(accepted);
    await change(clinic.id, { prepaymentBp: 7_000 });
    expect(await move(accepted, booking.id, 2, { fromSlotId: booking.slotId })).toMatchObject({
      value: { slotId: dayAt(accepted, 2) },
    });
    const sumsOf = (one: typeof booking) => one.planItems.map(({ amountMinor }) => amountMinor);
    expect(sumsOf(await bookingNow(booking.id))).toEqual(sumsOf(booking));
  });
});
