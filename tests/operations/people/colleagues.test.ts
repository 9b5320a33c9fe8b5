import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/infra/env";
import { GET as listStaff } from "@/app/api/v1/staff/route";
import { GET as oneOfStaff, PATCH as patchStaff } from "@/app/api/v1/staff/[id]/route";
import { POST as removeFactorsRoute } from "@/app/api/v1/staff/[id]/remove-factors/route";
import { POST as signOutRoute } from "@/app/api/v1/staff/[id]/sign-out/route";
import { newId } from "@/lib/kernel/ids";
import type { Admin, SignedIn } from "@/lib/kernel/actor";
import { asPerson, openDb } from "@/lib/infra/db";
import { identityOfBearer, identityOfCookie, isStillSignedIn, personAs } from "@/lib/infra/session";
import { staffFor, staffMemberFor } from "@/lib/desk/queries/staff";
import { changeRoles } from "@/lib/people/change-roles";
import type { ChangeRolesForm } from "@/lib/people/forms";
import { closeDoors } from "@/lib/people/close-doors";
import { issueApiToken } from "@/lib/people/create-api-token";
import { openDoor } from "@/lib/people/open-door";
import { countRecoveryCodes, passkeysOf } from "@/lib/people/queries";
import { addPasskey } from "@/lib/people/add-passkey";
import { removeFactors } from "@/lib/people/remove-factors";
import { startRegistration } from "@/lib/people/start-passkey";
import { makeClinic } from "../../support/clinics";
import { openBrowser, switchOnApp } from "../../support/factors";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makeAdmin, makeCoordinator, makeFinance, makePatient, makeReviewer } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const mode = vi.hoisted(() => ({ demo: true }));
vi.mock("@/lib/infra/env", async (original) => ({
  ...(await original<typeof Env>()),
  isDemo: () => mode.demo,
}));

beforeEach(() => {
  mode.demo = true;
});

const NOW = new Date();
const LOST = { reason: "called_back" as const };
const row = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });
const trace = (event: string, objectId: string) =>
  openDb().auditEvent.findMany({ where: { event, objectId }, orderBy: { at: "asc" } });
const params = (person: { personId: string }) => ({ id: person.personId });

/** Somebody of the desk with an app, a passkey and recovery codes, signed in. */
async function guarded() {
  const clara = await makeCoordinator();
  const { browser } = await switchOnApp(clara, NOW);
  const response = new TestKey().register(await startRegistration(clara, NOW));
  valueOf(await addPasskey(clara, { name: "Phone", password: "", response }, browser, NOW));
  return { clara, browser };
}

/** A sign-in of theirs that waits for its second step. */
async function waits(person: SignedIn): Promise<number> {
  return asPerson(person, (tx) => tx.pendingSignIn.count({ where: { personId: person.personId } }));
}

describe("removing the factors of a colleague", () => {
  it("takes every one, closes every door, mails its owner and keeps the reason", async () => {
    const [ada, { clara, browser }] = [await makeAdmin(), await guarded()];
    const token = (await issueApiToken(clara.personId, "script")).token;
    await openDoor(clara.personId, { by: "link", userAgent: null, next: null }, NOW);
    expect(await waits(clara)).toBe(1);
    valueOf(await removeFactors(ada, clara.personId, LOST, NOW));
    expect((await row(clara.personId)).secondFactorAt).toBeNull();
    expect(await passkeysOf(clara)).toEqual([]);
    expect(await countRecoveryCodes(clara)).toBe(0);
    expect(await identityOfCookie(browser.token)).toBeNull();
    expect(await identityOfBearer(token)).toBeNull();
    expect(await waits(clara)).toBe(0);
    const mails = await openDb().outboxMail.findMany({ where: { to: clara.email } });
    expect(mails.map(({ template }) => template)).toContain("factors_removed");
    expect(await trace("person.factors_removed", clara.personId)).toMatchObject([
      {
        actorId: ada.personId,
        actorRole: "admin",
        purpose: LOST.reason,
        facts: { authenticators: 1, passkeys: 1 },
      },
    ]);
  });

  it("leaves them nobody until they have set one up again, outside the demo", async () => {
    const [ada, { clara }] = [await makeAdmin(), await guarded()];
    mode.demo = false;
    const before = await openBrowser(clara);
    expect(await identityOfCookie(before.token)).toMatchObject({ owesFactor: false });
    valueOf(await removeFactors(ada, clara.personId, LOST, NOW));
    const after = await identityOfCookie((await openBrowser(clara)).token);
    expect(after).toMatchObject({ owesFactor: true });
    expect(after && personAs(after, "coordinator")).toBeNull();
    expect((await staffMemberFor(ada, clara.personId))?.factors).toMatchObject({ isOwed: true });
  });

  it("is refused for oneself, for a patient, for nobody and where there is none", async () => {
    const [ada, anna] = [await makeAdmin(), await makePatient()];
    await switchOnApp(ada, NOW);
    await switchOnApp(anna, NOW);
    expect(reasonOf(await removeFactors(ada, ada.personId, LOST, NOW))).toBe("own_account");
    expect(reasonOf(await removeFactors(ada, anna.personId, LOST, NOW))).toBe("not_found");
    expect(reasonOf(await removeFactors(ada, newId(), LOST, NOW))).toBe("not_found");
    const felix = await makeFinance();
    expect(reasonOf(await removeFactors(ada, felix.personId, LOST, NOW))).toBe("no_factors");
    expect((await row(anna.personId)).secondFactorAt).not.toBeNull();
  });

  it("happens once when two administrators do it at once", async () => {
    const [ada, ben, { clara }] = [await makeAdmin(), await makeAdmin(), await guarded()];
    const answers = await Promise.all(
      [ada, ben].map((admin) => removeFactors(admin, clara.personId, LOST, NOW)),
    );
    expect(reasonsOf(answers)).toEqual(["done", "no_factors"]);
    expect(await trace("person.factors_removed", clara.personId)).toHaveLength(1);
  });
});

describe("changing a colleague's roles", () => {
  it("ends their half sign-ins with everything else", async () => {
    const [ada, { clara }] = [await makeAdmin(), await guarded()];
    await openDoor(clara.personId, { by: "link", userAgent: null, next: null }, NOW);
    valueOf(await changeRoles(ada, clara.personId, { roles: ["coordinator", "finance"] }, NOW));
    expect(await waits(clara)).toBe(0);
    expect((await row(clara.personId)).roles).toEqual(["coordinator", "finance"]);
  });

  it("leaves one administrator when two take each other's rights at once", async () => {
    const [ada, ben] = [await makeAdmin(), await makeAdmin()];
    const answers = await Promise.all([
      changeRoles(ada, ben.personId, { roles: ["finance"] }, NOW),
      changeRoles(ben, ada.personId, { roles: ["finance"] }, NOW),
    ]);
    expect(reasonsOf(answers)).toEqual(["done", "not_found"]);
    const left = (await Promise.all([row(ada.personId), row(ben.personId)])).flatMap(({ roles }) => roles);
    expect(left.toSorted()).toEqual(["admin", "finance"]);
  });

  it("overwrites nothing another administrator has changed since, and keeps what was before", async () => {
    const [ada, ben, clara] = [await makeAdmin(), await makeAdmin(), await makeCoordinator()];
    const give = (admin: Admin, roles: ChangeRolesForm["roles"], seen: ChangeRolesForm["roles"]) =>
      changeRoles(admin, clara.personId, { roles, seen }, NOW);
    valueOf(await give(ada, ["finance", "coordinator"], ["coordinator"]));
    const seen = ["coordinator", "finance"] as const;
    valueOf(await give(ada, ["coordinator"], [...seen]));
    // Ben's page still shows her as finance: with one more role he would give that back.
    expect(reasonOf(await give(ben, [...seen, "admin"], [...seen]))).toBe("stale_roles");
    expect((await row(clara.personId)).roles).toEqual(["coordinator"]);
    const kept = await trace("person.roles_changed", clara.personId);
    expect(kept.map(({ facts }) => facts)).toEqual([
      { before: "coordinator", roles: "finance coordinator" },
      { before: "finance coordinator", roles: "coordinator" },
    ]);
  });

  it("is done by one of two who saw the same", async () => {
    const [ada, ben, clara] = [await makeAdmin(), await makeAdmin(), await makeCoordinator()];
    const answers = await Promise.all([
      changeRoles(ada, clara.personId, { roles: ["finance"], seen: ["coordinator"] }, NOW),
      changeRoles(ben, clara.personId, { roles: ["admin"], seen: ["coordinator"] }, NOW),
    ]);
    expect(reasonsOf(answers)).toEqual(["done", "stale_roles"]);
  });

  it("takes no empty set: whoever leaves is signed out, not made a riddle", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    expect(reasonOf(await changeRoles(ada, clara.personId, { roles: [] }, NOW))).toBe("invalid_roles");
  });
});

describe("signing a colleague out everywhere", () => {
  it("ends browsers and tokens and leaves a trace, but never one's own here", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    const [browser, token] = [await openBrowser(clara), await tokenOf(clara)];
    const listening = await identityOfBearer(token);
    if (!listening) throw new Error("The token opened nothing.");
    expect(await isStillSignedIn(listening)).toBe(true);
    expect(valueOf(await closeDoors(ada, clara.personId, NOW))).toEqual({ sessions: 1, tokens: 1 });
    expect(await identityOfCookie(browser.token)).toBeNull();
    expect(await identityOfBearer(token)).toBeNull();
    expect(await isStillSignedIn(listening)).toBe(false);
    expect(await trace("person.signed_out", clara.personId)).toMatchObject([{ actorId: ada.personId }]);
    expect(reasonOf(await closeDoors(ada, ada.personId, NOW))).toBe("own_account");
    expect(reasonOf(await closeDoors(ada, (await makePatient()).personId, NOW))).toBe("not_found");
  });
});

describe("the list of staff", () => {
  it("names staff of both sides with what guards them, and no patient", async () => {
    const mark = newId().slice(-12);
    const [ada, anna] = [await makeAdmin(), await makePatient(`Anna ${mark}`)];
    const clinic = await makeClinic();
    const rita = await makeReviewer(clinic.id, `Rita ${mark}`);
    const clara = await makeCoordinator(`Clara ${mark}`);
    await switchOnApp(clara, NOW);
    const { items } = await staffFor(ada, { q: mark.toUpperCase(), limit: 50 });
    expect(items.map(({ id }) => id)).toEqual([clara.personId, rita.personId]);
    expect(items[0]).toMatchObject({
      clinic: null,
      factors: { hasApp: true, passkeys: 0, recoveryCodes: 10 },
    });
    expect(items[0]?.seenAt).toBeInstanceOf(Date);
    expect(items[1]).toMatchObject({
      kind: "clinic",
      seenAt: null,
      factors: { hasApp: false, isOwed: false },
    });
    expect(await staffMemberFor(ada, anna.personId)).toBeNull();
    expect(await staffMemberFor(ada, newId())).toBeNull();
  });

  it("goes on where a page ended, also between two of one name", async () => {
    const name = `Twin ${newId()}`;
    const twins = [await makeFinance(name), await makeFinance(name), await makeFinance(name)];
    const ada = await makeAdmin();
    const seen: string[] = [];
    for (let cursor: string | undefined, turn = 0; turn < 3; turn += 1) {
      const page = await staffFor(ada, { q: name, limit: 1, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    }
    expect(seen).toEqual(twins.map(({ personId }) => personId).toSorted());
  });
});

describe("the staff doors of the API", () => {
  it("are an administrator's alone, and ask for a fresh second step before rights move", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    await switchOnApp(ada, NOW);
    const [stale, fresh] = [
      await tokenOf(ada),
      (await issueApiToken(ada.personId, "new", "all", new Date())).token,
    ];
    const patch = (token: string, who: { personId: string }, roles: string[], seen?: string[]) =>
      call(patchStaff, {
        token,
        method: "PATCH",
        body: { roles, ...(seen ? { seen } : {}) },
        params: params(who),
      });
    const remove = (token: string, body: object) =>
      call(removeFactorsRoute, { token, body, params: params(clara) });
    expect(await patch(stale, clara, ["finance"])).toMatchObject({
      status: 403,
      body: { code: "step_up_required" },
    });
    expect(await remove(stale, LOST)).toMatchObject({ status: 403, body: { code: "step_up_required" } });
    expect(await patch(fresh, ada, ["finance"])).toMatchObject({ status: 403, body: { code: "own_roles" } });
    expect((await patch(fresh, clara, [])).status).toBe(422);
    expect((await remove(fresh, { reason: "Called her back." })).status).toBe(422);
    expect(await remove(fresh, LOST)).toMatchObject({ status: 409, body: { code: "no_factors" } });
    expect(await patch(fresh, clara, ["finance"], ["admin"])).toMatchObject({
      status: 409,
      body: { code: "stale_roles" },
    });
    expect(await patch(fresh, clara, ["finance"], ["coordinator"])).toMatchObject({
      status: 200,
      body: { roles: ["finance"] },
    });
    const felix = await tokenOf(await makeFinance());
    expect((await call(listStaff, { token: felix })).status).toBe(404);
    expect((await call(oneOfStaff, { token: felix, params: params(clara) })).status).toBe(404);
    expect((await call(signOutRoute, { token: felix, body: {}, params: params(clara) })).status).toBe(404);
    expect((await patch(felix, clara, ["admin"])).status).toBe(404);
    const signOut = (token: string) => call(signOutRoute, { token, body: {}, params: params(clara) });
    expect(await signOut(stale)).toMatchObject({ status: 403, body: { code: "step_up_required" } });
    expect((await signOut(fresh)).status).toBe(200);
    expect((await call(listStaff, { token: stale, query: "?limit=1" })).body).toMatchObject({ items: [{}] });
  });
});
