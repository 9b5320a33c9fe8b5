import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GET as getBooking } from "@/app/api/v1/bookings/[id]/route";
import { POST as cancel } from "@/app/api/v1/bookings/[id]/cancel/route";
import { POST as confirm } from "@/app/api/v1/bookings/[id]/confirm/route";
import { GET as getPlan } from "@/app/api/v1/bookings/[id]/plan/route";
import { GET as getQuote } from "@/app/api/v1/bookings/[id]/refund-quote/route";
import { POST as sign } from "@/app/api/v1/bookings/[id]/sign/route";
import { GET as listBookings, POST as hold } from "@/app/api/v1/bookings/route";
import { PUT as putCapacity } from "@/app/api/v1/cabinet/capacity/route";
import { GET as getCapacity } from "@/app/api/v1/clinics/[slug]/capacity/route";
import { POST as accept } from "@/app/api/v1/estimates/[id]/accept/route";
import { GET as getEstimate, PATCH as editEstimate } from "@/app/api/v1/estimates/[id]/route";
import { POST as send } from "@/app/api/v1/estimates/[id]/send/route";
import { POST as draft } from "@/app/api/v1/reviews/[id]/estimates/route";
import { POST as createTransfer } from "@/app/api/v1/transfers/route";
import { bookingSchema } from "@/lib/bookings/views/booking";
import { planItemSchema } from "@/lib/bookings/views/plan-item";
import { refundQuoteSchema } from "@/lib/bookings/views/refund-quote";
import { addDays, dayOf } from "@/lib/kernel/day";
import { estimateViewSchema } from "@/lib/estimates/views";
import { onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { makeAcceptedCase, usualLines } from "../../support/estimates";
import { makeManager, makePatient } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";
import { call, tokenOf } from "../../support/routes";

const validUntil = addDays(dayOf(new Date()), 20);
const estimateBody = { currency: "EUR", validUntil, lines: usualLines, exclusions: ["Flights"] };

describe("from the answer to the hold, by API", () => {
  it("answers with the shapes it describes", async () => {
    const answered = await makeAnsweredCase();
    const [coordinator, patient, manager] = await Promise.all([
      tokenOf(answered.owner),
      tokenOf(answered.patient),
      tokenOf(await makeManager(answered.clinic.id)),
    ]);
    const drafted = await call(draft, {
      token: coordinator,
      params: { id: answered.reviewId },
      body: estimateBody,
    });
    expect(drafted.status).toBe(201);
    const { id } = estimateViewSchema.parse(drafted.body);
    expect(drafted.headers.get("location")).toBe(`/api/v1/estimates/${id}`);
    expect((await call(getEstimate, { token: patient, params: { id } })).status).toBe(404);
    const sent = estimateViewSchema.parse(
      (await call(send, { token: coordinator, params: { id }, body: {} })).body,
    );
    expect(sent.totals.expected).toEqual({ amount: 3_212_000, currency: "EUR" });
    expect(sent.totalsWithOptional.expected.amount).toBe(3_284_000);
    const taken = await call(accept, { token: patient, params: { id }, body: { hash: sent.hash } });
    expect(taken).toMatchObject({ status: 200, body: { state: "accepted" } });

    const capacity = await call(getCapacity, {
      params: { slug: answered.clinic.slug },
      query: "?treatment=teer",
    });
    expect(capacity.body).toMatchObject({ items: [{ capacity: 1, free: 1 }, {}, {}, {}, {}], next: null });
    const slotId = answered.clinic.slots[0]?.id;
    const clash = await call(hold, { token: patient, body: { estimateId: id, slotId, services: [] } });
    expect(clash).toMatchObject({ status: 409, body: { code: "driver_taken" } });
    const patched = await call(editEstimate, {
      token: coordinator,
      params: { id },
      body: { exclusions: [] },
      method: "PATCH",
    });
    expect(patched).toMatchObject({ status: 409, body: { code: "not_a_draft" } });
    const set = [{ treatment: "teer", on: capacityDay(capacity.body), capacity: 3 }];
    const put = await call(putCapacity, { token: manager, body: set, method: "PUT" });
    expect(put).toMatchObject({ status: 200, body: { items: [{ slotId, capacity: 3, free: 3 }] } });
  });

  it("holds, signs, shows plan and refund, and refuses what cannot be", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const token = await tokenOf(accepted.patient);
    const body = { estimateId: accepted.estimate.id, slotId: accepted.clinic.slots[0]?.id, services: [] };
    const held = await call(hold, { token, body });
    expect(held.status).toBe(201);
    const { id } = bookingSchema.parse(held.body);
    expect(await call(hold, { token, body })).toMatchObject({
      status: 409,
      body: { code: "hold_exists", bookingId: id },
    });
    const params = { id };
    const plan = (await call(getPlan, { token, params })).body as unknown as { items: unknown[] };
    expect(planItemSchema.array().parse(plan.items)).toHaveLength(3);
    const quote = await call(getQuote, { token, params, query: "?cause=visa_refused" });
    expect(refundQuoteSchema.parse(quote.body).total.owed.amount).toBe(0);
    for (const contract of ["A", "B"]) {
      const signed = await call(sign, { token, params, body: { contract, typedName: "Anna Petrova" } });
      expect(signed.status).toBe(200);
    }
    expect((await call(getBooking, { token, params })).body).toMatchObject({ state: "awaiting_deposit" });
    const manager = await tokenOf(await makeManager(accepted.clinic.id));
    expect(await call(confirm, { token: manager, params, body: {} })).toMatchObject({
      status: 409,
      body: { code: "not_paid" },
    });
    expect(await call(confirm, { token, params, body: {} })).toMatchObject({ status: 404 });
    const list = await call(listBookings, { token: manager });
    expect(list.body).toMatchObject({ items: [{ id }], next: null });
    expect(await call(cancel, { token, params, body: { cause: "boredom" } })).toMatchObject({ status: 422 });
    expect(await call(cancel, { token, params, body: { cause: "patient_cancels" } })).toMatchObject({
      status: 200,
      body: { state: "cancelled" },
    });
  });

  it("shows strangers and nobody the same nothing", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const stranger = await tokenOf(await makePatient());
    const other = await tokenOf(await makeManager((await makeClinic()).id));
    const params = { id: accepted.estimate.id };
    for (const token of [stranger, other]) {
      expect((await call(getEstimate, { token, params })).status).toBe(404);
    }
    const none = await call(getEstimate, {
      token: stranger,
      params: { id: "01900000-0000-7000-8000-000000000000" },
    });
    const theirs = await call(getEstimate, { token: stranger, params });
    expect(theirs.body).toEqual(none.body);
    expect((await call(getEstimate, { token: stranger, params: { id: "1" } })).status).toBe(404);
    expect((await call(getEstimate, { params })).status).toBe(401);
  });
});

function capacityDay(body: object): string {
  const { items } = body as { items: { on: string }[] };
  return items[0]?.on ?? "";
}

describe("bad input", () => {
  it("is refused and never an error of ours", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const tokens = {
      patient: await tokenOf(accepted.patient),
      coordinator: await tokenOf(accepted.owner),
      manager: await tokenOf(await makeManager(accepted.clinic.id)),
    };
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(1e308, -1, "\u0000", "9".repeat(400), 2 ** 53, null, "🫀", [], {}),
    );
    const fieldsOf = (...names: string[]) =>
      fc.oneof(
        anything,
        fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] }),
      );
    const line = fc.record({
      ...Object.fromEntries(
        ["quantity", "unit", "cause", "optional", "low", "high", "device", "options"].map((name) => [
          name,
          anything,
        ]),
      ),
      contract: fc.constantFrom("A", "B", "C"),
      kind: fc.oneof(fc.constant("stay"), anything),
      expected: fc.oneof(fc.nat(), anything),
    });
    const estimate = fc.record({
      currency: fc.constantFrom("EUR", "ZZZ"),
      validUntil: fc.oneof(fc.constant(validUntil), anything),
      lines: fc.array(line, { maxLength: 3 }),
    });
    const booking = fc.record({
      estimateId: fc.constantFrom(accepted.estimate.id, accepted.caseId, "x"),
      slotId: fc.oneof(fc.constant(accepted.clinic.slots[0]?.id), anything),
      services: anything,
      arrivalAt: fc.oneof(
        anything,
        fc.constantFrom("2027-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"),
      ),
      returnOn: fc.constantFrom("9999-12-31", "0001-01-01", "2027-02-30"),
    });
    const capacity = fc.array(
      fc.record({
        treatment: fc.oneof(fc.constant("teer"), anything),
        on: fc.oneof(fc.constant("9999-12-31"), anything),
        capacity: anything,
      }),
    );
    const cases: [Parameters<typeof call>[0], keyof typeof tokens, string, fc.Arbitrary<unknown>][] = [
      [draft, "coordinator", accepted.reviewId, fc.oneof(estimate, anything)],
      [hold, "patient", "", fc.oneof(booking, anything)],
      [accept, "patient", accepted.estimate.id, fieldsOf("hash")],
      [sign, "patient", accepted.estimate.id, fieldsOf("contract", "typedName")],
      [cancel, "coordinator", accepted.estimate.id, fieldsOf("cause", "endCase", "note")],
      [createTransfer, "coordinator", "", fieldsOf("bookingId", "direction", "pickupAt", "passengers")],
      [putCapacity, "manager", "", fc.oneof(capacity, fieldsOf("items"))],
    ];
    for (const [route, role, id, bodies] of cases) {
      const method = route === putCapacity ? "PUT" : "POST";
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const answer = await call(route, { token: tokens[role], params: { id }, body: body ?? {}, method });
          expect(answer.status).toBeLessThan(500);
        }),
        { numRuns: 60 },
      );
    }
  });

  it("in a query is refused as well", async () => {
    const clinic = await makeClinic();
    const token = await tokenOf(await makePatient());
    for (const query of [
      "?from=yesterday",
      "?to=2027-02-30",
      "?from=9999-12-31&to=0001-01-01",
      `?treatment=${"x".repeat(900)}`,
      "?treatment=%00",
    ]) {
      expect((await call(getCapacity, { params: { slug: clinic.slug }, query })).status).toBeLessThan(500);
    }
    for (const query of ["?limit=0", "?limit=1e9", "?cursor=%00", "?cursor=../../etc", "?caseId=1"]) {
      expect((await call(listBookings, { token, query })).status).toBe(422);
    }
  });
});
