import { describe, expect, it } from "vitest";
import { POST as removeRoute } from "@/app/api/v1/patient-factors/remove/route";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { identityOfCookie } from "@/lib/infra/session";
import { issueApiToken } from "@/lib/people/create-api-token";
import { countRecoveryCodes } from "@/lib/people/queries";
import { removePatientFactors } from "@/lib/people/remove-factors";
import { switchOnApp } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makeFinance, makePatient } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const NOW = new Date();
const reason = "papers_seen" as const;
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });
const trace = (objectId: string) =>
  openDb().auditEvent.findMany({ where: { event: "person.factors_removed", objectId } });

async function lockedOut() {
  const anna = await makePatient();
  const { browser } = await switchOnApp(anna, NOW);
  return { anna, browser };
}

describe("a patient who has lost every factor", () => {
  it("is let in again by an administrator who knows the exact address, and told by mail", async () => {
    const [ada, { anna, browser }] = [await makeAdmin(), await lockedOut()];
    valueOf(await removePatientFactors(ada, { email: anna.email, reason }, NOW));
    expect((await row(anna.personId)).secondFactorAt).toBeNull();
    expect(await countRecoveryCodes(anna)).toBe(0);
    expect(await identityOfCookie(browser.token)).toBeNull();
    const mails = await openDb().outboxMail.findMany({ where: { to: anna.email } });
    expect(mails.map(({ template }) => template)).toContain("factors_removed");
    expect(await trace(anna.personId)).toMatchObject([
      { actorId: ada.personId, actorRole: "admin", purpose: reason, facts: { authenticators: 1 } },
    ]);
  });

  it("is one answer with nobody of that address, a colleague and a patient without a second step", async () => {
    const [ada, { anna }] = [await makeAdmin(), await lockedOut()];
    const clara = await makeCoordinator();
    await switchOnApp(clara, NOW);
    const { email: bare } = await makePatient();
    const part = anna.email.slice(1);
    for (const email of [`${newId()}@example.test`, clara.email, ada.email, bare, part])
      expect(await removePatientFactors(ada, { email, reason }, NOW)).toEqual({
        ok: false,
        reason: "no_factors_there",
        detail: {},
      });
    expect((await row(anna.personId)).secondFactorAt).not.toBeNull();
    expect((await row(clara.personId)).secondFactorAt).not.toBeNull();
  });

  it("is helped once when two administrators do it at once, and by nobody who is none any more", async () => {
    const [ada, ben, { anna }] = [await makeAdmin(), await makeAdmin(), await lockedOut()];
    const former = await makeAdmin();
    await openDb().person.update({ where: { id: former.personId }, data: { roles: ["finance"] } });
    const form = { email: anna.email, reason };
    expect(reasonOf(await removePatientFactors(former, form, NOW))).toBe("no_factors_there");
    const answers = await Promise.all([ada, ben].map((admin) => removePatientFactors(admin, form, NOW)));
    expect(reasonsOf(answers)).toEqual(["done", "no_factors_there"]);
    expect(await trace(anna.personId)).toHaveLength(1);
  });

  it("is not found by trying addresses: twenty an hour", async () => {
    const ada = await makeAdmin();
    const wish = () => removePatientFactors(ada, { email: `${newId()}@example.test`, reason }, NOW);
    for (let turn = 0; turn < 20; turn += 1) expect(reasonOf(await wish())).toBe("no_factors_there");
    expect(await wish()).toMatchObject({ reason: "too_many", detail: { retryAfter: expect.any(Number) } });
  });
});

describe("the door of the API for it", () => {
  it("is an administrator's with a fresh second step alone, and takes no reason of its own words", async () => {
    const [ada, { anna }] = [await makeAdmin(), await lockedOut()];
    await switchOnApp(ada, NOW);
    const stale = await tokenOf(ada);
    const fresh = (await issueApiToken(ada.personId, "new", "all", new Date())).token;
    const body = { email: anna.email.toUpperCase(), reason };
    const felix = await tokenOf(await makeFinance());
    expect((await call(removeRoute, { token: felix, body })).status).toBe(404);
    expect(await call(removeRoute, { token: stale, body })).toMatchObject({
      status: 403,
      body: { code: "step_up_required" },
    });
    const wordy = { ...body, reason: "Her sister Olga called about the valve." };
    expect((await call(removeRoute, { token: fresh, body: wordy })).status).toBe(422);
    expect((await call(removeRoute, { token: fresh, body })).body).toEqual({ status: "removed" });
    expect(await call(removeRoute, { token: fresh, body })).toMatchObject({
      status: 409,
      body: { code: "no_factors_there" },
    });
  });
});
