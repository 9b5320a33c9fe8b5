import { describe, expect, it } from "vitest";
import { DELETE as end } from "@/app/api/v1/cases/[id]/access/[accessId]/route";
import { GET as list, POST as invite } from "@/app/api/v1/cases/[id]/access/route";
import { POST as accept } from "@/app/api/v1/invitations/accept/route";
import { companionView } from "@/lib/cases/invitation-view";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

describe("companions over the API", () => {
  it("are invited, listed and sent away in the shapes described", async () => {
    const patient = await makePatient();
    const token = await tokenOf(patient);
    const { id } = await makeCase({ patient, stage: "triage" });
    const params = { id };
    const asked = await call(invite, {
      token,
      params,
      body: { email: "Karim@Example.test", scopes: ["pay"] },
    });
    expect(asked.status).toBe(201);
    const companion = companionView.parse(asked.body);
    expect(companion).toMatchObject({
      email: "karim@example.test",
      scopes: ["read", "pay"],
      state: "invited",
    });
    const again = await call(invite, { token, params, body: { email: "karim@example.test" } });
    expect(again).toMatchObject({ status: 409, body: { code: "already_invited" } });
    expect(await call(list, { token, params })).toMatchObject({ status: 200, body: { items: [companion] } });
    const ended = await call(end, { token, params: { id, accessId: companion.id }, method: "DELETE" });
    expect(ended).toMatchObject({ status: 200, body: { state: "ended" } });
  });

  it("refuse bad input, strangers and staff", async () => {
    const { id } = await makeCase({ patient: await makePatient() });
    const params = { id };
    for (const person of [await makePatient(), await makeCoordinator()]) {
      const token = await tokenOf(person);
      expect((await call(list, { token, params })).status).toBe(404);
      const body = { email: "a@example.test" };
      expect((await call(invite, { token, params, body })).status).toBe(404);
    }
    const token = await tokenOf(await makePatient());
    expect((await call(invite, { token, params, body: { email: "nobody" } })).status).toBe(422);
    const owner = { email: "a@example.test", scopes: ["owner"] };
    expect((await call(invite, { token, params, body: owner })).status).toBe(422);
    expect((await call(accept, { token, body: { token: "guess" } })).status).toBe(404);
    expect((await call(accept, { token, body: {} })).status).toBe(422);
  });
});
