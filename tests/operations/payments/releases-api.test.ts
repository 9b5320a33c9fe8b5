import { beforeEach, describe, expect, it } from "vitest";
import { POST as confirm } from "@/app/api/v1/payee-accounts/[id]/confirm/route";
import { POST as refuse } from "@/app/api/v1/payee-accounts/[id]/refuse/route";
import { POST as approve } from "@/app/api/v1/releases/[id]/approve/route";
import { POST as account } from "@/app/api/v1/releases/[id]/account/route";
import { GET as list } from "@/app/api/v1/releases/route";
import { newId } from "@/lib/kernel/ids";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releaseSchema } from "@/lib/payments/payee-view";
import { releaseKey } from "@/lib/payments/release";
import { makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance } from "@/tests/support/people";
import { callAs } from "@/tests/support/records";
import { makeDriven } from "@/tests/support/releases";

beforeEach(makeTaxSettings);
const TYPED = { holder: "Rides GmbH", number: "DE89 3704 0044 0532 0130 00", source: "Invoice R-1" };
const post = (json: unknown = {}) => ({ method: "POST", json });

async function makeProposed() {
  const made = await makeDriven();
  const { bookingId } = made;
  const one = await makeFinance();
  const group = (await releasableFor(one)).due.find((due) => due.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: group.contract, payee: `Rides ${newId()}`, key: releaseKey(group) };
  const { id } = valueOf(await proposeRelease(one, form, new Date()));
  return { ...made, one, two: await makeFinance(), id };
}

async function shown(person: Awaited<ReturnType<typeof makeFinance>>, id: string) {
  for (let query = ""; ;) {
    const body = (await (await callAs(person, list, {}, { query })).json()) as {
      items: unknown[];
      next: string | null;
    };
    const found = body.items.map((one) => releaseSchema.parse(one)).find((one) => one.id === id);
    if (found) return found;
    if (!body.next) throw new Error("It is not listed.");
    query = `?cursor=${body.next}`;
  }
}

describe("the API of releases", () => {
  it("shows payee, account and evidence, and takes the words of two people", async () => {
    const { one, two, id } = await makeProposed();
    const before = await shown(two, id);
    expect(before).toMatchObject({ state: "proposed", account: null, accountWaits: null });
    expect(before.lines).toMatchObject([{ evidence: "transfer_done", proof: { documents: [] } }]);
    const written = await callAs(one, account, { id }, post(TYPED));
    expect(written.status).toBe(201);
    const { id: accountId } = (await written.json()) as { id: string };
    expect((await shown(two, id)).accountWaits).toMatchObject({
      id: accountId,
      number: "DE89370400440532013000",
    });
    expect((await callAs(two, approve, { id }, post({ accountId }))).status).toBe(409);
    expect((await callAs(one, confirm, { id: accountId }, post())).status).toBe(409);
    expect((await callAs(two, confirm, { id: accountId }, post())).status).toBe(200);
    expect((await callAs(one, approve, { id }, post({ accountId }))).status).toBe(409);
    expect((await callAs(two, approve, { id }, post({ accountId }))).status).toBe(200);
    expect(await shown(one, id)).toMatchObject({ state: "approved", account: { id: accountId } });
    const other = await callAs(one, account, { id }, post({ ...TYPED, holder: "Others" }));
    const { id: otherId } = (await other.json()) as { id: string };
    expect((await callAs(two, refuse, { id: otherId }, post({ reason: "Unknown" }))).status).toBe(200);
  });

  it("gives as many as were asked for, and refuses a number no list gives", async () => {
    const { one } = await makeProposed();
    await makeProposed();
    const page = await callAs(one, list, {}, { query: "?limit=1" });
    expect(await page.json()).toMatchObject({ items: [{}], next: expect.any(String) });
    for (const query of ["?limit=1000", "?limit=0", "?limit=x"])
      expect((await callAs(one, list, {}, { query })).status).toBe(422);
  });

  it("refuses a number that is none, and is not there for anybody but finance", async () => {
    const { id, one, patient } = await makeProposed();
    const wrong = await callAs(one, account, { id }, post({ ...TYPED, number: "DE00 3704" }));
    expect(wrong.status).toBe(422);
    for (const [who, status] of [
      [null, 401],
      [patient, 404],
      [await makeCoordinator(), 404],
    ] as const) {
      expect((await callAs(who, list, {})).status).toBe(status);
      expect((await callAs(who, account, { id }, post(TYPED))).status).toBe(status);
      expect((await callAs(who, approve, { id }, post({ accountId: newId() }))).status).toBe(status);
      for (const route of [confirm, refuse])
        expect((await callAs(who, route, { id: newId() }, post({ reason: "x" }))).status).toBe(status);
    }
    expect((await callAs(one, confirm, { id: newId() }, post())).status).toBe(404);
  });
});
