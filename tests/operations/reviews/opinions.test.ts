import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { offersForCase, opinionFor, opinionsInMoney, opinionsOfCase } from "@/lib/reviews/read-opinions";
import { OPINION_SETTING, OPINION_TERMS } from "@/lib/reviews/opinion";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { saveOpinionFees } from "@/lib/reviews/save-opinion-fees";
import { FEE_MINOR, makeOffered, makeOrdered, opinionNow, orderOf } from "@/tests/support/opinions";
import { reasonOf, reasonsOf, traces, valueOf } from "@/tests/support/outcomes";
import { makeAdmin, makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

const now = new Date();

async function ask(made: Awaited<ReturnType<typeof makeOffered>>, change: object = {}) {
  const form = { ...orderOf(made.clinic.slug), ...change };
  return askOpinion(made.patient, made.caseId, form, new Date());
}

describe("ordering a second opinion", () => {
  it("keeps fee and terms as they were shown, and asks nobody yet", async () => {
    const made = await makeOffered();
    const { id } = valueOf(await ask(made));
    expect(await opinionNow(id)).toMatchObject({
      ...{ state: "awaiting_payment", feeMinor: BigInt(FEE_MINOR), currency: "EUR", answerDays: 10 },
      ...{ reviewId: null, askedById: made.patient.personId },
    });
    expect(await traces(made.caseId, "opinion.ordered")).toBe(1);
    const changed = asPerson(testSystem, (tx) =>
      tx.secondOpinion.update({ where: { id }, data: { feeMinor: 1n } }),
    );
    await expect(changed).rejects.toThrow("never change");
  });

  it("orders one of two asked for at once", async () => {
    const made = await makeOffered();
    expect(reasonsOf(await Promise.all([ask(made), ask(made)]))).toEqual(["already_ordered", "done"]);
  });

  it("sells nothing that cannot be asked, and nothing to whoever needs help now", async () => {
    const [closed, direct, blocked, urgent, booked] = [
      await makeOffered({ withoutConsent: true }),
      await makeOffered({ contractAMode: "direct" }),
      await makeOffered(),
      await makeOffered(),
      await makeOffered({ stage: "contracting" }),
    ];
    await asPerson(testSystem, async (tx) => {
      await tx.case.update({ where: { id: urgent.caseId }, data: { urgent: true } });
      await tx.checklistItem.deleteMany({ where: { caseId: blocked.caseId } });
    });
    expect(reasonOf(await ask(closed))).toBe("no_consent");
    expect(reasonOf(await ask(direct))).toBe("invalid_clinic");
    expect(reasonOf(await ask(blocked))).toBe("records_missing");
    expect(reasonOf(await ask(urgent))).toBe("urgent_case");
    expect(reasonOf(await ask(booked))).toBe("illegal_transition");
    expect(reasonOf(await ask(urgent, { clinic: "no-such-centre" }))).toBe("urgent_case");
  });

  it("charges no other fee than the one that was shown", async () => {
    const made = await makeOffered();
    const other = { fee: { amountMinor: BigInt(FEE_MINOR) - 1n, currency: "EUR" as const } };
    expect(reasonOf(await ask(made, other))).toBe("fee_changed");
    const usd = { fee: { amountMinor: BigInt(FEE_MINOR), currency: "USD" as const } };
    expect(reasonOf(await ask(made, usd))).toBe("fee_changed");
  });

  it("sells under no other days or terms than the ones that were shown, where they are named", async () => {
    const made = await makeOffered();
    expect(reasonOf(await ask(made, { answerDays: 9 }))).toBe("fee_changed");
    expect(reasonOf(await ask(made, { answerDays: 10, termsVersion: "2025-01" }))).toBe("fee_changed");
    expect(reasonOf(await ask(made, { answerDays: 10, termsVersion: OPINION_TERMS }))).toBe("done");
  });

  it("sells no opinion of a centre that was asked for free already", async () => {
    const made = await makeOffered();
    valueOf(await requestReviews(made.owner, made.caseId, { clinics: [made.clinic.slug] }, now));
    expect(reasonOf(await ask(made))).toBe("already_requested");
  });

  it("shows a stranger neither offers nor orders, and a helper without a word in money nothing", async () => {
    const made = await makeOrdered();
    const [stranger, helper] = await Promise.all([makePatient(), makePatient()]);
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.create({
        data: { caseId: made.caseId, personId: helper.personId, scopes: ["upload"], purpose: "companion" },
      }),
    );
    expect(await offersForCase(stranger, made.caseId, now)).toBeNull();
    expect(await opinionsOfCase(stranger, made.caseId)).toBeNull();
    expect(await opinionFor(stranger, made.opinionId)).toBeNull();
    expect(await opinionsOfCase(helper, made.caseId)).toEqual([]);
    expect(await opinionFor(helper, made.opinionId)).toBeNull();
    const order = orderOf(made.clinic.slug);
    expect(reasonOf(await askOpinion(stranger, made.caseId, order, now))).toBe("not_found");
    expect(reasonOf(await askOpinion(helper, made.caseId, order, now))).toBe("forbidden");
    expect(await opinionsOfCase(made.patient, made.caseId)).toHaveLength(1);
    expect(await opinionsOfCase(await makeCoordinator(), made.caseId)).toHaveLength(1);
    const unpaid = await opinionsInMoney(await makeFinance());
    expect(unpaid.some(({ id }) => id === made.opinionId)).toBe(false);
  });
});

it("sets the fees once of two administrators who saw the same, and leaves what was ordered as it was", async () => {
  const made = await makeOrdered();
  const admins = await Promise.all([makeAdmin(), makeAdmin()]);
  const set = await openDb().setting.findUniqueOrThrow({ where: { key: OPINION_SETTING } });
  const form = { currency: "USD" as const, answerDays: 5, fees: { [made.clinic.slug]: 99 } };
  const saved = await Promise.all(
    admins.map((admin) => saveOpinionFees(admin, { ...form, seenAt: set.changedAt }, new Date())),
  );
  expect(reasonsOf(saved)).toEqual(["done", "stale_settings"]);
  expect(await opinionNow(made.opinionId)).toMatchObject({ feeMinor: BigInt(FEE_MINOR), answerDays: 10 });
  const [offer] = (await offersForCase(made.patient, made.caseId, new Date())) ?? [];
  expect(offer).toMatchObject({ feeMinor: 99n, currency: "USD", answerDays: 5, hasConsent: true });
});
