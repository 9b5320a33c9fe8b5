import { describe, expect, it } from "vitest";
import { caseForActor } from "@/lib/cases/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { checklistForCase } from "@/lib/records/queries";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { decideReview } from "@/lib/reviews/decide-review";
import { declineReview } from "@/lib/reviews/decline-review";
import { decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { reviewForActor, reviewsForActor, reviewsOfCase } from "@/lib/reviews/queries";
import { readReview } from "@/lib/reviews/read-review";
import { asked, jobs, now, signTwice, YES } from "../../support/asked-clinics";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makePatient, makeReviewer, testSystem } from "../../support/people";

describe("opening a review", () => {
  it("is noted once, also by two at once", async () => {
    const { one, caseId } = await asked();
    const both = await Promise.all([
      openReview(one.first, one.reviewId, now),
      openReview(one.second, one.reviewId, now),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "done"]);
    expect(valueOf(await openReview(one.first, one.reviewId, now))).toMatchObject({ state: "opened" });
    expect(await traces(caseId, "review.opened")).toBe(1);
  });

  it("is refused to other centres, and after the answer", async () => {
    const { one } = await asked();
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await openReview(foreign, one.reviewId, now))).toBe("not_found");
    valueOf(await signTwice(one, YES));
    expect(reasonOf(await openReview(one.first, one.reviewId, now))).toBe("illegal_transition");
  });
});

describe("asking for more", () => {
  const form = { requests: [{ item: "tee_loops", reason: "3D is missing" }, { text: "A newer ECG" }] };

  it("puts the question to the patient and the case back to collecting", async () => {
    const { one, caseId, patient } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    valueOf(await askMoreInfo(one.first, one.reviewId, form, now));
    const found = await caseForActor(patient, caseId);
    expect(found).toMatchObject({
      stage: "collecting_records",
      waitingOn: "patient",
      nextAction: "send_records",
    });
    const line = await asPerson(testSystem, (tx) =>
      tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item: "tee_loops" } } }),
    );
    expect(line).toMatchObject({ status: "missing", reason: "3D is missing" });
    const mails = await openDb().outboxMail.findMany({ where: { to: patient.email } });
    expect(mails.map((mail) => mail.template)).toContain("records_wanted");
    expect(JSON.stringify(mails)).not.toContain("3D");
    expect(await traces(caseId, "review.more_info")).toBe(1);
  });

  it("ends when a reviewer opens again: the case is with the centres", async () => {
    const { one, caseId, patient } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    valueOf(await askMoreInfo(one.first, one.reviewId, form, now));
    valueOf(await openReview(one.second, one.reviewId, now));
    expect((await caseForActor(patient, caseId))?.stage).toBe("with_centres");
  });

  it("shows the patient what was asked for, also beyond the treatment's own list", async () => {
    const { one, caseId, patient } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    const requests = [{ item: "ct_calcium" }, { item: "swab", reason: "Endocarditis last year" }];
    valueOf(await askMoreInfo(one.first, one.reviewId, { requests }, now));
    const lines = (await checklistForCase(patient, caseId)) ?? [];
    const asksFor = (item: string) => lines.find((line) => line.item === item);
    expect(asksFor("ct_calcium")).toMatchObject({ status: "missing", reason: one.clinic.name });
    expect(asksFor("swab")).toMatchObject({ status: "missing", reason: "Endocarditis last year" });
  });

  it("is what the verdict need_more_data means", async () => {
    const { one, caseId, patient } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    const more = decideReviewForm.parse({ verdict: "need_more_data", requests: ["TEE loops"] });
    const review = valueOf(await decideReview(one.first, one.reviewId, more, now));
    expect(review).toMatchObject({ state: "more_info", verdict: "need_more_data", firstSignerId: null });
    expect((await caseForActor(patient, caseId))?.stage).toBe("collecting_records");
  });

  it("is refused before opening, and once when asked twice at once", async () => {
    const { one, caseId } = await asked();
    expect(reasonOf(await askMoreInfo(one.first, one.reviewId, form, now))).toBe("illegal_transition");
    valueOf(await openReview(one.first, one.reviewId, now));
    const both = await Promise.all([
      askMoreInfo(one.first, one.reviewId, form, now),
      askMoreInfo(one.second, one.reviewId, form, now),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    expect(await traces(caseId, "review.more_info")).toBe(1);
  });
});

describe("declining", () => {
  it("ends the question, and the search widens when nobody is left", async () => {
    const { one, caseId, patient } = await asked();
    const declined = valueOf(await declineReview(one.first, one.reviewId, { reason: "No beds" }, now));
    expect(declined).toMatchObject({ state: "declined", declineReason: "No beds" });
    expect((await caseForActor(patient, caseId))?.nextAction).toBe("widen_search");
    expect(await traces(caseId, "review.declined")).toBe(1);
  });

  it("makes the report the patient is owed, once", async () => {
    const { one } = await asked();
    valueOf(await declineReview(one.first, one.reviewId, { reason: "No beds" }, now));
    expect(await jobs("document.decline", one.reviewId)).toBe(1);
  });

  it("happens once, and not after the answer", async () => {
    const { one } = await asked();
    const decline = () => declineReview(one.first, one.reviewId, { reason: "No beds" }, now);
    expect(reasonsOf(await Promise.all([decline(), decline()]))).toEqual(["done", "illegal_transition"]);
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await declineReview(foreign, one.reviewId, { reason: "x" }, now))).toBe("not_found");
  });
});

describe("who sees which review", () => {
  it("shows a centre its own alone", async () => {
    const { one, two, caseId } = await asked(2);
    if (!two) throw new Error("Two clinics were wanted.");
    const page = await reviewsForActor(one.first, { limit: 50 });
    expect(page.items.map((review) => review.id)).toEqual([one.reviewId]);
    expect(await readReview(one.first, two.reviewId)).toBeNull();
    expect((await reviewsOfCase(one.first, caseId))?.map((review) => review.id)).toEqual([one.reviewId]);
  });

  it("shows strangers nothing, and writes down who looked", async () => {
    const { one, caseId, owner } = await asked();
    expect(await reviewsOfCase(await makePatient(), caseId)).toBeNull();
    expect(await reviewForActor(await makePatient(), one.reviewId)).toBeNull();
    await readReview(owner, one.reviewId);
    expect(await traces(caseId, "review.viewed")).toBe(1);
  });

  it("finds them by state and case", async () => {
    const { one, owner, caseId } = await asked(2);
    valueOf(await openReview(one.first, one.reviewId, now));
    const opened = await reviewsForActor(owner, { limit: 50, state: "opened", caseId });
    expect(opened.items.map((review) => review.id)).toEqual([one.reviewId]);
    const first = await reviewsForActor(owner, { limit: 1, caseId });
    const second = await reviewsForActor(owner, { limit: 1, caseId, cursor: first.next ?? "" });
    expect(first.items[0]?.id).not.toBe(second.items[0]?.id);
    expect(second.next).toBeNull();
  });
});
