import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeTokenAction } from "@/app/(app)/[locale]/account/actions";
import {
  changeCodesAction,
  removeAuthenticatorAction,
} from "@/app/(app)/[locale]/account/second-factor/actions";
import {
  changeRolesAction,
  removeFactorsAction,
  signOutStaffAction,
} from "@/app/(app)/[locale]/desk/people/[id]/actions";
import { removePatientFactorsAction } from "@/app/(app)/[locale]/desk/people/actions";
import { IDLE } from "@/components/ui/form-state";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson, openDb } from "@/lib/infra/db";
import { ownOrigins } from "@/lib/infra/env";
import { hashPassword } from "@/lib/infra/password";
import { addPasskey } from "@/lib/people/add-passkey";
import { changeRoles } from "@/lib/people/change-roles";
import { startRegistration } from "@/lib/people/start-passkey";
import { openBrowser, switchOnApp } from "../../support/factors";
import { valueOf } from "../../support/outcomes";
import { TestKey } from "../../support/passkeys";
import { makeAdmin, makeCoordinator, makePatient } from "../../support/people";

const browser = vi.hoisted(() => ({ sent: new Headers(), jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => browser.sent,
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => browser.jar.set(name, value),
    delete: (name: string) => browser.jar.delete(name),
  }),
}));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("next-intl/server", () => ({
  getLocale: async () => "en",
  getTranslations: async () => Object.assign((key: string) => key, { has: () => true }),
}));
vi.mock("@/i18n/action-locale", () => ({ actionLocale: async () => "en" }));

const PASSWORD = "correct horse battery staple";
const NOW = new Date();
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const form = (fields: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
};

/** This browser is now theirs, with a second step taken so long ago. */
async function sitDown(person: SignedIn, mfaAt: Date | null) {
  const opened = await openBrowser(person, mfaAt);
  browser.jar.set("valvia", opened.token);
  return opened;
}

beforeEach(() => {
  browser.sent = new Headers({
    origin: ownOrigins()[0] ?? "",
    "sec-fetch-site": "same-origin",
    "content-type": "multipart/form-data",
  });
  browser.jar.clear();
});

describe("what an administrator does with a colleague's account", () => {
  it("waits for a fresh second step, each of it", async () => {
    const [ada, clara] = [await makeAdmin(), await makeCoordinator()];
    await switchOnApp(ada, NOW);
    await sitDown(ada, ago(16));
    const id = clara.personId;
    const there = await openBrowser(clara);
    const acts = [
      () => signOutStaffAction(id, IDLE, form({})),
      () => changeRolesAction(id, IDLE, form({ "roles.0": "finance", "seen.0": "coordinator" })),
      () => removeFactorsAction(id, IDLE, form({ reason: "called_back" })),
      () => removePatientFactorsAction(IDLE, form({ email: "a@example.test", reason: "called_back" })),
    ];
    for (const act of acts)
      expect(await act()).toMatchObject({ status: "refused", code: "step_up_required" });
    expect(await openDb().session.count({ where: { id: there.sessionId } })).toBe(1);
    await sitDown(ada, ago(14));
    expect(await acts[0]?.()).toMatchObject({ status: "done" });
    expect(await openDb().session.count({ where: { id: there.sessionId } })).toBe(0);
  });

  it("is not there for an address no person can have", async () => {
    await sitDown(await makeAdmin(), null);
    const roles = form({ "roles.0": "finance", "seen.0": "coordinator" });
    const nobody = "404";
    await expect(signOutStaffAction("x'", IDLE, form({}))).rejects.toThrow(nobody);
    await expect(changeRolesAction("x'", IDLE, roles)).rejects.toThrow(nobody);
    const lost = form({ reason: "called_back" });
    await expect(removeFactorsAction("x'", IDLE, lost)).rejects.toThrow(nobody);
  });

  it("shows the roles of now to whoever ticked on an old page, and changes none", async () => {
    const [ada, ben, clara] = [await makeAdmin(), await makeAdmin(), await makeCoordinator()];
    valueOf(await changeRoles(ben, clara.personId, { roles: ["finance"] }, NOW));
    await sitDown(ada, null);
    for (const seen of [{ "seen.0": "coordinator" }, {}] as Record<string, string>[]) {
      const answer = await changeRolesAction(
        clara.personId,
        IDLE,
        form({ "roles.0": "coordinator", "roles.1": "admin", ...seen }),
      );
      expect(answer).toEqual({ status: "refused", code: "stale_roles", message: "stale_roles" });
    }
    const kept = await openDb().person.findUniqueOrThrow({ where: { id: clara.personId } });
    expect(kept.roles).toEqual(["finance"]);
  });
});

describe("one's own account", () => {
  it("lets whoever has a passkey alone make new recovery codes, once it was used again", async () => {
    const anna = await makePatient();
    const first = await openBrowser(anna);
    const response = new TestKey().register(await startRegistration(anna, NOW));
    valueOf(await addPasskey(anna, { name: "Mine", password: "", response }, first, NOW));
    await sitDown(anna, ago(6));
    const sure = new FormData();
    sure.set("sure", "on");
    expect(await changeCodesAction(IDLE, sure)).toMatchObject({
      ...{ status: "refused", code: "step_up_required", values: { sure: "on" } },
    });
    await sitDown(anna, ago(4));
    const own = { where: { personId: anna.personId } };
    const codesOf = () =>
      asPerson(anna, (tx) => tx.recoveryCode.findMany({ ...own, orderBy: { codeHash: "asc" } }));
    const before = await codesOf();
    expect(before).toHaveLength(10);
    expect(await changeCodesAction(IDLE, new FormData())).toMatchObject({
      ...{ status: "refused", errors: { sure: "againSureFirst" } },
    });
    expect(await codesOf()).toEqual(before);
    const made = await changeCodesAction(IDLE, sure);
    expect(made.status === "done" && made.codes).toHaveLength(10);
    // Nothing is left that could be lost: nothing is asked.
    await asPerson(anna, (tx) => tx.recoveryCode.deleteMany(own));
    expect((await changeCodesAction(IDLE, new FormData())).status).toBe("done");
  });

  it("lets whoever lost the app switch it off after another proof", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    await sitDown(anna, ago(6));
    expect(await removeAuthenticatorAction(IDLE)).toMatchObject({ code: "step_up_required" });
    await sitDown(anna, ago(4));
    expect(await removeAuthenticatorAction(IDLE)).toEqual({ status: "done" });
  });

  it("keeps what was typed for a token while the second step is asked for", async () => {
    const anna = await makePatient();
    await switchOnApp(anna, NOW);
    await sitDown(anna, ago(6));
    const answer = await makeTokenAction(IDLE, form({ name: "ledger export", scope: "read" }));
    expect(answer).toMatchObject({
      code: "step_up_required",
      values: { name: "ledger export", scope: "read" },
    });
    await sitDown(anna, ago(4));
    expect(await makeTokenAction(IDLE, form({ name: "ledger export", scope: "read" }))).toMatchObject({
      status: "done",
    });
  });

  it("makes no token for whoever finds a browser open: the password is asked again, or a link from a mail", async () => {
    const anna = await makePatient();
    const { sessionId } = await sitDown(anna, null);
    await openDb().session.update({ where: { id: sessionId }, data: { linkAt: ago(6) } });
    const told = { name: "ledger export", scope: "read" };
    expect(await makeTokenAction(IDLE, form(told))).toMatchObject({ code: "step_up_required_by_link" });
    const data = { passwordHash: await hashPassword(PASSWORD), emailVerifiedAt: NOW };
    await openDb().person.update({ where: { id: anna.personId }, data });
    for (const password of ["", "a guess of somebody"])
      expect(await makeTokenAction(IDLE, form({ ...told, password }))).toMatchObject({
        code: "wrong_password",
      });
    expect(await openDb().apiToken.count({ where: { personId: anna.personId, name: told.name } })).toBe(0);
    const made = await makeTokenAction(IDLE, form({ ...told, password: PASSWORD }));
    expect(made).toMatchObject({ status: "done" });
  });
});
