import { describe, expect, it } from "vitest";
import { POST as recordTransfer } from "@/app/api/v1/bank-transfers/route";
import { POST as approve } from "@/app/api/v1/refunds/[id]/approve/route";
import { POST as settle } from "@/app/api/v1/refunds/[id]/settle/route";
import { newId } from "@/lib/kernel/ids";
import { owesStepUp } from "@/lib/infra/auth-step-up";
import { identityOfCookie } from "@/lib/infra/session";
import { issueApiToken } from "@/lib/people/create-api-token";
import { openBrowser, switchOnApp } from "../../support/factors";
import { makeFinance } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const transfer = {
  amount: 125_000,
  currency: "EUR",
  reference: "no such reference",
  receivedOn: "2026-11-02",
};

async function withFactor() {
  const felix = await makeFinance();
  await switchOnApp(felix, new Date());
  return felix;
}

describe("moving money", () => {
  it("asks for a fresh second step from whoever has one, at each of its doors", async () => {
    const felix = await withFactor();
    const stale = (await issueApiToken(felix.personId, "old", "all", ago(16))).token;
    const never = await tokenOf(felix);
    for (const token of [stale, never]) {
      const asked = [
        await call(recordTransfer, { token, body: transfer }),
        await call(approve, { token, body: {}, params: { id: newId() } }),
        await call(settle, { token, body: {}, params: { id: newId() } }),
      ];
      for (const answer of asked)
        expect(answer).toMatchObject({ status: 403, body: { code: "step_up_required" } });
    }
  });

  it("goes on with a fresh one, and under the same key: the first answer was no answer to keep", async () => {
    const felix = await withFactor();
    const headers = { "idempotency-key": newId() };
    const asked = (token: string) => call(recordTransfer, { token, body: transfer, headers });
    expect((await asked(await tokenOf(felix))).status).toBe(403);
    const fresh = (await issueApiToken(felix.personId, "new", "all", ago(14))).token;
    expect((await asked(fresh)).status).toBe(201);
  });

  it("asks nobody in the demo who has no second factor", async () => {
    const token = await tokenOf(await makeFinance());
    expect((await call(recordTransfer, { token, body: transfer })).status).toBe(201);
  });

  it("counts the minutes of this browser alone", async () => {
    const felix = await withFactor();
    const at = new Date();
    const [here, there] = [await openBrowser(felix, ago(14)), await openBrowser(felix, ago(16))];
    const [fresh, stale] = [await identityOfCookie(here.token), await identityOfCookie(there.token)];
    expect(fresh && owesStepUp(fresh, at)).toBe(false);
    expect(stale && owesStepUp(stale, at)).toBe(true);
  });
});
