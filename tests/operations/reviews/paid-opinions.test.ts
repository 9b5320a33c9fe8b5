import { afterAll, beforeAll, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { inboxFor } from "@/lib/desk/queries/cabinet";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { readReview } from "@/lib/reviews/read-review";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { answerOnce, makePaidOpinion, opinionNow } from "@/tests/support/opinions";
import { startProvider } from "@/tests/support/payments";
import { makeReviewer, testSystem } from "@/tests/support/people";
import { makeClinic } from "@/tests/support/clinics";

let provider: Peer;
beforeAll(async () => {
  provider = openBooks(await startProvider());
});
afterAll(async () => {
  await provider.stop();
  dropStripe();
});

it("a centre reads that a question is a paid second opinion, and by when; others do not", async () => {
  const made = await makePaidOpinion(provider);
  const { id, first } = await answerOnce(made);
  const dueAt = (await opinionNow(made.opinionId)).dueAt?.toISOString();
  const shown = await readReview(first, id);
  if (!shown) throw new Error("The centre does not see its question.");
  expect(dueAt).toBeDefined();
  expect(reviewViewOf(shown, "clinic_reviewer").opinionDueAt).toBe(dueAt);
  expect(reviewViewOf(shown, "patient").opinionDueAt).toBeNull();
  const listed = (await inboxFor(first)).unsigned.find((review) => review.id === id);
  expect(listed?.opinion?.dueAt?.toISOString()).toBe(dueAt);
  const owned = await readReview(made.owner, id);
  expect(owned?.opinion?.dueAt?.toISOString()).toBe(dueAt);
  const seenBy = (who: typeof first) => asPerson(who, (tx) => tx.secondOpinion.count());
  expect(await seenBy(first)).toBe(1);
  expect(await seenBy(await makeReviewer((await makeClinic()).id))).toBe(0);
  const written = asPerson(first, (tx) =>
    tx.secondOpinion.updateMany({ where: { id: made.opinionId }, data: { termsVersion: "none" } }),
  );
  expect(await written).toMatchObject({ count: 0 });
});

it("a fee that went back is no order any more, and a case that is closed to the centre tells nothing", async () => {
  const made = await makePaidOpinion(provider);
  const { id, first } = await answerOnce(made);
  const later = new Date(Date.now() + 40 * 86_400_000);
  await settleOpinion(testSystem, made.opinionId, later);
  expect(await opinionNow(made.opinionId)).toMatchObject({ state: "returned" });
  const shown = await readReview(first, id);
  expect(shown && reviewViewOf(shown, "clinic_reviewer").opinionDueAt).toBeNull();
  const consent = await asPerson(testSystem, (tx) =>
    tx.consent.findFirstOrThrow({ where: { caseId: made.caseId, clinicId: made.clinic.id } }),
  );
  await withdrawConsent(made.patient, made.caseId, consent.id, new Date());
  expect(await asPerson(first, (tx) => tx.secondOpinion.count())).toBe(0);
});
