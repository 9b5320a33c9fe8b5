import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ApiClient, newPatient } from "../support/api";
import { acceptedEstimate, CALM, caseWithCentre, CLINIC, freeSlots, must } from "../support/main-job";

interface Operation {
  security?: unknown[];
  requestBody?: unknown;
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

const ROLES = ["patient2", "coordinator2", "finance", "admin", "manager2", "reviewer2"] as const;
const METHODS = ["get", "post", "patch", "put", "delete"] as const;

async function operations(): Promise<{ method: string; path: string; isOpen: boolean }[]> {
  const description = must(await new ApiClient(null).get<Description>("/openapi.json"), 200);
  expect(description.openapi).toBe("3.1.0");
  return Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, isOpen: operation.security?.length === 0 }] : [];
    }),
  );
}

function filled(path: string, value: string): string {
  return path.replaceAll(/\{\w+\}/g, value);
}

/** Uploads speak tus and events never end; both have tests of their own. */
const OTHERWISE = /uploads|\/events/;

/** A body that fits many commands, so that a refusal comes from who asks and not from what is missing. */
const ANYTHING = {
  ...{
    reason: "x",
    cause: "patient_cancels",
    contract: "A",
    typedName: "X",
    state: "rejected",
    to: "cancelled",
  },
  ...{
    hash: "0".repeat(64),
    body: "hello",
    status: "waived",
    consent: true,
    until: null,
    verdict: "eligible",
  },
  ...{
    requests: ["x"],
    clinics: [CLINIC],
    clinic: CLINIC,
    country: "DE",
    textVersion: "1",
    email: "x@example.test",
  },
};

/** A booked case of one patient: the id of each of its things, by the first part of its address. */
async function bookedIds(): Promise<Map<string, string>> {
  const { patient, caseId, estimateId, optionalLineIds } = await acceptedEstimate();
  const [slot] = (await freeSlots()).toReversed();
  const wish = { estimateId, slotId: slot?.slotId, services: optionalLineIds };
  const booking = must(
    await patient.post<{ id: string; planItems: { id: string }[] }>("/bookings", wish),
    201,
  );
  type Listed = { items: { id: string }[] };
  const first = async (path: string) => must(await patient.get<Listed>(path), 200).items[0]?.id ?? "";
  return new Map([
    ["cases", caseId],
    ["estimates", estimateId],
    ["bookings", booking.id],
    ["plan-items", await first(`/bookings/${booking.id}/plan`)],
    ["records", await first(`/cases/${caseId}/records`)],
    ["reviews", await first(`/cases/${caseId}/reviews`)],
    ["transfers", await first("/transfers")],
    ["interpreter-assignments", await first("/interpreter-assignments")],
  ]);
}

test.describe("every route of the API", () => {
  test("asks who is there before anything else", async () => {
    const nobody = new ApiClient(null);
    for (const { method, path, isOpen } of await operations()) {
      if (isOpen || OTHERWISE.test(path)) continue;
      const answer = await nobody.send(
        method.toUpperCase(),
        filled(path, randomUUID()),
        method === "get" ? undefined : {},
      );
      expect(answer.status, `${method} ${path}`).toBe(401);
    }
  });

  test("answers every role about things that are not there without an error of ours", async () => {
    test.setTimeout(180_000);
    const list = await operations();
    expect(list.length).toBeGreaterThan(80);
    for (const name of ROLES) {
      const api = await ApiClient.signIn(`${name}@demo.valvia.test`);
      for (const { method, path } of list) {
        if (OTHERWISE.test(path) || !path.includes("{")) continue;
        for (const id of [randomUUID(), "not-an-id"]) {
          const answer = await api.send(
            method.toUpperCase(),
            filled(path, id),
            method === "get" ? undefined : {},
          );
          expect([404, 422], `${name} ${method} ${path} ${answer.status}`).toContain(answer.status);
        }
      }
    }
  });

  test("shows a stranger nothing of a case, whatever the address", async () => {
    const { caseId, reviewId } = await caseWithCentre();
    const stranger = (await newPatient()).api;
    const elsewhere = await ApiClient.signIn("reviewer2@demo.valvia.test");
    const list = (await operations()).filter(
      ({ path }) => /^\/(cases|reviews)\/\{id\}/.test(path) && !OTHERWISE.test(path),
    );
    for (const { method, path } of list) {
      const id = path.startsWith("/cases") ? caseId : reviewId;
      for (const api of [stranger, elsewhere]) {
        const answer = await api.send(
          method.toUpperCase(),
          filled(path, id),
          method === "get" ? undefined : {},
        );
        expect([404, 422], `${method} ${path} ${answer.status}`).toContain(answer.status);
      }
    }
  });

  test("shows a stranger nothing of a booking and what hangs on it, whatever they send", async () => {
    test.setTimeout(120_000);
    const ids = await bookedIds();
    const strangers = [
      (await newPatient()).api,
      await ApiClient.signIn("reviewer2@demo.valvia.test"),
      await ApiClient.signIn("manager2@demo.valvia.test"),
    ];
    const list = (await operations()).filter(
      ({ path }) =>
        ids.has(path.split("/")[1] ?? "") && /^\/[a-z-]+\/\{id\}/.test(path) && !OTHERWISE.test(path),
    );
    expect(list.length).toBeGreaterThan(40);
    for (const { method, path } of list) {
      const id = ids.get(path.split("/")[1] ?? "") ?? "";
      const address = path.replace("{id}", id).replaceAll(/\{\w+\}/g, randomUUID());
      for (const api of strangers) {
        const answer = await api.send(method.toUpperCase(), address, method === "get" ? undefined : ANYTHING);
        expect([404, 422], `${method} ${path} ${answer.status}`).toContain(answer.status);
      }
    }
  });

  test("refuses what is no JSON, no fit and too much, each in its own way", async () => {
    const { api } = await newPatient();
    const headers = { authorization: `Bearer ${api.token}` };
    const post = (body: string, type: string) =>
      fetch(`${api.base}/api/v1/cases`, {
        method: "POST",
        headers: { ...headers, "content-type": type },
        body,
      });
    expect((await post("{not json", "application/json")).status).toBe(400);
    expect((await post("a=1", "application/x-www-form-urlencoded")).status).toBe(415);
    expect((await post(JSON.stringify({ problem: 7 }), "application/json")).status).toBe(422);
    expect((await post(JSON.stringify({ problem: "x".repeat(1_200_000) }), "application/json")).status).toBe(
      413,
    );
  });

  test("answers an address nobody can read with 400, and one with a NUL without an error of ours", async () => {
    const { base } = new ApiClient(null);
    const status = async (address: string) => (await fetch(`${base}${address}`)).status;
    for (const area of ["/api/v1/clinics", "/api/v1/cases", "/en/clinics"]) {
      expect(await status(`${area}/%E0%A4%A`), area).toBe(400);
      expect([400, 401, 404], area).toContain(await status(`${area}/a%00b`));
    }
    expect(await status("/en/clinics?q=%E0%A4%A")).toBe(200);
  });

  test("gives one answer to one key, and refuses another question under it", async () => {
    const { api, email } = await newPatient();
    const body = {
      treatment: "teer",
      problem: "Leaky valve",
      contact: { name: "Samira Haddad", email, country: "AE" },
      redFlags: CALM,
    };
    const key = { "idempotency-key": randomUUID() };
    const first = await api.post<{ id: string }>("/cases", body, key);
    const again = await api.post<{ id: string }>("/cases", body, key);
    expect(again.body.id).toBe(first.body.id);
    expect((await api.post("/cases", { ...body, problem: "Something else" }, key)).status).toBe(422);
    expect((await api.get<{ items: unknown[] }>("/cases")).body.items).toHaveLength(1);
  });
});
