import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { caseForActor, timelineForActor } from "@/lib/cases/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { declineReview } from "@/lib/reviews/decline-review";
import { type DecideReviewForm, decideReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { readReview } from "@/lib/reviews/read-review";
import { reviewForActor, reviewsForActor, reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views";
import { withdrawSignature } from "@/lib/reviews/withdraw-signature";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

const now = new Date();
const yes = decideReviewForm.parse({ verdict: "eligible", diagnosis: "Severe MR" });
const no = decideReviewForm.parse({ verdict: "not_eligible", reason: "Too calcified" });

interface AskedClinic {
  clinic: Awaited<ReturnType<typeof makeClinic>>;
  first: Awaited<ReturnType<typeof makeReviewer>>;
  second: Awaited<ReturnType<typeof makeReviewer>>;
  reviewId: string;
}

/** A case with centres, each asked and with two reviewers. */
async function asked(count = 1) {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id: caseId } = await makeCase({ patient, stage: "with_centres", owner });
  const clinics: AskedClinic[] = [];
  for (let index = 0; index < count; index += 1) {
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const reviewId = newId();
    const review = {
      id: reviewId,
      caseId,
      clinicId: clinic.id,
      requestedById: owner.personId,
      dueAt: addHours(now, 72),
    };
    await asPerson(testSystem, (tx) => tx.review.createMany({ data: [review] }));
    const [first, second] = await Promise.all([
      makeReviewer(clinic.id, "Dr. First"),
      makeReviewer(clinic.id, "Dr. Second"),
    ]);
    clinics.push({ clinic, first, second, reviewId });
  }
  const [one, two] = clinics;
  if (!one) throw new Error("No clinic was asked.");
  return { patient, owner, caseId, one, two };
}

async function signTwice({ first, second, reviewId }: AskedClinic, form: DecideReviewForm) {
  valueOf(await openReview(first, reviewId, now));
  valueOf(await decideReview(first, reviewId, form, now));
  return countersignReview(second, reviewId, now);
}

const jobs = async (name: string, reviewId: string) => {
  const rows = await openDb().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM pgboss.job WHERE name = ${name} AND data->>'reviewId' = ${reviewId}`;
  return Number(rows[0]?.count ?? 0);
};

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
    valueOf(await signTwice(one, yes));
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

describe("the first signature", () => {
  it("is preliminary: the desk sees it, the patient does not", async () => {
    const { one, owner, patient, caseId } = await asked();
    valueOf(await openReview(one.first, one.reviewId, now));
    const signed = valueOf(await decideReview(one.first, one.reviewId, yes, now));
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
    expect(reasonOf(await decideReview(one.first, one.reviewId, yes, now))).toBe("illegal_transition");
    valueOf(await openReview(one.first, one.reviewId, now));
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await decideReview(foreign, one.reviewId, yes, now))).toBe("not_found");
    const both = await Promise.all([
      decideReview(one.first, one.reviewId, yes, now),
      decideReview(one.second, one.reviewId, no, now),
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
    const signed = valueOf(await decideReview(one.first, one.reviewId, yes, now));
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
    valueOf(await decideReview(one.first, one.reviewId, yes, now));
    const back = valueOf(
      await withdrawSignature(one.second, one.reviewId, { reason: "The gradient is wrong" }),
    );
    expect(back).toMatchObject({ state: "opened", verdict: null, firstSignerId: null, answer: null });
    expect(await traces(caseId, "review.reopened")).toBe(1);
    valueOf(await decideReview(one.second, one.reviewId, no, now));
    valueOf(await countersignReview(one.first, one.reviewId, now));
    const late = await withdrawSignature(one.second, one.reviewId, { reason: "Too late" });
    expect(reasonOf(late)).toBe("illegal_transition");
  });
});

describe("the second signature", () => {
  it("binds, and asks the coordinator for an estimate", async () => {
    const { one, caseId, patient } = await asked();
    const review = valueOf(await signTwice(one, yes));
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
    valueOf(await decideReview(one.first, one.reviewId, yes, now));
    expect(reasonOf(await countersignReview(one.first, one.reviewId, now))).toBe("same_signer");
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await countersignReview(foreign, one.reviewId, now))).toBe("not_found");
  });

  it("counts once when two sign at once", async () => {
    const { one, caseId } = await asked();
    const third = await makeReviewer(one.clinic.id, "Dr. Third");
    valueOf(await openReview(one.first, one.reviewId, now));
    valueOf(await decideReview(one.first, one.reviewId, no, now));
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
    valueOf(await signTwice(one, no));
    expect(await jobs("document.decline", one.reviewId)).toBe(1);
    expect((await caseForActor(patient, caseId))?.nextAction).toBe("test");
    valueOf(await signTwice(two, no));
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
    valueOf(await signTwice(one, yes));
    expect(await caseForActor(patient, caseId)).toMatchObject({
      stage: "with_centres",
      nextAction: "build_estimate",
    });
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
