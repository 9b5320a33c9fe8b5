import { describe, expect, it } from "vitest";
import { GET as getPlan } from "@/app/api/v1/estimates/[id]/plan/route";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { estimatePlanSchema } from "@/lib/logistics/views/estimate-plan";
import { makeHold } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { line, makeSentEstimate } from "../../support/estimates";
import { makeManager, makePatient } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";
import { call, tokenOf } from "../../support/routes";

const lines = [
  line("treatment", 3_000_001, { contract: "A", low: 2_800_000, high: 3_600_000 }),
  line("operator_fee", 200_003),
  line("hotel", 45_000, { optional: true }),
];

async function sentTo(contractAMode: "direct" | "held_by_operator") {
  const clinic = await makeClinic({ contractAMode });
  const answered = await makeAnsweredCase({ clinic });
  const estimate = await makeSentEstimate(answered, lines);
  return { ...answered, estimate };
}

describe("the payment plan of an estimate, before it is accepted", () => {
  it.each(["direct", "held_by_operator"] as const)(
    "is the plan the booking gets, to the last unit, where contract A is %s",
    async (mode) => {
      const made = await sentTo(mode);
      const hotel = made.estimate.lines.find((one) => one.kind === "hotel")?.id ?? "";
      const asked = { token: await tokenOf(made.patient), params: { id: made.estimate.id } };
      const needed = estimatePlanSchema.parse((await call(getPlan, asked)).body);
      const ahead = estimatePlanSchema.parse(
        (await call(getPlan, { ...asked, query: `?services=${hotel}` })).body,
      );
      expect(needed.total.amount).toBeLessThan(ahead.total.amount);
      expect(ahead.toHospital).toEqual(mode === "direct" ? { amount: 3_000_001, currency: "EUR" } : null);

      await acceptEstimate(made.patient, made.estimate.id, { hash: made.estimate.hash ?? "" }, new Date());
      const booking = await makeHold(made, { services: [hotel] });
      expect(ahead.items.map((item) => [item.kind, item.contract, item.amount.amount])).toEqual(
        booking.planItems.map((item) => [item.kind, item.contract, Number(item.amountMinor)]),
      );
    },
  );

  it("is not there for a stranger and another centre, and refuses a service of elsewhere", async () => {
    const made = await sentTo("direct");
    const params = { id: made.estimate.id };
    const [stranger, other, own] = await Promise.all([
      tokenOf(await makePatient()),
      tokenOf(await makeManager((await makeClinic()).id)),
      tokenOf(made.patient),
    ]);
    expect((await call(getPlan, { token: stranger, params })).status).toBe(404);
    expect((await call(getPlan, { token: other, params })).status).toBe(404);
    const foreign = "?services=01900000-0000-7000-8000-000000000000";
    expect(await call(getPlan, { token: own, params, query: foreign })).toMatchObject({
      status: 422,
      body: { code: "invalid_services" },
    });
    expect((await call(getPlan, { token: own, params, query: "?services=x" })).status).toBe(422);
  });
});
