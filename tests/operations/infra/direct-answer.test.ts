import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clinics/route";
import { directly } from "@/lib/infra/direct-answer";
import { call } from "../../support/routes";

const direct = directly("/api/v1/clinics", () => Promise.resolve(GET));
const server = createServer((request, response) => {
  if (!direct(request, response)) response.writeHead(418).end();
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
