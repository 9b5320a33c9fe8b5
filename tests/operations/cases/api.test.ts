import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GET as accessLog } from "@/app/api/v1/cases/[id]/access-log/route";
import { POST as assign } from "@/app/api/v1/cases/[id]/assign/route";
import { POST as cancel } from "@/app/api/v1/cases/[id]/cancel/route";
import { DELETE as withdraw } from "@/app/api/v1/cases/[id]/consents/[consentId]/route";
import { POST as consent } from "@/app/api/v1/cases/[id]/consents/route";
import { POST as hold } from "@/app/api/v1/cases/[id]/hold/route";
import { GET as get, PATCH as patch } from "@/app/api/v1/cases/[id]/route";
import { POST as stage } from "@/app/api/v1/cases/[id]/stage/route";
import { POST as submit } from "@/app/api/v1/cases/[id]/submit/route";
import { POST as take } from "@/app/api/v1/cases/[id]/take/route";
import { GET as timeline } from "@/app/api/v1/cases/[id]/timeline/route";
import { GET as list, POST as start } from "@/app/api/v1/cases/route";
import { GET as texts } from "@/app/api/v1/consent-texts/route";
import { consentView } from "@/lib/cases/consent";
import { caseLineView, caseView } from "@/lib/cases/views";
import { newId } from "@/lib/kernel/ids";
import { makeClinic } from "../../support/clinics";
import {
  makeAdmin,
  makeCoordinator,
  makeFinance,
  makeManager,
  makePatient,
  makeReviewer,
} from "../../support/people";
import { call, tokenOf } from "../../support/routes";

const calm = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };
const minimal = {
  treatment: "teer",
  problem: "Leaky mitral valve",
  contact: { name: "Samira Haddad", email: "samira@example.test", country: "AE" },
  redFlags: calm,
};
const yes = { consent: true };

async function started(body: object = minimal) {
  const token = await tokenOf(await makePatient());
  const answer = await call(start, { token, body });
  const { id } = caseView.parse(answer.body);
  return { token, id, params: { id }, answer };
}

describe("a case over the API", () => {
  it("goes from the first question to triage in the shapes described", async () => {
    const { token, id, params, answer } = await started();
    expect(answer).toMatchObject({ status: 201, body: { stage: "draft", emergency: null, version: 1 } });
    expect(answer.headers.get("location")).toBe(`/api/v1/cases/${id}`);
    const edited = await call(patch, {
      token,
      params,
      body: { birthOn: "1951-03-24", version: 1 },
      method: "PATCH",
    });
    expect(edited).toMatchObject({ status: 200, body: { birthOn: "1951-03-24", version: 2 } });
    const stale = await call(patch, { token, params, body: { problem: "x", version: 1 }, method: "PATCH" });
    expect(stale).toMatchObject({ status: 409, body: { code: "version_conflict" } });
    const sent = await call(submit, { token, params, body: yes });
    expect(sent).toMatchObject({ status: 200, body: { stage: "submitted", owner: { kind: "on_call" } } });
    const again = await call(submit, { token, params, body: yes });
    expect(again).toMatchObject({ status: 409, body: { code: "illegal_transition" } });

    const coordinator = await makeCoordinator();
    const desk = await tokenOf(coordinator);
    const taken = await call(take, { token: desk, params, body: {} });
    expect(taken).toMatchObject({
      status: 200,
      body: { stage: "triage", owner: { id: coordinator.personId } },
    });
    const moved = await call(stage, { token: desk, params, body: { to: "collecting_records" } });
    expect(moved).toMatchObject({
      status: 200,
      body: { stage: "collecting_records", waitingOn: "coordinator", nextAction: "first_answer" },
    });
    const forbidden = await call(stage, { token: desk, params, body: { to: "treated" } });
    expect(forbidden).toMatchObject({ status: 409, body: { code: "illegal_transition" } });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const resting = await call(hold, { token: desk, params, body: { reason: "Feast", until } });
    expect(resting).toMatchObject({ status: 200, body: { onHold: { reason: "Feast", until } } });
    const given = await call(assign, { token: desk, params, body: { email: coordinator.email } });
    expect(given.status).toBe(200);

    const steps = await call(timeline, { token, params });
    expect(steps).toMatchObject({ status: 200, body: { next: null } });
    const viewed = await call(get, { token: desk, params });
    expect(caseView.parse(viewed.body).contact.email).toBe("samira@example.test");
    const log = await call(accessLog, { token, params, query: "?limit=1" });
    expect(log).toMatchObject({
      body: { items: [{ event: "case.viewed", who: coordinator.name, role: "coordinator" }] },
    });
    const mine = await call(list, { token, query: "?stage=collecting_records" });
    expect(caseLineView.array().parse(mine.body.items)).toHaveLength(1);
    const ended = await call(cancel, { token, params, body: { cause: "Treated at home" } });
    expect(ended).toMatchObject({ status: 200, body: { stage: "cancelled", nextAction: null } });
  });

  it("tells somebody in danger what to do, and takes the case all the same", async () => {
    const { token, params, answer } = await started({ ...minimal, redFlags: { ...calm, restAngina: true } });
    expect(answer.body).toMatchObject({ urgent: true, emergency: { number: "998", page: "/en/emergency" } });
    expect(await call(submit, { token, params, body: yes })).toMatchObject({
      status: 200,
      body: { urgent: true },
    });
    const seen = await call(patch, { token, params, body: { seenByDoctor: true }, method: "PATCH" });
    expect(seen).toMatchObject({ status: 200, body: { emergency: null, urgent: true } });
  });

  it("asks for consent and for every answer", async () => {
    const { token, params } = await started();
    expect(await call(submit, { token, params, body: {} })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "consent" }] },
    });
    const { redFlags: _, ...without } = minimal;
    expect(await call(start, { token, body: without })).toMatchObject({
      status: 422,
      body: { code: "invalid", errors: [{ path: "redFlags" }] },
    });
  });

  it("gives a consent once, names the clinic, and takes it back", async () => {
    const { token, id, params } = await started();
    const clinic = await makeClinic();
    const body = { clinic: clinic.slug, country: "DE", textVersion: 1, deidentified: false };
    const first = await call(consent, { token, params, body });
    expect(first.status).toBe(201);
    const given = consentView.parse(first.body);
    expect(given).toMatchObject({ clinic: clinic.slug, country: "DE", textVersion: "1", withdrawnAt: null });
    expect(await call(consent, { token, params, body })).toMatchObject({
      status: 200,
      body: { id: given.id },
    });
    expect(await call(consent, { token, params, body: { ...body, country: "CN" } })).toMatchObject({
      status: 422,
    });
    const back = await call(withdraw, {
      token,
      params: { id, consentId: given.id },
      method: "DELETE",
    });
    expect(back.status).toBe(200);
    expect(consentView.parse(back.body).withdrawnAt).not.toBeNull();
    expect((await call(texts, { query: "?purpose=share_with_clinic" })).status).toBe(200);
  });

  it("is not there for anybody else", async () => {
    const { params } = await started();
    const clinicId = (await makeClinic()).id;
    const people = [makePatient(), makeFinance(), makeAdmin(), makeReviewer(clinicId), makeManager(clinicId)];
    for (const person of await Promise.all(people)) {
      const token = await tokenOf(person);
      for (const run of [get, timeline, accessLog]) {
        const answer = await call(run, { token, params });
        expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
      }
      const answer = await call(submit, { token, params, body: yes });
      expect(answer.status).toBe(404);
    }
    expect((await call(get, { params })).status).toBe(401);
    const token = await tokenOf(await makePatient());
    const foreign = await call(get, { token, params });
    const missing = await call(get, { token, params: { id: newId() } });
    const malformed = await call(get, { token, params: { id: "1 OR 1=1" } });
    expect(missing.body).toEqual(foreign.body);
    expect(malformed.body).toEqual(foreign.body);
  });

  it("answers bad input with a reason and never with an error of ours", async () => {
    const { token, params } = await started();
    const desk = await tokenOf(await makeCoordinator());
    const routes = [
      () => call(start, { token, body: {} }),
      (body: object) => call(start, { token, body }),
      (body: object) => call(start, { token, body: { ...minimal, ...body } }),
      (body: object) => call(patch, { token, params, body, method: "PATCH" as const }),
      (body: object) => call(submit, { token, params, body }),
      (body: object) => call(consent, { token, params, body }),
      (body: object) => call(cancel, { token: desk, params, body }),
      (body: object) => call(stage, { token: desk, params, body }),
      (body: object) => call(hold, { token: desk, params, body }),
      (body: object) => call(assign, { token: desk, params, body }),
    ];
    const names =
      "treatment problem contact redFlags symptoms values birthOn language version consent clinic country textVersion to reason until cause coordinatorId email";
    const body = fc.dictionary(
      fc.constantFrom(...names.split(" ")),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(
          "\u0000",
          "\ud800",
          -1,
          1e308,
          2 ** 53,
          "9999-99-99",
          "treated",
          null,
          [],
          {},
          { name: "\u0000" },
        ),
        fc.string({ unit: "binary" }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), body, async (run, given) => {
        const { status } = await run(given);
        expect([200, 201, 400, 403, 404, 409, 422]).toContain(status);
      }),
      { numRuns: 250 },
    );
    for (const query of [
      "?cursor=abc",
      "?limit=0",
      "?limit=101",
      "?limit=x",
      "?stage=gone",
      "?q=%00",
      "?owner=you",
    ]) {
      expect((await call(list, { token, query })).status).toBe(422);
    }
  });
});
