import { describe, expect, it } from "vitest";
import { POST as accept } from "@/app/api/v1/change-orders/[id]/accept/route";
import { POST as decline } from "@/app/api/v1/change-orders/[id]/decline/route";
import { POST as prove } from "@/app/api/v1/change-orders/[id]/prove/route";
import { GET as show } from "@/app/api/v1/change-orders/[id]/route";
import { GET as list, POST as propose } from "@/app/api/v1/change-orders/route";
import { GET as statement } from "@/app/api/v1/bookings/[id]/statement/route";
import { asPerson } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { changeOrderSchema } from "@/lib/payments/price-change-view";
import { statementSchema } from "@/lib/payments/statement-view";
import { emergencyFacts, lineIdOf, makeProof, makeTrip } from "../../support/changes";
import { makePatient, testSystem } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

async function asked(bookingId: string, amount: number, more: Record<string, unknown> = {}) {
  const lineId = await lineIdOf(bookingId, "treatment");
  const lines = [
    { lineId, amount, cause: "Two more nights" },
    {
      kind: "stay",
      label: "Nights",
      quantity: 2,
      unit: "night",
      amount: { amount: 60_000, currency: "EUR" },
      cause: "Fever",
    },
  ];
  return { bookingId, reason: "longer_stay", explanation: "Two more nights.", lines, ...more };
}

describe("changes by API", () => {
  it("are proposed once for one key, shown, agreed to and told in the statement", async () => {
    const trip = await makeTrip();
    const [manager, patient] = await Promise.all([tokenOf(trip.manager), tokenOf(trip.patient)]);
    const body = await asked(trip.bookingId, 3_100_000);
    const headers = { "idempotency-key": newId() };
    const first = await call(propose, { token: manager, body, headers });
    const again = await call(propose, { token: manager, body, headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    const { id, hash, lines } = changeOrderSchema.parse(first.body);
    expect(again.body).toMatchObject({ id });
    expect(first.headers.get("location")).toBe(`/api/v1/change-orders/${id}`);
    expect(lines.map((line) => line.what)).toEqual(["dearer", "added"]);
    const other = await call(propose, { token: manager, body: { ...body, explanation: "Else" }, headers });
    expect(other.status).toBe(422);

    const seen = changeOrderSchema.parse((await call(show, { token: patient, params: { id } })).body);
    expect(seen.effect?.instalment).toEqual({ amount: 160_000, currency: "EUR" });
    const params = { id };
    const typed = { hash, typedName: "Anna Petrova" };
    expect(await call(accept, { token: manager, params, body: typed })).toMatchObject({ status: 404 });
    expect(await call(accept, { token: patient, params, body: { typedName: "Anna" } })).toMatchObject({
      status: 422,
    });
    expect(await call(accept, { token: patient, params, body: typed })).toMatchObject({
      status: 200,
      body: { state: "accepted" },
    });
    expect(await call(accept, { token: patient, params, body: typed })).toMatchObject({
      status: 409,
      body: { code: "not_proposed" },
    });
    const told = await call(statement, { token: patient, params: { id: trip.bookingId } });
    expect(statementSchema.parse(told.body).changes).toMatchObject([
      { version: 1, from: { amount: 3_500_000 }, to: { amount: 3_660_000 } },
    ]);
    expect(told.body).toMatchObject({
      contracts: [{ lines: [{}, {}, { kind: "stay", amount: { amount: 60_000 } }] }, {}],
    });
  });

  it("are nothing to strangers, in every one of their doors", async () => {
    const trip = await makeTrip();
    const made = await call(propose, {
      token: await tokenOf(trip.manager),
      body: await asked(trip.bookingId, 3_100_000),
    });
    const { id, hash } = changeOrderSchema.parse(made.body);
    const stranger = await tokenOf(await makePatient());
    const params = { id };
    const query = `?bookingId=${trip.bookingId}`;
    expect((await call(list, { token: stranger, query })).body).toEqual({ items: [], next: null });
    expect((await call(show, { token: stranger, params })).status).toBe(404);
    const body = { hash, typedName: "Anna Petrova" };
    expect((await call(accept, { token: stranger, params, body })).status).toBe(404);
    expect((await call(decline, { token: stranger, params, body: {} })).status).toBe(404);
    expect((await call(prove, { token: stranger, params, body: { recordId: newId() } })).status).toBe(404);
    expect((await call(show, { token: stranger, params: { id: newId() } })).body).toEqual(
      (await call(show, { token: stranger, params })).body,
    );
    const ours = await call(list, { token: await tokenOf(trip.patient), query });
    expect(ours.body).toMatchObject({ items: [{ id }] });
  });

  it("are written down, proven and declined with the roles that may", async () => {
    const trip = await makeTrip();
    const [manager, owner, patient] = await Promise.all(
      [trip.manager, trip.owner, trip.patient].map((person) => tokenOf(person)),
    );
    const body = await asked(trip.bookingId, 3_100_000, { emergency: emergencyFacts() });
    expect((await call(propose, { token: patient, body })).status).toBe(404);
    const made = await call(propose, { token: manager, body });
    expect(made).toMatchObject({ status: 201, body: { state: "emergency_applied" } });
    const { id } = changeOrderSchema.parse(made.body);
    const recordId = await makeProof(trip.caseId);
    expect((await call(prove, { token: manager, params: { id }, body: { recordId } })).status).toBe(404);
    const proven = await call(prove, { token: owner, params: { id }, body: { recordId } });
    expect(changeOrderSchema.parse(proven.body).emergency?.provenAt).not.toBeNull();
    const next = await call(propose, {
      token: owner,
      body: await asked(trip.bookingId, 3_000_000, { validHours: 24 }),
    });
    const params = { id: changeOrderSchema.parse(next.body).id };
    const no = await call(decline, { token: patient, params, body: { reason: "Not now" } });
    expect(no).toMatchObject({ status: 200, body: { state: "declined", declineReason: "Not now" } });
    const kept = await asPerson(testSystem, (tx) =>
      tx.changeOrder.count({ where: { bookingId: trip.bookingId } }),
    );
    expect(kept).toBe(2);
  });
});
