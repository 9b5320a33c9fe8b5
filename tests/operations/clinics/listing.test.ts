import { beforeEach, describe, expect, it } from "vitest";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { addOutcome } from "@/lib/clinics/add-outcome";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { doctorForm, outcomeForm, saveListingForm } from "@/lib/clinics/forms/listing";
import { importPrices } from "@/lib/clinics/import-prices";
import { SHEET_COLUMNS } from "@/lib/clinics/price-sheet";
import { publishedClinic } from "@/lib/clinics/published";
import { ownListing, revisionsToJudge, revisionToJudge } from "@/lib/clinics/queries/listing";
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

beforeEach(async () => {
  clinic = await makeListedClinic();
  manager = await makeManager(clinic.id);
});

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

async function submitted(summary: string): Promise<string> {
  valueOf(await saveListing(manager, { summary }));
  return valueOf(await submitListing(manager, now)).revisionId;
}

const events = (objectId: string) =>
  asPerson(testSystem, (tx) =>
    tx.auditEvent.findMany({
      where: { objectId },
      orderBy: { at: "asc" },
      select: { event: true, actorRole: true },
    }),
  );

const because = (reason: string) => ({ reason, remarks: {} });

const doctor = (name: string, slug?: string) =>
  doctorForm.parse({
    name,
    title: "Dr.",
    speciality: "Cardiology",
    languages: ["en"],
    biography: "Invented.",
    ...(slug ? { slug } : {}),
  });

describe("a listing's draft", () => {
  it("keeps what is saved and shows what it would change, while patients see nothing of it", async () => {
    const { revisionId } = valueOf(await saveListing(manager, { summary: "New words." }));
    const { draft, published } = await ownListing(manager);
    expect(draft?.id).toBe(revisionId);
    expect(draft?.changes.map((change) => change.path)).toEqual(["summary"]);
    expect(published.summary).toBe("A centre.");
    expect((await publishedClinic(clinic.slug, now))?.summary).toBe("A centre.");
    expect(await events(revisionId)).toEqual([{ event: "listing.saved", actorRole: "clinic_manager" }]);
  });

  it("loses nothing when two people save at once", async () => {
    const colleague = await makeManager(clinic.id);
    await Promise.all([
      saveListing(manager, { summary: "One." }),
      saveListing(colleague, { officeHours: "Other." }),
      addDoctor(manager, doctor("Ann Lee")),
      addDoctor(colleague, doctor("Bo Lee")),
    ]);
    const { draft, revisions } = await ownListing(manager);
    expect(revisions).toHaveLength(1);
    expect(draft?.content).toMatchObject({ summary: "One.", officeHours: "Other." });
    expect(draft?.content.doctors.map((one) => one.name).toSorted()).toEqual(["Ann Lee", "Bo Lee"]);
  });

  it("refuses a device that is not approved in the centre's country", async () => {
    const { published } = await ownListing(manager);
    const [line] = published.procedures;
    const answer = await saveListing(
      manager,
      saveListingForm.parse({ procedures: [{ ...line, device: "dragonfly" }] }),
    );
    expect(answer).toMatchObject({
      ok: false,
      reason: "device_not_approved",
      detail: { path: "procedures.0.device" },
    });
    expect((await ownListing(manager)).draft).toBeNull();
  });

  it("refuses to take over a doctor of another centre", async () => {
    const other = await makeListedClinic();
    const slug = `dr-${newId().slice(-12)}`;
    await openDb().doctor.create({
      data: {
        slug,
        clinicId: other.id,
        name: "X",
        title: "Dr.",
        speciality: "S",
        languages: ["en"],
        biography: "B",
        volumes: [],
      },
    });
    expect(await addDoctor(manager, doctor("Thief", slug))).toMatchObject({
      ok: false,
      reason: "invalid_doctor",
    });
  });

  it("replaces a result of the same count and year", async () => {
    const line = {
      treatment: "teer",
      metric: "death_30_days",
      value: 2.5,
      n: 40,
      year: 2025,
      source: "register",
    };
    valueOf(await addOutcome(manager, outcomeForm.parse(line)));
    valueOf(await addOutcome(manager, outcomeForm.parse({ ...line, value: 5 })));
    expect((await ownListing(manager)).draft?.content.outcomes).toMatchObject([{ value: 5, n: 40 }]);
  });
});

describe("a proposal", () => {
  it("is submitted once, and not without a change", async () => {
    expect(await submitListing(manager, now)).toMatchObject({ ok: false, reason: "no_draft" });
    valueOf(await saveListing(manager, { summary: "A centre." }));
    expect(await submitListing(manager, now)).toMatchObject({ ok: false, reason: "nothing_changed" });
    valueOf(await saveListing(manager, { summary: "Better." }));
    const answers = await Promise.all([submitListing(manager, now), submitListing(manager, now)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const waiting = await openDb().listingRevision.count({
      where: { clinicId: clinic.id, state: "submitted" },
    });
    expect(waiting).toBe(1);
  });

  it("is refused when another centre has published a doctor of that address meanwhile", async () => {
    const slug = `dr-${newId()}`;
    const other = await makeManager((await makeListedClinic()).id);
    const revisions = [];
    for (const writer of [manager, other]) {
      valueOf(await addDoctor(writer, doctor("Dr. Same", slug)));
      revisions.push(valueOf(await submitListing(writer, now)).revisionId);
    }
    const [admin, coordinator] = [await makeAdmin(), await makeCoordinator()];
    const answers = await Promise.all([
      approveRevision(admin, revisions[0] ?? "", now),
      approveRevision(coordinator, revisions[1] ?? "", now),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "invalid_doctor" });
  });

  it("becomes the listing when one of two approvers at once says yes", async () => {
    const [admin, coordinator] = [await makeAdmin(), await makeCoordinator()];
    valueOf(await addDoctor(manager, doctor("Cleo May")));
    const id = await submitted("Fresh words.");
    expect((await revisionsToJudge(admin)).map((revision) => revision.id)).toContain(id);
    const answers = await Promise.all([
      approveRevision(admin, id, now),
      approveRevision(coordinator, id, now),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "illegal_transition" });
    const shown = await publishedClinic(clinic.slug, now);
    expect(shown).toMatchObject({ summary: "Fresh words.", doctors: [{ name: "Cleo May" }] });
    expect(shown?.procedures).toHaveLength(1);
    expect((await events(id)).map((event) => event.event)).toEqual([
      "listing.saved",
      "listing.saved",
      "listing.submitted",
      "listing.published",
    ]);
    const { version } = await openDb().clinic.findUniqueOrThrow({ where: { id: clinic.id } });
    expect(version).toBe(2);
  });

  it("makes the revision before it history", async () => {
    const admin = await makeAdmin();
    const first = await submitted("First.");
    valueOf(await approveRevision(admin, first, now));
    const second = await submitted("Second.");
    valueOf(await approveRevision(admin, second, now));
    const states = await openDb().listingRevision.findMany({
      where: { clinicId: clinic.id },
      orderBy: { createdAt: "asc" },
      select: { state: true },
    });
    expect(states.map((row) => row.state)).toEqual(["superseded", "published"]);
  });

  it("comes back with a reason, and the next draft begins from it", async () => {
    const coordinator = await makeCoordinator();
    const id = await submitted("Too loud.");
    valueOf(await requestChanges(coordinator, id, because("No superlatives."), now));
    expect(await requestChanges(coordinator, id, because("Again."), now)).toMatchObject({
      ok: false,
      reason: "illegal_transition",
    });
    valueOf(await saveListing(manager, { officeHours: "Daily" }));
    const { draft, revisions } = await ownListing(manager);
    expect(draft?.content).toMatchObject({ summary: "Too loud.", officeHours: "Daily" });
    expect(revisions.find((revision) => revision.id === id)).toMatchObject({
      state: "changes_asked",
      reason: "No superlatives.",
    });
    expect((await events(id)).at(-1)).toEqual({ event: "listing.changes_asked", actorRole: "coordinator" });
  });

  it("stays hidden from strangers: another centre's draft is not there, and nobody judges a draft", async () => {
    const { revisionId } = valueOf(await saveListing(manager, { summary: "Secret." }));
    const stranger = await makeManager((await makeListedClinic()).id);
    expect((await ownListing(stranger)).draft).toBeNull();
    expect(await submitListing(stranger, now)).toMatchObject({ ok: false, reason: "no_draft" });
    const admin = await makeAdmin();
    expect(await revisionToJudge(admin, revisionId)).toBeNull();
    expect(await approveRevision(admin, revisionId, now)).toMatchObject({ ok: false, reason: "not_found" });
    expect(await requestChanges(admin, newId(), because("Why."), now)).toMatchObject({
      ok: false,
      reason: "not_found",
    });
  });

  it("cannot be altered after it was submitted, not even by a bug", async () => {
    const id = await submitted("Fixed.");
    await expect(openDb().listingRevision.update({ where: { id }, data: { content: {} } })).rejects.toThrow();
  });
});

describe("importing prices", () => {
  const row = (treatment: string, device: string, expected: string) =>
    `${treatment},${device},,EUR,1,${expected},90000,Package,a|b,c,2,4,2026-01-01,2027-12-31,,,`;
  const sheet = (...rows: string[]) => [SHEET_COLUMNS.join(","), ...rows].join("\n");

  it("only tells what would change in a dry run", async () => {
    const report = valueOf(
      await importPrices(
        manager,
        sheet(row("teer", "mitraclip", "31000"), row("teer", "dragonfly", "1")),
        true,
      ),
    );
    expect(report).toMatchObject({ rows: 2, revisionId: null });
    expect(report.changes.map((change) => change.path)).toEqual(["procedures: teer, mitraclip"]);
    expect(report.faults).toMatchObject([{ row: 3, column: "device", code: "device_not_approved" }]);
    expect((await ownListing(manager)).draft).toBeNull();
  });

  it("takes over nothing when one row is bad", async () => {
    const report = valueOf(
      await importPrices(manager, sheet(row("teer", "mitraclip", "31000"), row("magic", "", "1")), false),
    );
    expect(report.faults).toHaveLength(1);
    expect((await ownListing(manager)).draft).toBeNull();
  });

  it("replaces the price of the same treatment and device and keeps the others", async () => {
    const text = sheet(row("teer", "mitraclip", "31000"), row("surgical-repair", "", "20000"));
    const report = valueOf(await importPrices(manager, text, false));
    const { draft } = await ownListing(manager);
    expect(report.revisionId).toBe(draft?.id);
    expect(draft?.content.procedures.map(({ treatment, expected }) => [treatment, expected])).toEqual([
      ["teer", 3_100_000],
      ["surgical-repair", 2_000_000],
    ]);
  });
});
