import { describe, expect, it } from "vitest";
import { POST as judge } from "@/app/api/v1/bills/[id]/judge/route";
import { GET as content } from "@/app/api/v1/bills/[id]/content/route";
import { POST as match } from "@/app/api/v1/bookings/[id]/bill-match/route";
import { POST as upload } from "@/app/api/v1/bookings/[id]/bill-uploads/route";
import { GET as read, POST as enter } from "@/app/api/v1/bookings/[id]/bills/route";
import { POST as settle } from "@/app/api/v1/bookings/[id]/settle/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { makeTreated, originalOf } from "../../support/bills";
import { makeCoordinator, makeFinance, makeManager, makePatient } from "../../support/people";
import { callAs } from "../../support/records";
import { bearerOf } from "../../support/uploads";

async function send(person: SignedIn | null, id: string, bytes: Uint8Array<ArrayBuffer>) {
  const authorization = person ? `Bearer ${await bearerOf(person)}` : "";
  const request = new Request("http://127.0.0.1:3000/api/v1/x?filename=RE-1.pdf", {
    method: "POST",
    headers: { ...(person ? { authorization } : {}), "content-length": String(bytes.length) },
    body: bytes,
  });
  return upload(request, { params: Promise.resolve({ id }) });
}

const formOf = (fileId: string) => ({
  ...{ fileId, number: "RE-1", issuedOn: "2026-01-02", currency: "EUR", total: 3_400_000 },
  lines: [
    { wording: "Clip procedure", kind: "treatment", amount: 2_900_000 },
    { wording: "Implant", kind: "device", amount: 500_000 },
  ],
});

describe("the API of bills", () => {
  it("takes the original, its lines, a match and the final account, each from whom it is for", async () => {
    const trip = await makeTreated();
    const params = { id: trip.bookingId };
    const bytes = new Uint8Array(originalOf("RE-1"));
    for (const [who, status] of [
      [null, 401],
      [trip.patient, 404],
      [await makeFinance(), 404],
      [await makeManager((await makeTreated()).clinic.id), 404],
    ] as const)
      expect((await send(who, trip.bookingId, bytes)).status).toBe(status);
    const sent = await send(trip.manager, trip.bookingId, bytes);
    expect(sent.status).toBe(201);
    const { id: fileId } = (await sent.json()) as { id: string };

    const entered = await callAs(trip.manager, enter, params, { method: "POST", json: formOf(fileId) });
    expect(entered.status).toBe(201);
    const { bills, rows } = (await entered.json()) as {
      bills: { id: string }[];
      rows: { lineId: string; cause: string }[];
    };
    expect(rows.map((row) => row.cause)).toEqual(["price_differs", "as_estimated"]);

    const file = await callAs(trip.patient, content, { id: bills[0]?.id ?? "" });
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    expect((await callAs(await makePatient(), content, { id: bills[0]?.id ?? "" })).status).toBe(404);
    expect((await callAs(await makePatient(), read, params)).status).toBe(404);
    expect((await callAs(trip.patient, read, params)).status).toBe(200);

    const said = { method: "POST", json: { lines: [] } };
    expect((await callAs(trip.patient, match, params, said)).status).toBe(404);
    expect((await callAs(trip.manager, match, params, said)).status).toBe(200);
    const closing = { method: "POST", json: { owed: 3_400_000 } };
    expect((await callAs(trip.manager, settle, params, closing)).status).toBe(404);
    const settled = await callAs(await makeFinance(), settle, params, closing);
    expect(await settled.json()).toMatchObject({ account: { refund: { amount: 100_000, currency: "EUR" } } });
  });

  it("has a letter's invoice judged by a second coordinator alone", async () => {
    const trip = await makeTreated();
    const sent = await send(trip.owner, trip.bookingId, new Uint8Array(originalOf("RE-1")));
    const { id: fileId } = (await sent.json()) as { id: string };
    const entered = await callAs(
      trip.owner,
      enter,
      { id: trip.bookingId },
      { method: "POST", json: formOf(fileId) },
    );
    const { bills } = (await entered.json()) as { bills: { id: string }[] };
    const params = { id: bills[0]?.id ?? "" };
    const yes = { method: "POST", json: { state: "confirmed" } };
    expect((await callAs(trip.manager, judge, params, yes)).status).toBe(404);
    expect((await callAs(trip.owner, judge, params, yes)).status).toBe(403);
    expect((await callAs(await makeCoordinator(), judge, params, yes)).status).toBe(200);
  });

  it("answers bad input with its word, never with an error of ours", async () => {
    const trip = await makeTreated();
    const params = { id: trip.bookingId };
    expect((await send(trip.manager, "nonsense", new Uint8Array([1]))).status).toBe(404);
    expect((await send(trip.manager, trip.bookingId, new Uint8Array())).status).toBe(422);
    const web = new TextEncoder().encode("<html></html>");
    const refused = await send(trip.manager, trip.bookingId, web);
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: "invalid_bill_file" }]);
    for (const json of [{}, { ...formOf(trip.bookingId), lines: [] }, { ...formOf("x") }])
      expect((await callAs(trip.manager, enter, params, { method: "POST", json })).status).toBe(422);
    expect(
      (await callAs(trip.manager, match, params, { method: "POST", json: { lines: [{}] } })).status,
    ).toBe(409);
  });
});
