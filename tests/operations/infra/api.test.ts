import { describe, expect, it } from "vitest";
import { z } from "zod";
import { POST as accounts } from "@/app/api/v1/accounts/route";
import { POST as importPrices } from "@/app/api/v1/cabinet/[command]/route";
import { GET as listCases, POST as startCase } from "@/app/api/v1/cases/route";
import { GET as clinic } from "@/app/api/v1/clinics/[slug]/route";
import { POST as tokens } from "@/app/api/v1/tokens/route";
import { newId } from "@/lib/kernel/ids";
import { apiRoute } from "@/lib/infra/api";
import { asPerson, openDb } from "@/lib/infra/db";
import { Problem } from "@/lib/infra/problem";
import { openSession } from "@/lib/infra/auth-session";
import { createApiToken } from "@/lib/people/create-api-token";
import { createAccount } from "@/lib/people/create-account";
import { makeClinic } from "../../support/clinics";
import { makeManager, makePatient, testSystem } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const PASSWORD = "a long sentence";
const intake = {
  treatment: "teer",
  problem: "Leaky valve",
  contact: { name: "Samira Haddad", email: "samira@example.test", country: "AE" },
  redFlags: { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false },
};

async function account(): Promise<string> {
  const email = `${newId()}@example.test`;
  await createAccount({ email, password: PASSWORD, name: "Nora", locale: "en" }, newId());
  return email;
}

describe("a key for one answer", () => {
  it("belongs to its person: another's same key is another question", async () => {
    const headers = { "idempotency-key": newId() };
    const [anna, ben] = [await tokenOf(await makePatient()), await tokenOf(await makePatient())];
    const first = await call(startCase, { token: anna, body: intake, headers });
    const second = await call(startCase, { token: ben, body: intake, headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.id).not.toBe(second.body.id);
  });

  it("takes a dry run and the real import for two questions", async () => {
    const token = await tokenOf(await makeManager((await makeClinic()).id));
    const headers = { "idempotency-key": newId() };
    const asked = { token, headers, params: { command: "prices:import" }, body: { csv: "nonsense" } };
    await call(importPrices, { ...asked, query: "?dryRun=true" });
    expect(await call(importPrices, asked)).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
  });

  it("keeps no “later”: the same request may be sent again", async () => {
    const answers = [new Problem(429, "too_many"), null];
    const route = apiRoute(async (one) => {
      const problem = answers.shift();
      if (problem) throw problem;
      return one.json({ done: true });
    });
    const asked = { token: await tokenOf(await makePatient()), headers: { "idempotency-key": newId() } };
    expect((await call(route, { ...asked, body: {} })).status).toBe(429);
    expect((await call(route, { ...asked, body: {} })).status).toBe(200);
  });

  it("keeps no token", async () => {
    const patient = await makePatient();
    const headers = { "idempotency-key": newId() };
    const body = { email: await account(), password: PASSWORD, name: "script" };
    const made = await call(tokens, { token: await tokenOf(patient), headers, body });
    expect(made.status).toBe(201);
    expect(await openDb().idempotencyKey.count({ where: { personId: patient.personId } })).toBe(0);
  });

  it("keeps an answer that repeats what no database holds", async () => {
    const route = apiRoute(async (one) => one.json({ said: one.body(z.object({ said: z.string() })).said }));
    const asked = { token: await tokenOf(await makePatient()), headers: { "idempotency-key": newId() } };
    const body = { said: "a\u0000b\ud800c" };
    expect((await call(route, { ...asked, body })).status).toBe(200);
    expect((await call(route, { ...asked, body })).status).toBe(200);
  });
});

describe("a request with a cookie", () => {
  it("changes nothing when it comes from elsewhere or does not say from where", async () => {
    const patient = await makePatient();
    const person = { id: patient.personId, roles: ["patient" as const] };
    const { token } = await asPerson(testSystem, (tx) => openSession(tx, person, null));
    const cookie = `valvia=${token}`;
    const post = (headers: Record<string, string>) =>
      call(startCase, { body: intake, headers: { cookie, ...headers } });
    const ours = "http://127.0.0.1:3000";
    expect(await post({ origin: "https://evil.test" })).toMatchObject({ status: 403 });
    expect(await post({})).toMatchObject({ status: 403 });
    expect(await post({ origin: "null" })).toMatchObject({ status: 403 });
    expect(await post({ origin: ours, "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
    expect(await post({ origin: ours, "sec-fetch-site": "same-origin" })).toMatchObject({ status: 201 });
    expect((await call(listCases, { headers: { cookie } })).body.items).toHaveLength(1);
  });
});

describe("every answer", () => {
  it("is data for its reader alone: never kept, never framed, never guessed", async () => {
    const token = await tokenOf(await makePatient());
    for (const answer of [await call(listCases, { token }), await call(listCases, {})]) {
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
  });

  it("to a body that never ends is 413, also when no length was declared", async () => {
    const token = await tokenOf(await makePatient());
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 5_000) controller.error(new Error("It was read on and on."));
        else controller.enqueue(new Uint8Array(10_000).fill(32));
      },
    });
    const request = new Request("http://127.0.0.1/api/v1/cases", {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    expect((await startCase(request, { params: Promise.resolve({}) })).status).toBe(413);
  });

  it("to a name with a NUL is 404", async () => {
    expect((await call(clinic, { params: { slug: "a\u0000b" } })).status).toBe(404);
  });
});

describe("a token that may only read", () => {
  it("reads, and changes nothing", async () => {
    const email = await account();
    const form = { email, password: PASSWORD, name: "report", scope: "read" as const };
    const made = await createApiToken(form, newId());
    if (!made.ok) throw new Error(made.reason);
    const { token } = made.value;
    expect((await call(listCases, { token })).status).toBe(200);
    expect(await call(startCase, { token, body: intake })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect((await call(listCases, { token })).body.items).toEqual([]);
  });

  it("is made over the API by naming its scope", async () => {
    const body = { email: await account(), password: PASSWORD, name: "report", scope: "read" };
    const token: string = (await call(tokens, { body })).body.token ?? "";
    expect((await call(startCase, { token, body: intake })).status).toBe(403);
    const unknown = await call(tokens, { body: { ...body, scope: "everything" } });
    expect(unknown.status).toBe(422);
  });

  it("is not what one gets unasked", async () => {
    const body = { email: `${newId()}@example.test`, password: PASSWORD, name: "Nora", locale: "en" };
    const token: string = (await call(accounts, { body })).body.token ?? "";
    expect((await call(startCase, { token, body: intake })).status).toBe(201);
  });
});
