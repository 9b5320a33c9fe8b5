import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as CANCEL } from "@/app/api/v1/bookings/[id]/cancel/route";
import { POST } from "@/app/api/v1/bookings/route";
import { GET } from "@/app/api/v1/clinics/route";
import { directly, directlyPosted } from "@/lib/infra/direct-answer";
import { log } from "@/lib/infra/log";
import { newId } from "@/lib/kernel/ids";
import { makePatient } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const doors = [
  directly("/api/v1/clinics", () => Promise.resolve(GET)),
  directlyPosted("/api/v1/bookings", () => Promise.resolve(POST)),
  directlyPosted("/api/v1/bookings/:id/cancel", () => Promise.resolve(CANCEL)),
];
const server = createServer((request, response) => {
  if (!doors.some((door) => door(request, response))) response.writeHead(418).end();
});
let base = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe("an answer without the web framework around it", () => {
  it("is the one the route gives", async () => {
    for (const query of ["", "?country=DE&limit=3", "?sort=nonsense", "?q=herz&q=klinik", "?currency=JPY"]) {
      const answer = await fetch(`${base}/api/v1/clinics${query}`);
      const meant = await call(GET, { query });
      expect([query, answer.status, await answer.json()]).toEqual([query, meant.status, meant.body]);
      for (const [name, value] of meant.headers)
        expect([name, answer.headers.get(name)]).toEqual([name, value]);
    }
  });

  it("is only for strangers who read exactly this address", async () => {
    const status = async (path: string, given: RequestInit = {}) =>
      (await fetch(`${base}${path}`, given)).status;
    expect(await status("/api/v1/clinics", { headers: { authorization: "Bearer x" } })).toBe(418);
    expect(await status("/api/v1/clinics", { headers: { cookie: "valvia=x" } })).toBe(418);
    expect(await status("/api/v1/clinics", { method: "POST" })).toBe(418);
    expect(await status("/api/v1/clinics/nobody")).toBe(418);
    expect(await status("/api/v1/clinics-of-others")).toBe(418);
  });

  it("asks for encryption where it came encrypted", async () => {
    const secure = await fetch(`${base}/api/v1/clinics`, { headers: { "x-forwarded-proto": "https" } });
    expect(secure.headers.get("strict-transport-security")).toContain("max-age=");
    expect((await fetch(`${base}/api/v1/clinics`)).headers.get("strict-transport-security")).toBeNull();
  });
});

describe("what a program posts, without the web framework around it", () => {
  const post = (headers: Record<string, string>, body: string, path = "/api/v1/bookings") =>
    fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });

  it("is answered as the route answers it: who asks, what was sent, and again under the same key", async () => {
    const token = await tokenOf(await makePatient());
    const nobodys = { estimateId: newId(), slotId: newId(), services: [] };
    for (const [headers, body] of [
      [{ authorization: `Bearer ${token}` }, nobodys],
      [{ authorization: `Bearer ${token}` }, { estimateId: "no" }],
      [{ authorization: "Bearer nobody" }, nobodys],
      [{ authorization: `Bearer ${token}`, "idempotency-key": newId() }, nobodys],
    ] as const) {
      const answer = await post(headers, JSON.stringify(body));
      const meant = await call(POST, { body, headers });
      // A key is kept for one address, and the test's own is another.
      if ("idempotency-key" in headers) expect([answer.status, meant.status]).toEqual([404, 422]);
      else expect([answer.status, await answer.json()]).toEqual([meant.status, meant.body]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    const kept = { authorization: `Bearer ${token}`, "idempotency-key": newId() };
    await post(kept, JSON.stringify(nobodys));
    const again = await post(kept, JSON.stringify(nobodys));
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([404, "true"]);
  });

  it("is only for a token at exactly this address; browsers and strangers come in by the ordinary way", async () => {
    const bearer = { authorization: "Bearer x" };
    const status = async (...given: Parameters<typeof post>) => (await post(...given)).status;
    expect(await status({}, "{}")).toBe(418);
    expect(await status({ cookie: "valvia=x" }, "{}")).toBe(418);
    expect(await status({ ...bearer, cookie: "valvia=x" }, "{}")).toBe(418);
    expect(await status(bearer, "{}", "/api/v1/bookings/")).toBe(418);
    expect(await status(bearer, "{}", "/api/v1/bookings?x=1")).toBe(418);
    expect((await fetch(`${base}/api/v1/bookings`, { headers: bearer })).status).toBe(418);
    expect(await status(bearer, "{}")).toBe(401);
  });

  it("names the row its address names, and nobody else's", async () => {
    const headers = { authorization: `Bearer ${await tokenOf(await makePatient())}` };
    const cancelled = async (path: string) => {
      const answer = await post(headers, '{"cause":"patient_cancels"}', path);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await cancelled(`/api/v1/bookings/${newId()}/cancel`)).toEqual([404, "not_found"]);
    expect(await cancelled("/api/v1/bookings/no-id/cancel")).toEqual([404, "not_found"]);
    expect((await post(headers, "{}", `/api/v1/bookings/${newId()}/x/cancel`)).status).toBe(418);
    expect((await post(headers, "{}", `/api/v1/bookings/${newId()}/cancel/`)).status).toBe(418);
  });

  it("takes a body whose line breaks for no fault of ours", async () => {
    const { port } = server.address() as AddressInfo;
    const token = await tokenOf(await makePatient());
    const faults = vi.spyOn(log, "error");
    const line = connect(port, "127.0.0.1");
    line.write(
      `POST /api/v1/bookings HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\ncontent-length: 90\r\n\r\n{"est`,
    );
    const asked = once(server, "request");
    await asked;
    line.destroy();
    // Its answer goes to nobody; the next one's does not wait for it.
    expect((await post({ authorization: `Bearer ${token}` }, "{")).status).toBe(400);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(faults).not.toHaveBeenCalled();
    faults.mockRestore();
  });

  it("refuses a body without end, by its own word and by counting, and takes the next request", async () => {
    const headers = { authorization: `Bearer ${await tokenOf(await makePatient())}` };
    let left = 40;
    const pieces = new ReadableStream({
      pull(to) {
        left -= 1;
        if (left < 0) to.close();
        else to.enqueue(new Uint8Array(64_000).fill(32));
      },
    });
    const sent = { method: "POST", headers, duplex: "half" } as const;
    const told = await post(headers, " ".repeat(1_000_001));
    expect(told.status).toBe(413);
    const counted = await fetch(`${base}/api/v1/bookings`, { ...sent, body: pieces });
    expect(counted.status).toBe(413);
    expect((await post(headers, "{")).status).toBe(400);
  });
});
