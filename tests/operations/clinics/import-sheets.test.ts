import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/cabinet/[command]/route";
import { SHEET_COLUMNS } from "@/lib/clinics/price-sheet";
import { ownListing } from "@/lib/clinics/queries/listing";
import { newId } from "@/lib/kernel/ids";
import type { ClinicManager } from "@/lib/kernel/actor";
import { makeClinic } from "../../support/clinics";
import { makeCoordinator, makeManager } from "../../support/people";
import { tokenOf } from "../../support/routes";
import { xlsxOf } from "../../support/xlsx";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const prices = (expected: number | { formula: string; value: number | null }) =>
  xlsxOf({
    rows: [
      [...SHEET_COLUMNS],
      [
        ...["surgical-repair", "", "", "EUR", 20_000, expected, 90_000, "Package", "a|b", "c", 2, 4],
        ...[{ day: 46_023 }, { day: 46_752 }, "", "", ""],
      ],
    ],
  });

let manager: ClinicManager;
let token: string;
beforeAll(async () => {
  manager = await makeManager((await makeClinic()).id);
  token = await tokenOf(manager);
});

async function send(body: BodyInit, headers: Record<string, string> = {}, who = token) {
  const request = new Request("http://127.0.0.1/api/v1/cabinet/prices:import", {
    method: "POST",
    headers: { authorization: `Bearer ${who}`, ...headers },
    body,
  });
  const answer = await POST(request, { params: Promise.resolve({ command: "prices:import" }) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const bytesOf = (sheet: Uint8Array) => new Uint8Array(sheet);
const listed = async () => {
  const found = (await ownListing(manager)).draft?.content.procedures ?? [];
  return found.find((one) => one.treatment === "surgical-repair");
};

describe("a price list as a workbook", () => {
  it("is taken into the draft as a file of a form or as the bare body, days and sums as they are shown", async () => {
    const form = new FormData();
    form.set(
      "file",
      new Blob([bytesOf(prices({ formula: "E2*1.5", value: 30_000.5 }))], { type: XLSX }),
      "p.xlsx",
    );
    expect(await send(form)).toMatchObject({ status: 200, body: { rows: 1, errors: [] } });
    expect(await listed()).toMatchObject({
      ...{ low: 2_000_000, expected: 3_000_050, included: ["a", "b"] },
      ...{ validFrom: "2026-01-01", validTo: "2027-12-31" },
    });
    expect((await send(bytesOf(prices(31_000)), { "content-type": XLSX })).status).toBe(200);
    expect(await listed()).toMatchObject({ expected: 3_100_000 });
  });

  it("that cannot be read is refused with its reason, and changes nothing", async () => {
    const before = await listed();
    const bad = bytesOf(prices({ formula: "E2*1.5", value: null }));
    expect(await send(bad, { "content-type": XLSX })).toMatchObject({
      status: 422,
      body: { code: "invalid_sheet", errors: [{ row: 0, column: "F2", code: "no_value" }] },
    });
    const torn = bytesOf(prices(1).subarray(0, 500));
    expect(await send(torn, { "content-type": XLSX })).toMatchObject({
      status: 422,
      body: { errors: [{ code: "damaged" }] },
    });
    expect(await listed()).toEqual(before);
  });

  it("is another question under the same key when a single byte of it differs", async () => {
    const headers = { "content-type": XLSX, "idempotency-key": newId() };
    const answer = await send(bytesOf(prices(32_000)), headers);
    expect(await send(bytesOf(prices(32_000)), headers)).toEqual(answer);
    expect(await send(bytesOf(prices(33_000)), headers)).toMatchObject({
      body: { code: "idempotency_key_reused" },
    });
  });

  it("is nobody else's to send", async () => {
    const stranger = await tokenOf(await makeCoordinator());
    expect((await send(bytesOf(prices(1)), { "content-type": XLSX }, stranger)).status).toBe(404);
  });
});
