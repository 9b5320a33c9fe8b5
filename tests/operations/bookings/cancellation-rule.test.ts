import { expect, it } from "vitest";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { cancellationSentence } from "@/lib/clinics/cancellation";
import { publishedClinic } from "@/lib/clinics/published";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { listingAnswer } from "@/lib/clinics/views/cabinet";
import { ownListing } from "@/lib/clinics/queries/listing";
import { addDays, dayOf } from "@/lib/kernel/day";
import type { Outcome } from "@/lib/kernel/outcome";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { makeAcceptedCase } from "../../support/estimates";
import { makeAdmin, makeManager } from "../../support/people";

const now = new Date();
const stricter = [
  { fromDays: 10, keptBp: 2_000 },
  { fromDays: 0, keptBp: 10_000 },
];

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

async function publish(clinicId: string, cancellationBands: typeof stricter): Promise<void> {
  const manager = await makeManager(clinicId);
  valueOf(await saveListing(manager, { cancellationBands }));
  const answer = listingAnswer(await ownListing(manager));
  expect(answer.draft?.content.cancellationRule).toBe(cancellationSentence(cancellationBands));
  const { revisionId } = valueOf(await submitListing(manager, now));
  valueOf(await approveRevision(await makeAdmin(), revisionId, now));
}

it("stands in the same words on the page of the centre and in contract A, and counts as it reads", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  await publish(accepted.clinic.id, stricter);
  const held = await makeHold(accepted);
  const shown = await publishedClinic(accepted.clinic.slug, now);
  const contract = held.contracts.find((one) => one.kind === "A");
  expect(shown?.payment.cancellationRule).toBe(cancellationSentence(stricter));
  expect(contract?.text).toContain(cancellationSentence(stricter));
  for (const [daysBefore, kept] of [
    [29, 600_000n],
    [10, 600_000n],
    [9, 3_000_000n],
  ] as const) {
    const on = addDays(dayOf(held.treatmentOn), -daysBefore);
    const quoted = await refundQuoteFor(accepted.patient, held.id, "patient_cancels", on, now);
    expect(quoted?.quote.contracts.A.keptMinor).toBe(kept);
  }
});

it("does not change for a booking already made", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const held = await makeHold(accepted);
  await publish(accepted.clinic.id, stricter);
  const on = addDays(dayOf(held.treatmentOn), -10);
  const quoted = await refundQuoteFor(accepted.patient, held.id, "patient_cancels", on, now);
  expect(quoted?.quote.contracts.A.keptMinor).toBe(750_000n);
  expect((await bookingNow(held.id)).cancellationBands).toEqual(held.cancellationBands);
});
