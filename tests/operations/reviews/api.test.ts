import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GET as ofCase, POST as request } from "@/app/api/v1/cases/[id]/reviews/route";
import { POST as countersign } from "@/app/api/v1/reviews/[id]/countersign/route";
import { POST as decide } from "@/app/api/v1/reviews/[id]/decide/route";
import { POST as decline } from "@/app/api/v1/reviews/[id]/decline/route";
import { POST as moreInfo } from "@/app/api/v1/reviews/[id]/more-info/route";
import { POST as open } from "@/app/api/v1/reviews/[id]/open/route";
import { POST as reopen } from "@/app/api/v1/reviews/[id]/reopen/route";
import { GET as get } from "@/app/api/v1/reviews/[id]/route";
import { GET as list } from "@/app/api/v1/reviews/route";
import { reviewView } from "@/lib/reviews/views/review";
import { asked } from "../../support/asked-clinics";
import { makeClinic } from "../../support/clinics";
import { makeFinance, makeManager, makeReviewer } from "../../support/people";
import { call, tokenOf } from "../../support/routes";

async function withTokens() {
  const { one, owner, patient, caseId } = await asked();
  const [first, second, desk, mine] = await Promise.all([one.first, one.second, owner, patient].map(tokenOf));
  return { first, second, desk, mine, one, caseId, params: { id: one.reviewId } };
}

describe("a review over the API", () => {
  it("goes from the question to a binding answer in the shapes described", async () => {
    const { first, second, desk, mine, caseId, params } = await withTokens();
    const early = await call(decide, { token: first, params, body: { verdict: "eligible" } });
    expect(early).toMatchObject({ status: 409, body: { code: "illegal_transition" } });
    expect(await call(open, { token: first, params, body: {} })).toMatchObject({
      status: 200,
      body: { state: "opened" },
    });
    const asking = { requests: ["A newer ECG", { item: "labs" }] };
    expect(await call(moreInfo, { token: first, params, body: asking })).toMatchObject({
      status: 200,
      body: { state: "more_info", requests: [{ text: "A newer ECG" }, { item: "labs" }] },
    });
    await call(open, { token: first, params, body: {} });
    const bare = await call(decide, { token: first, params, body: { verdict: "not_eligible" } });
    expect(bare).toMatchObject({ status: 422, body: { errors: [{ path: "reason" }] } });
    const body = { verdict: "eligible_with_conditions", conditions: ["Dental check"], urgency: "elective" };
    const signed = await call(decide, { token: first, params, body });
    expect(reviewView.parse(signed.body)).toMatchObject({
      state: "decided",
      binding: false,
      answer: { urgency: "elective" },
    });
    expect((await call(ofCase, { token: mine, params: { id: caseId } })).body).toMatchObject({
      items: [{ verdict: null, binding: false, conditions: [] }],
    });
    expect(await call(countersign, { token: first, params, body: {} })).toMatchObject({
      status: 409,
      body: { code: "same_signer" },
    });
    const bound = await call(countersign, { token: second, params, body: {} });
    expect(bound).toMatchObject({ status: 200, body: { binding: true, secondSigner: "Dr. Second" } });
    expect((await call(ofCase, { token: mine, params: { id: caseId } })).body).toMatchObject({
      items: [{ verdict: "eligible_with_conditions", binding: true, conditions: [{ text: "Dental check" }] }],
    });
    const found = await call(list, { token: desk, query: `?caseId=${caseId}&state=decided` });
    expect(found).toMatchObject({ status: 200, body: { items: [{ id: params.id }], next: null } });
    const late = await call(reopen, { token: second, params, body: { reason: "Too late" } });
    expect(late.status).toBe(409);
  });

  it("is asked for by the owner of the case, who hears what is in the way", async () => {
    const { desk, caseId, one } = await withTokens();
    const other = await makeClinic();
    const without = await call(request, {
      token: desk,
      params: { id: caseId },
      body: { clinics: [other.slug] },
    });
    expect(without).toMatchObject({ status: 409, body: { code: "no_consent", clinics: other.slug } });
    const missing = await call(request, {
      token: desk,
      params: { id: caseId },
      body: { clinics: [one.clinic.slug] },
    });
    expect(missing).toMatchObject({ status: 409, body: { code: "records_missing" } });
    const unknown = await call(request, {
      token: desk,
      params: { id: caseId },
      body: { clinics: ["nowhere"] },
    });
    expect(unknown).toMatchObject({ status: 422, body: { code: "invalid_clinic" } });
  });

  it("is not there for other centres, and no route of patients and finance", async () => {
    const { mine, params, one } = await withTokens();
    const foreign = await tokenOf(await makeReviewer((await makeClinic()).id));
    const finance = await tokenOf(await makeFinance());
    for (const token of [foreign, finance, mine]) {
      expect((await call(get, { token, params })).status).toBe(404);
      expect((await call(open, { token, params, body: {} })).status).toBe(404);
    }
    expect((await call(list, { token: mine })).status).toBe(404);
    const manager = await tokenOf(await makeManager(one.clinic.id));
    expect((await call(get, { token: manager, params })).status).toBe(200);
    expect((await call(open, { token: manager, params, body: {} })).status).toBe(404);
  });

  it("answers bad input with a reason and never with an error of ours", async () => {
    const { first, desk, caseId, params } = await withTokens();
    await call(open, { token: first, params, body: {} });
    const routes = [
      (body: object) => call(decide, { token: first, params, body }),
      (body: object) => call(decide, { token: first, params, body: { verdict: "eligible", ...body } }),
      (body: object) => call(moreInfo, { token: first, params, body }),
      (body: object) => call(decline, { token: first, params, body }),
      (body: object) => call(reopen, { token: first, params, body }),
      (body: object) => call(request, { token: desk, params: { id: caseId }, body }),
    ];
    const names =
      "verdict reason conditions requests answer reviewers diagnosis urgency fitToTravel risks stay riskScores clinics";
    const body = fc.dictionary(
      fc.constantFrom(...names.split(" ")),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom("\u0000", "\ud800", 1e308, [{}], [["\u0000"]], { text: "\u0000" }, null),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), body, async (run, given) => {
        const { status } = await run(given);
        expect([200, 201, 404, 409, 422]).toContain(status);
      }),
      { numRuns: 200 },
    );
    for (const query of ["?state=gone", "?caseId=1", "?limit=1000", "?cursor=%00"]) {
      expect((await call(list, { token: desk, query })).status).toBe(422);
    }
  });
});
