import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { caseForActor, timelineForActor } from "@/lib/cases/queries";
import { asPerson } from "@/lib/infra/db";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { confirmAnswer } from "@/lib/reviews/confirm-answer";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { reviewForActor, reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { withdrawSignature } from "@/lib/reviews/withdraw-signature";
import { asked, jobs, NO, now, signTwice, YES } from "../../support/asked-clinics";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeReviewer, testSystem } from "../../support/people";

describe("the first signature", () => {
  it("is preliminary: the desk sees it, the patient does not", async () => {
    const { one, owner, patient, caseId } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    const signed = valueOf(await decideReview(one.first, one.reviewId, YES, now));
    expect(signed).toMatchObject({
      state: "decided",
      verdict: "eligible",
      firstSignerId: one.first.personId,
    });
    const desk = await reviewForActor(owner, one.reviewId);
    expect(desk && reviewViewOf(desk, "coordinator")).toMatchObject({ verdict: "eligible", binding: false });
    const [mine] = (await reviewsOfCase(patient, caseId)) ?? [];
    expect(mine && reviewViewOf(mine, "patient")).toMatchObject({ verdict: null, answer: null });
    expect(JSON.stringify(await timelineForActor(patient, caseId, { limit: 50 }))).not.toContain("eligible");
    expect(await traces(caseId, "review.decided")).toBe(1);
  });

  it("needs an opened review, of the own centre, and counts once", async () => {
    const { one } = await asked();
    expect(reasonOf(await decideReview(one.first, one.reviewId, YES, now))).toBe("illegal_transition");
    valueOf(await openReview(one.first, one.reviewId, now));
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await decideReview(foreign, one.reviewId, YES, now))).toBe("not_found");
    const both = await Promise.all([
      decideReview(one.first, one.reviewId, YES, now),
      decideReview(one.second, one.reviewId, NO, now),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
  });

  it("lists the accepted records the centre could see, and no others", async () => {
    const { one, caseId } = await asked();
    const file = (state: "accepted" | "readable") => ({
      id: newId(),
      caseId,
      state,
      filename: "echo.pdf",
      sizeBytes: 1n,
      offsetBytes: 1n,
      sha256: "0".repeat(64),
      chunkBytes: 1,
      completedAt: now,
      judgedAt: now,
    });
    const [seen, unseen] = [file("accepted"), file("readable")];
    await asPerson(testSystem, (tx) => tx.record.createMany({ data: [seen, unseen] }));
    valueOf(await openReview(one.first, one.reviewId, now));
    const signed = valueOf(await decideReview(one.first, one.reviewId, YES, now));
    expect(signed.recordsSeen).toEqual([seen.id]);
  });

  it.each([{ urgency: "emergency" }, { fitToTravel: "no" }])(
    "calls the owner at once with %o",
    async (answer) => {
      const { one, caseId, owner, patient } = await asked();
      valueOf(await openReview(one.first, one.reviewId, now));
      valueOf(
        await decideReview(
          one.first,
          one.reviewId,
          decideReviewForm.parse({ verdict: "eligible", ...answer }),
          now,
        ),
      );
      const found = await caseForActor(patient, caseId);
      expect(found).toMatchObject({ urgent: true, nextAction: "travel_blocked", waitingOn: "coordinator" });
      const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId } }));
      expect(tasks).toMatchObject([{ kind: "travel_blocked", ownerId: owner.personId }]);
    },
  );

  it("can be taken back before the second, with a trace", async () => {
    const { one, caseId } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    expect(reasonOf(await withdrawSignature(one.second, one.reviewId, { reason: "x" }))).toBe(
      "illegal_transition",
    );
    valueOf(await decideReview(one.first, one.reviewId, YES, now));
    const back = valueOf(
      await withdrawSignature(one.second, one.reviewId, { reason: "The gradient is wrong" }),
    );
    expect(back).toMatchObject({ state: "opened", verdict: null, firstSignerId: null, answer: null });
    expect(await traces(caseId, "review.reopened")).toBe(1);
    valueOf(await decideReview(one.second, one.reviewId, NO, now));
    valueOf(await countersignReview(one.first, one.reviewId, now));
    const late = await withdrawSignature(one.second, one.reviewId, { reason: "Too late" });
    expect(reasonOf(late)).toBe("illegal_transition");
  });
});

describe("a binding answer", () => {
  it("is asked again when a record came after it, and holds once confirmed", async () => {
    const { one, owner, caseId } = await asked();
    valueOf(await signTwice(one, YES));
    const seen = async () => {
      const facts = await reviewForActor(owner, one.reviewId);
      return facts && reviewViewOf(facts, "coordinator").reconfirm;
    };
    expect(await seen()).toBe(false);
    await asPerson(testSystem, (tx) => noteCaseEvent(tx, testSystem, { caseId, kind: "record_accepted" }));
    expect(await seen()).toBe(true);
    const confirmed = addHours(new Date(), 1);
    valueOf(await confirmAnswer(one.second, one.reviewId, confirmed));
    expect(await seen()).toBe(false);
    expect((await reviewForActor(owner, one.reviewId))?.answerExpiresAt).toEqual(
      addHours(confirmed, 90 * 24),
    );
    expect(await traces(caseId, "review.confirmed")).toBe(1);
  });

  it("is confirmed by its own centre alone, once at a time, and not before it binds", async () => {
    const { one } = await asked();
    expect(reasonOf(await confirmAnswer(one.first, one.reviewId, now))).toBe("illegal_transition");
    valueOf(await signTwice(one, YES));
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await confirmAnswer(foreign, one.reviewId, now))).toBe("not_found");
    const later = addHours(now, 1);
    const confirm = () => confirmAnswer(one.first, one.reviewId, later);
    expect(reasonsOf(await Promise.all([confirm(), confirm()]))).toEqual(["done", "illegal_transition"]);
    const soon = new Date(later.getTime() + 1_000);
    expect(reasonOf(await confirmAnswer(one.first, one.reviewId, soon))).toBe("illegal_transition");
    expect(reasonOf(await confirmAnswer(one.first, one.reviewId, addHours(later, 1)))).toBe("done");
  });
});

describe("the second signature", () => {
  it("binds, and asks the coordinator for an estimate", async () => {
    const { one, caseId, patient } = await asked();
    const review = valueOf(await signTwice(one, YES));
    expect(review.secondSignerId).toBe(one.second.personId);
    expect(review.answerExpiresAt).toEqual(addHours(now, 90 * 24));
    expect(await caseForActor(patient, caseId)).toMatchObject({
      stage: "with_centres",
      waitingOn: "coordinator",
      nextAction: "build_estimate",
    });
    const [mine] = (await reviewsOfCase(patient, caseId)) ?? [];
    expect(mine && reviewViewOf(mine, "patient")).toMatchObject({ binding: true, verdict: "eligible" });
    expect(await traces(caseId, "review.countersigned")).toBe(1);
  });

  it("must come from another doctor of the same centre", async () => {
    const { one } = await asked();
    expect(reasonOf(await countersignReview(one.second, one.reviewId, now))).toBe("illegal_transition");
    valueOf(await openReview(one.first, one.reviewId, now));
    valueOf(await decideReview(one.first, one.reviewId, YES, now));
    expect(reasonOf(await countersignReview(one.first, one.reviewId, now))).toBe("same_signer");
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await countersignReview(foreign, one.reviewId, now))).toBe("not_found");
  });

  it("counts once when two sign at once", async () => {
    const { one, caseId } = await asked();
    const third = await makeReviewer(one.clinic.id, "Dr. Third");
    valueOf(await openReview(one.first, one.reviewId, now));
    valueOf(await decideReview(one.first, one.reviewId, NO, now));
    const both = await Promise.all([
      countersignReview(one.second, one.reviewId, now),
      countersignReview(third, one.reviewId, now),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    expect(await traces(caseId, "review.countersigned")).toBe(1);
    expect(await jobs("document.decline", one.reviewId)).toBe(1);
  });

  it("under a no writes the paper, and the search widens when nobody is left", async () => {
    const { one, two, caseId, patient } = await asked(2);
    if (!two) throw new Error("Two clinics were wanted.");
    valueOf(await signTwice(one, NO));
    expect(await jobs("document.decline", one.reviewId)).toBe(1);
    expect((await caseForActor(patient, caseId))?.nextAction).toBe("test");
    valueOf(await signTwice(two, NO));
    const found = await caseForActor(patient, caseId);
    expect(found).toMatchObject({
      stage: "with_centres",
      waitingOn: "coordinator",
      nextAction: "widen_search",
    });
  });

  it("under a yes lets an estimate be built although another centre still asks", async () => {
    const { one, two, caseId, patient } = await asked(2);
    if (!two) throw new Error("Two clinics were wanted.");
    valueOf(await openReview(two.first, two.reviewId, now));
    valueOf(await askMoreInfo(two.first, two.reviewId, { requests: [{ text: "ECG" }] }, now));
    expect((await caseForActor(patient, caseId))?.stage).toBe("collecting_records");
    valueOf(await signTwice(one, YES));
    expect(await caseForActor(patient, caseId)).toMatchObject({
      stage: "with_centres",
      nextAction: "build_estimate",
    });
  });
});
