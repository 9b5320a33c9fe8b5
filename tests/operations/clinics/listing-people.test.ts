import { beforeEach, describe, expect, it } from "vitest";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { ownListing, revisionToJudge } from "@/lib/clinics/queries/listing";
import { previewOfDraft, previewOfRevision } from "@/lib/clinics/queries/preview";
import { rejectRevision } from "@/lib/clinics/reject-revision";
import { requestChanges } from "@/lib/clinics/request-changes";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { asPerson, openDb } from "@/lib/infra/db";
import type { ClinicManager } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import type { Outcome } from "@/lib/kernel/outcome";
import { makeListedClinic } from "../../support/listed-clinics";
import { makeAdmin, makeCoordinator, makeManager, testSystem } from "../../support/people";

const now = new Date();
let clinic: Awaited<ReturnType<typeof makeListedClinic>>;
let manager: ClinicManager;
let colleague: ClinicManager;

beforeEach(async () => {
  clinic = await makeListedClinic();
  manager = await makeManager(clinic.id);
  colleague = await makeManager(clinic.id);
});

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

const nothingSeen = { id: null, version: 0 };

async function submitted(summary: string): Promise<string> {
  valueOf(await saveListing(manager, { summary }));
  return valueOf(await submitListing(manager, now)).revisionId;
}

describe("two managers at one draft", () => {
  it("are told of one another when both change the same part, and the first word stays", async () => {
    const first = valueOf(await saveListing(manager, { summary: "Mine." }, nothingSeen));
    const answer = await saveListing(colleague, { summary: "Yours." }, nothingSeen);
    expect(answer).toMatchObject({
      ok: false,
      reason: "stale_draft",
      detail: { by: manager.name, draft: first.revisionId, version: 1 },
    });
    expect((await ownListing(manager)).draft?.content.summary).toBe("Mine.");
  });

  it("both keep what they wrote in different parts", async () => {
    const { revisionId: id, version } = valueOf(await saveListing(manager, { summary: "Mine." }));
    valueOf(await saveListing(colleague, { officeHours: "Daily" }, { id, version }));
    valueOf(await saveListing(manager, { summary: "Mine, longer." }, { id, version }));
    const { draft } = await ownListing(manager);
    expect(draft).toMatchObject({ version: 3, content: { summary: "Mine, longer.", officeHours: "Daily" } });
  });

  it("may send parts along that they did not touch, once these are the same", async () => {
    const { revisionId: id } = valueOf(await saveListing(manager, { summary: "Mine." }));
    const seen = { id, version: 0 };
    expect(await saveListing(colleague, { summary: "Mine.", officeHours: "Daily" }, seen)).toMatchObject({
      ok: true,
    });
    expect(await saveListing(colleague, { summary: "Other." }, seen)).toMatchObject({
      reason: "stale_draft",
    });
  });

  it("let one of two at once write a part", async () => {
    const answers = await Promise.all([
      saveListing(manager, { summary: "One." }, nothingSeen),
      saveListing(colleague, { summary: "Two." }, nothingSeen),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "stale_draft" });
  });

  it("do not write on into a draft that was handed in", async () => {
    const { revisionId: id, version } = valueOf(await saveListing(manager, { summary: "Ready." }));
    valueOf(await submitListing(colleague, now));
    expect(await saveListing(manager, { summary: "Not yet." }, { id, version })).toMatchObject({
      reason: "stale_draft",
      detail: { draft: "", version: 0 },
    });
    expect(await openDb().listingRevision.count({ where: { clinicId: clinic.id } })).toBe(1);
  });
});

describe("an operator's word on a proposal", () => {
  it("may stand at single changes, and its people are named", async () => {
    const admin = await makeAdmin();
    const id = await submitted("Loud.");
    valueOf(await requestChanges(admin, id, { remarks: { summary: "No superlatives." } }, now));
    const [revision] = (await ownListing(manager)).revisions;
    expect(revision).toMatchObject({
      state: "changes_asked",
      reason: null,
      remarks: { summary: "No superlatives." },
      author: manager.name,
      decider: admin.name,
    });
  });

  it("may be a no: the public page stays, and the next draft begins from it", async () => {
    const admin = await makeAdmin();
    const id = await submitted("Advertisement.");
    valueOf(await rejectRevision(admin, id, "This is advertising.", now));
    expect(await rejectRevision(admin, id, "Again.", now)).toMatchObject({ reason: "illegal_transition" });
    const { basis, revisions } = await ownListing(manager);
    expect(basis.summary).toBe("A centre.");
    expect(revisions[0]).toMatchObject({ state: "rejected", reason: "This is advertising." });
    const trace = await asPerson(testSystem, (tx) =>
      tx.auditEvent.findMany({ where: { objectId: id, event: "listing.rejected" } }),
    );
    expect(trace).toHaveLength(1);
  });

  it("is one only, when a yes and a no come at once", async () => {
    const id = await submitted("Both.");
    const answers = await Promise.all([
      approveRevision(await makeAdmin(), id, now),
      rejectRevision(await makeCoordinator(), id, "No.", now),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("is refused on a draft, on nothing, and on one's own work", async () => {
    const admin = await makeAdmin();
    const { revisionId } = valueOf(await saveListing(manager, { summary: "Draft." }));
    expect(await rejectRevision(admin, revisionId, "No.", now)).toMatchObject({ reason: "not_found" });
    expect(await rejectRevision(admin, newId(), "No.", now)).toMatchObject({ reason: "not_found" });
    const own = await asPerson(testSystem, (tx) =>
      tx.listingRevision.create({
        data: {
          clinicId: clinic.id,
          state: "submitted",
          submittedAt: now,
          authorId: admin.personId,
          content: {},
        },
      }),
    );
    expect(await rejectRevision(admin, own.id, "No.", now)).toMatchObject({ reason: "own_work" });
  });
});

describe("a preview", () => {
  it("is the public page with the draft's words, for the own centre only", async () => {
    valueOf(await saveListing(manager, { summary: "Soon.", name: "New name" }));
    expect(await previewOfDraft(manager, now)).toMatchObject({
      slug: clinic.slug,
      summary: "Soon.",
      name: "New name",
    });
    const stranger = await makeManager((await makeListedClinic()).id);
    expect((await previewOfDraft(stranger, now)).summary).toBe("A centre.");
  });

  it("is shown to who decides, but not of a draft", async () => {
    const admin = await makeAdmin();
    const { revisionId } = valueOf(await saveListing(manager, { summary: "Soon." }));
    expect(await previewOfRevision(admin, revisionId, now)).toBeNull();
    valueOf(await submitListing(manager, now));
    const shown = await previewOfRevision(admin, revisionId, now);
    expect(shown).toMatchObject({ summary: "Soon.", procedures: [{ treatment: "teer" }] });
    expect(await revisionToJudge(admin, revisionId)).toMatchObject({ author: manager.name });
  });
});
