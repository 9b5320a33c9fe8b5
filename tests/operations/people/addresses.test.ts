import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Env from "@/lib/infra/env";
import { newId } from "@/lib/kernel/ids";
import { authAdapter } from "@/lib/infra/auth-adapter";
import { openDb } from "@/lib/infra/db";
import { identityOfBearer, identityOfCookie } from "@/lib/infra/session";
import { createAccount } from "@/lib/people/create-account";
import { createApiToken, issueApiToken } from "@/lib/people/create-api-token";
import { openDoor } from "@/lib/people/open-door";
import { signIn } from "@/lib/people/sign-in";
import { verifyAddress } from "@/lib/people/verify-address";

const mode = vi.hoisted(() => ({ demo: false }));
vi.mock("@/lib/infra/env", async (original) => ({
  ...(await original<typeof Env>()),
  isDemo: () => mode.demo,
}));

const PASSWORD = "a long sentence";
const from = () => ({ address: `test-${newId()}`, userAgent: "vitest" });
const personNow = (id: string) => openDb().person.findUniqueOrThrow({ where: { id } });

async function account() {
  const email = `${newId()}@example.test`;
  const made = await createAccount({ email, password: PASSWORD, name: "Nora", locale: "en" }, newId());
  if (!made.ok) throw new Error(made.reason);
  return { email, id: made.value.id };
}

describe("an account nobody has proven to own", () => {
  beforeEach(() => {
    mode.demo = false;
  });

  it("is entered by no password, on the page and through the API, with the answer of a wrong one", async () => {
    const { email } = await account();
    const unknown = await signIn({ email: `${newId()}@example.test`, password: PASSWORD }, from());
    expect(await signIn({ email, password: PASSWORD }, from())).toEqual(unknown);
    const form = { email, password: PASSWORD, name: "API", scope: "all" as const };
    expect(await createApiToken(form, newId())).toMatchObject({ ok: false, reason: "wrong_password" });
  });

  it("sends its owner a link that confirms it", async () => {
    const { email } = await account();
    const mails = await openDb().outboxMail.findMany({ where: { to: email } });
    expect(mails.map((mail) => mail.template)).toEqual(["account_confirm"]);
    expect(mails[0]?.text).toMatch(/\/signin\/link#token=/);
    expect(await openDb().signInLink.count({ where: { identifier: email } })).toBe(1);
  });

  it("loses what a stranger set on it, when its owner comes by the link", async () => {
    const { email, id } = await account();
    mode.demo = true;
    const before = await signIn({ email, password: PASSWORD }, from());
    const { token } = await issueApiToken(id, "stranger");
    mode.demo = false;
    await verifyAddress(id, new Date());
    expect(await personNow(id)).toMatchObject({ passwordHash: null });
    expect(await identityOfCookie(before.ok ? before.value.token : "")).toBeNull();
    expect(await identityOfBearer(token)).toBeNull();
    expect((await signIn({ email, password: PASSWORD }, from())).ok).toBe(false);
    const where = { event: "person.address_verified", objectId: id };
    expect(await openDb().auditEvent.count({ where })).toBe(1);
  });

  it("keeps the password its owner sets after that", async () => {
    const { id } = await account();
    await verifyAddress(id, new Date());
    await openDb().person.update({ where: { id }, data: { passwordHash: "kept" } });
    await Promise.all([verifyAddress(id, new Date()), verifyAddress(id, new Date())]);
    expect(await personNow(id)).toMatchObject({ passwordHash: "kept" });
  });

  it("is proven from the beginning in the demo, which sends no mail out", async () => {
    mode.demo = true;
    const { email, id } = await account();
    expect((await personNow(id)).emailVerifiedAt).not.toBeNull();
    expect((await signIn({ email, password: PASSWORD }, from())).ok).toBe(true);
    mode.demo = false;
    expect((await signIn({ email, password: PASSWORD }, from())).ok).toBe(true);
  });
});

describe("a session opened by a link", () => {
  it("proves the address first and names the browser", async () => {
    mode.demo = false;
    const { id } = await account();
    const told: string[] = [];
    const adapter = authAdapter({
      open: async (personId, token) => {
        const opened = await openDoor(
          personId,
          { by: "link", userAgent: "Firefox/140.0", next: null, token },
          new Date(),
        );
        if (!opened) throw new Error("The door stayed shut.");
        return opened.state === "open" ? opened.endsLatestAt : opened.heldUntil;
      },
      verified: async (personId) => {
        told.push(personId);
        await verifyAddress(personId, new Date());
      },
    });
    const user = await adapter.updateUser?.({ id, emailVerified: new Date() });
    expect(user?.emailVerified).toBeInstanceOf(Date);
    expect(told).toEqual([id]);
    await adapter.createSession?.({ sessionToken: newId(), userId: id, expires: new Date() });
    const [session] = await openDb().session.findMany({ where: { personId: id } });
    expect(session?.userAgent).toBe("Firefox/140.0");
  });
});
