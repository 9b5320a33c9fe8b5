import { describe, expect, it } from "vitest";
import { decideReviewForm, requestReviewsForm } from "@/lib/reviews/forms";
import { reviewsApi, reviewView, reviewViewOf, type ReviewFacts } from "@/lib/reviews/views/review";

describe("the form of an answer", () => {
  it("takes a bare yes", () => {
    expect(decideReviewForm.parse({ verdict: "eligible" })).toMatchObject({
      verdict: "eligible",
      answer: {},
    });
  });

  it.each([
    ["a no without a reason", { verdict: "not_eligible" }, "reason"],
    ["a referral without a reason", { verdict: "refer_elsewhere", reason: "  " }, "reason"],
    ["conditions without any", { verdict: "eligible_with_conditions", conditions: [] }, "conditions"],
    ["a question without what", { verdict: "need_more_data" }, "requests"],
    ["a verdict that is none", { verdict: "maybe" }, "verdict"],
  ])("refuses %s", (_, body, path) => {
    const parsed = decideReviewForm.safeParse(body);
    expect(parsed.error?.issues[0]?.path[0]).toBe(path);
  });

  it("takes the structured fields beside the verdict or inside the answer", () => {
    const beside = decideReviewForm.parse({ verdict: "eligible", urgency: "emergency", fit_to_travel: "no" });
    const inside = decideReviewForm.parse({
      verdict: "eligible",
      answer: { urgency: "emergency", fitToTravel: "no" },
    });
    expect(beside.answer).toEqual(inside.answer);
    expect(beside.answer).toEqual({ urgency: "emergency", fitToTravel: "no" });
  });

  it("takes conditions and requests as sentences or as objects", () => {
    const form = decideReviewForm.parse({
      verdict: "eligible_with_conditions",
      conditions: ["Dental check", { text: "Stop warfarin", owner: "home doctor", dueOn: "2026-12-01" }],
      requests: ["CT", { item: "tee_loops", reason: "3D missing" }],
    });
    expect(form.conditions?.[0]).toEqual({ text: "Dental check" });
    expect(form.requests?.[1]).toEqual({ item: "tee_loops", reason: "3D missing" });
  });

  it("asks each centre once", () => {
    expect(requestReviewsForm.parse({ clinics: ["a", "b", "a"] }).clinics).toEqual(["a", "b"]);
    expect(requestReviewsForm.safeParse({ clinics: [] }).success).toBe(false);
  });
});

const id = "0192f3a0-0000-7000-8000-000000000001";
const at = new Date("2026-11-20T10:00:00Z");
const facts: ReviewFacts = {
  id,
  caseId: id,
  clinicId: id,
  round: 1,
  state: "decided",
  verdict: "not_eligible",
  reason: "Too calcified for a clip",
  answer: { urgency: "emergency", diagnosis: "Severe MR" },
  conditions: [],
  requests: [],
  recordsSeen: [id],
  firstSignerId: id,
  firstSignerName: "Dr. Rita Reviewer",
  secondSignerId: null,
  secondSignerName: null,
  declineReason: null,
  requestedAt: at,
  dueAt: at,
  openedAt: at,
  firstSignedAt: at,
  secondSignedAt: null,
  answerExpiresAt: null,
  endedAt: null,
  newestRecordAt: null,
  opinion: null,
  clinic: { slug: "herzzentrum-rheintal", name: "Herzzentrum Rheintal" },
  case: { number: "V-2026-000001", stage: "with_centres", treatment: "teer", urgent: false, ownerId: id },
};

describe("the view of a review", () => {
  it("shows the patient nothing of an answer signed once", () => {
    const view = reviewViewOf(facts, "patient");
    expect(view).toMatchObject({
      binding: false,
      verdict: null,
      reason: null,
      answer: null,
      firstSigner: null,
    });
    expect(JSON.stringify(view)).not.toMatch(/calcified|Severe|not_eligible|Rita/);
  });

  it("shows the patient everything once it binds", () => {
    const view = reviewViewOf({ ...facts, secondSignedAt: at, secondSignerName: "Dr. Sven" }, "patient");
    expect(view).toMatchObject({ binding: true, verdict: "not_eligible", blocksTravel: true });
  });

  it("keeps showing the patient what two doctors signed when the consent ends after it, and nothing signed once", () => {
    const ended = { ...facts, state: "withdrawn" as const, endedAt: at };
    const signed = reviewViewOf({ ...ended, secondSignedAt: at }, "patient");
    expect(signed).toMatchObject({ binding: false, verdict: "not_eligible", answer: facts.answer });
    expect(reviewViewOf(ended, "patient")).toMatchObject({ verdict: null, answer: null, firstSigner: null });
  });

  it("shows the desk a preliminary answer as such", () => {
    expect(reviewViewOf(facts, "coordinator")).toMatchObject({ binding: false, verdict: "not_eligible" });
  });

  it("shows the patient what a centre still needs", () => {
    const asked = { ...facts, state: "more_info" as const, requests: [{ text: "TEE loops" }] };
    expect(reviewViewOf(asked, "patient").requests).toEqual([{ text: "TEE loops" }]);
    expect(reviewViewOf(asked, "patient").verdict).toBeNull();
  });

  it("fits the shape the API describes", () => {
    expect(reviewView.safeParse(reviewViewOf(facts, "coordinator")).error).toBeUndefined();
    const routes = reviewsApi.map((operation) => `${operation.method} ${operation.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });
});
