import { beforeEach, describe, expect, it } from "vitest";
import { requestChanges } from "@/lib/clinics/request-changes";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { expiringFor, waitingFor } from "@/lib/desk/queries/waiting";
import { asPerson, openDb } from "@/lib/infra/db";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeListedClinic } from "../../support/listed-clinics";
import {
  makeAdmin,
  makeCoordinator,
  makeManager,
  makePatient,
  makeReviewer,
  testSystem,
} from "../../support/people";

const now = new Date();
let clinic: Awaited<ReturnType<typeof makeClinic>>;

beforeEach(async () => {
  clinic = await makeClinic({ capacity: 2, days: 5 });
});

async function question(state: "requested" | "more_info" | "decided", dueInHours: number) {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id: caseId } = await makeCase({ patient, owner, stage: "with_centres" });
  await openCaseToClinic(caseId, clinic.id, clinic.country);
  const signer = state === "decided" ? await makeReviewer(clinic.id) : null;
  const review = await asPerson(testSystem, (tx) =>
    tx.review.create({
      data: {
        id: newId(),
        caseId,
        clinicId: clinic.id,
        state,
        requestedById: owner.personId,
        dueAt: addHours(now, dueInHours),
        ...(signer ? { verdict: "eligible", firstSignerId: signer.personId, firstSignedAt: now } : {}),
      },
    }),
  );
  return { id: review.id, caseId, signer };
}

const note = (caseId: string, kind: string, at: Date, words?: string) =>
  asPerson(testSystem, (tx) =>
    tx.caseEvent.create({
      data: { caseId, kind, at, actorRole: "system", ...(words ? { note: words } : {}) },
    }),
  );

describe("what waits for a centre's doctors", () => {
  it("is what is due first on top, and what a colleague signed", async () => {
    const later = await question("requested", 48);
    const sooner = await question("requested", 5);
    const signed = await question("decided", 20);
    const reviewer = await makeReviewer(clinic.id);
    const lines = await waitingFor(reviewer, now);
    expect(lines.map(({ id, kind }) => [id, kind])).toEqual([
      [sooner.id, "review"],
      [signed.id, "signature"],
      [later.id, "review"],
    ]);
    expect(await expiringFor(reviewer, now)).toEqual([]);
    if (!signed.signer) throw new Error("Nobody signed.");
    const own = await waitingFor(signed.signer, now);
    expect(own.map(({ id }) => id)).not.toContain(signed.id);
  });

  it("is a question that waited for records once some came, not before", async () => {
    const asked = await question("more_info", 20);
    const reviewer = await makeReviewer(clinic.id);
    await note(asked.caseId, "record_accepted", addHours(now, -9));
    await note(asked.caseId, "more_info_asked", addHours(now, -5), clinic.slug);
    expect(await waitingFor(reviewer, now)).toEqual([]);
    await note(asked.caseId, "record_accepted", addHours(now, -2));
    expect(await waitingFor(reviewer, now)).toMatchObject([{ id: asked.id, kind: "records_came" }]);
  });

  it("is nothing of another centre", async () => {
    await question("requested", 5);
    const stranger = await makeReviewer((await makeListedClinic()).id);
    expect(await waitingFor(stranger, now)).toEqual([]);
  });
});

describe("what waits for a centre's manager", () => {
  it("is every treatment without a free place in a week of the next 30 days", async () => {
    const manager = await makeManager(clinic.id);
    const lines = await waitingFor(manager, now);
    expect(lines).toMatchObject([{ kind: "gap", id: "teer" }]);
    const today = dayOf(now);
    await openDb().procedureSlot.createMany({
      data: Array.from({ length: 30 }, (_, index) => ({
        clinicId: clinic.id,
        treatment: "teer",
        capacity: 1,
        on: dateOf(addDays(today, index)),
      })),
    });
    expect(await waitingFor(manager, now)).toEqual([]);
  });

  it("is a listing that came back, and proofs that expire", async () => {
    const listed = await makeListedClinic({
      accreditations: [
        { body: "ISO 9001", validForDays: 40 },
        { body: "JCI", validForDays: 400 },
      ],
    });
    const manager = await makeManager(listed.id);
    const saved = await saveListing(manager, { summary: "Loud." });
    const sent = saved.ok ? await submitListing(manager, now) : saved;
    if (!sent.ok) throw new Error(sent.reason);
    await requestChanges(await makeAdmin(), sent.value.revisionId, { reason: "Calmer.", remarks: {} }, now);
    const lines = await waitingFor(manager, now);
    expect(lines).toContainEqual(expect.objectContaining({ kind: "listing", state: "changes_asked" }));
    expect((await expiringFor(manager, now)).map(({ name }) => name)).toEqual(["ISO 9001"]);
  });
});
