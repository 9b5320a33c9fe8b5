import { describe, expect, it } from "vitest";
import { GET as list } from "@/app/api/v1/disputes/route";
import { addDays, addMinutes, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { disputeAddress } from "@/lib/infra/stripe";
import { disputeView } from "@/lib/payments/dispute-view";
import { keepDispute } from "@/lib/payments/keep-dispute";
import { disputesFor, disputesOfCase } from "@/lib/payments/read-disputes";
import { makePaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { call, tokenOf } from "@/tests/support/routes";
import { eventually } from "@/tests/support/stripe-sandbox";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

/** A paid deposit its payer's bank asks for, as the provider tells us. */
async function makeAsked(amount = 50_000) {
  const made = await makePaidBooking(provider());
  const { paymentIntentId } = await asPerson(testSystem, (tx) =>
    tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
  );
  await provider().askForPart(paymentIntentId ?? "", amount);
  const shown = async () => {
    await provider().work();
    const all = await disputesFor(await makeFinance());
    return all.find(({ paymentId }) => paymentId === made.paymentId) ?? null;
  };
  const asked = await eventually(shown);
  return { ...made, asked, shown, paymentIntentId };
}

describe("a payment its payer's bank asks for", () => {
  it("is told to finance with the sum, the reason and the last day of an answer, and then how it ended", async () => {
    const { bookingId, asked, shown } = await makeAsked();
    expect(asked).toMatchObject({
      ...{ state: "needs_answer", amountMinor: 50_000n, reason: "fraudulent" },
      ...{ bookingId, endedAt: null },
    });
    const days = (Number(asked.answerBy) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(8);
    await provider().decide(asked.id, "winning_evidence");
    const won = await eventually(async () => {
      const row = await shown();
      return row?.state === "won" ? row : null;
    });
    expect(won.endedAt).not.toBeNull();
    expect(disputeView(won)).toMatchObject({ reason: "fraudulent", amount: { amount: 50_000 } });
  });

  it("is kept once when told twice at once, and late news of before reopens nothing", async () => {
    const { asked, paymentIntentId, shown } = await makeAsked();
    const { id, reason, openedAt, answerBy, amountMinor: askedMinor } = asked;
    const tell = (status: string) =>
      asPerson(testSystem, (tx) =>
        keepDispute(
          tx,
          { ...{ id, status, reason, openedAt, answerBy, askedMinor }, paymentIntentId },
          new Date(),
        ),
      );
    await Promise.all(["under_review", "under_review", "under_review"].map(tell));
    expect((await shown())?.state).toBe("answered");
    await tell("won");
    for (const late of ["needs_response", "under_review"]) await tell(late);
    expect((await shown())?.state).toBe("won");
    await tell("lost");
    for (const late of ["won", "needs_response"]) await tell(late);
    expect((await shown())?.state).toBe("lost");
  });

  it("stays answered when news of before comes late, and asks again once its last day is another", async () => {
    const { asked, paymentIntentId, shown } = await makeAsked();
    const { id, reason, openedAt, amountMinor: askedMinor } = asked;
    const first = asked.answerBy ?? new Date();
    const tell = (status: string, answerBy: Date | null = first) =>
      asPerson(testSystem, (tx) =>
        keepDispute(
          tx,
          { ...{ id, status, reason, openedAt, answerBy, askedMinor }, paymentIntentId },
          new Date(),
        ),
      );
    await tell("warning_under_review");
    await tell("warning_needs_response");
    await tell("needs_response", null);
    expect((await shown())?.state).toBe("answered");
    const later = addMinutes(first, 1_440);
    await tell("needs_response", later);
    expect(await shown()).toMatchObject({ state: "needs_answer", answerBy: later });
    await tell("warning_under_review");
    expect(await shown()).toMatchObject({ state: "needs_answer", answerBy: later });
    await tell("under_review", later);
    expect((await shown())?.state).toBe("answered");
  });

  it("comes before others when its last day is nearer, and after them once it is answered", async () => {
    const made = await Promise.all([makeAsked(), makeAsked(), makeAsked()]);
    const [first, second, third] = made.map(({ asked }) => asked.id);
    const set = (id = "", facts: object) =>
      asPerson(testSystem, (tx) => tx.dispute.update({ where: { id }, data: facts }));
    const day = (days: number) => dateOf(addDays(dayOf(new Date()), days));
    await set(first, { answerBy: day(5) });
    await set(second, { answerBy: day(2) });
    await set(third, { answerBy: day(1), state: "answered" });
    const ids = (await disputesFor(await makeFinance())).map(({ id }) => id);
    const places = [second, first, third].map((id) => ids.indexOf(id ?? ""));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("is shown to the coordinators of its case, to no patient, and in no other case", async () => {
    const { caseId, asked } = await makeAsked();
    const coordinator = await makeCoordinator();
    expect((await disputesOfCase(coordinator, caseId)).map(({ id }) => id)).toEqual([asked.id]);
    const other = await makeAsked();
    expect((await disputesOfCase(coordinator, other.caseId)).map(({ id }) => id)).not.toContain(asked.id);
    const stranger = await makePatient();
    expect(await asPerson(stranger, (tx) => tx.dispute.count())).toBe(0);
    const written = asPerson(await makeFinance(), (tx) =>
      tx.dispute.updateMany({ where: { id: asked.id }, data: { endedAt: addMinutes(new Date(), 1) } }),
    );
    expect((await written).count).toBe(0);
    expect((await call(list, { token: await tokenOf(stranger) })).status).toBe(404);
    const told = await call(list, { token: await tokenOf(await makeFinance()) });
    expect(JSON.stringify(told.body)).toContain(asked.id);
  });

  it("has an address at the provider only where the provider has pages", () => {
    expect(disputeAddress("du_1")).toBeNull();
  });
});
