import { beforeEach, describe, expect, it } from "vitest";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { addOutcome } from "@/lib/clinics/add-outcome";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { doctorForm, outcomeForm } from "@/lib/clinics/forms/listing";
import { outcomeKey } from "@/lib/clinics/outcome";
import { ownListing } from "@/lib/clinics/queries/listing";
import { removeDoctor } from "@/lib/clinics/remove-doctor";
import { removeOutcome } from "@/lib/clinics/remove-outcome";
import { requestChanges } from "@/lib/clinics/request-changes";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import type { ClinicManager } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { makeListedClinic } from "../../support/listed-clinics";
import { makeAdmin, makeManager } from "../../support/people";

const now = new Date();
let manager: ClinicManager;

beforeEach(async () => {
  manager = await makeManager((await makeListedClinic()).id);
});

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

async function submitted(summary: string): Promise<string> {
  valueOf(await saveListing(manager, { summary }));
  return valueOf(await submitListing(manager, now)).revisionId;
}

const because = (reason: string) => ({ reason, remarks: {} });

const doctor = (name: string) =>
  doctorForm.parse({
    name,
    title: "Dr.",
    speciality: "Cardiology",
    languages: ["en"],
    biography: "Invented.",
  });

const outcome = outcomeForm.parse({
  ...{ treatment: "teer", metric: "death_30_days", value: 1.5, n: 200, year: 2024, source: "Report" },
});

describe("what the next save of a listing changes", () => {
  it("is the proposal that waits, so that a form shows what is not to be undone", async () => {
    await submitted("Proposed.");
    const { draft, published, basis } = await ownListing(manager);
    expect(draft).toBeNull();
    expect(published.summary).toBe("A centre.");
    expect(basis.summary).toBe("Proposed.");
  });

  it("is what was published last, not an older proposal that was sent back", async () => {
    const admin = await makeAdmin();
    valueOf(await requestChanges(admin, await submitted("Too loud."), because("Calmer."), now));
    valueOf(await approveRevision(admin, await submitted("Calm."), now));
    valueOf(await saveListing(manager, { officeHours: "Daily" }));
    const { draft } = await ownListing(manager);
    expect(draft?.content.summary).toBe("Calm.");
    expect(draft?.changes.map((change) => change.path)).toEqual(["officeHours"]);
  });
});

describe("taking something out of a listing", () => {
  it("leaves the other doctors, also while somebody adds one", async () => {
    const gone = valueOf(await addDoctor(manager, doctor("Ann Gone")));
    const answers = await Promise.all([
      removeDoctor(manager, gone.slug),
      addDoctor(manager, doctor("Bo Stays")),
    ]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect((await ownListing(manager)).basis.doctors.map((one) => one.name)).toEqual(["Bo Stays"]);
  });

  it("takes a result out by what names it", async () => {
    valueOf(await addOutcome(manager, outcome));
    valueOf(await removeOutcome(manager, outcomeKey(outcome)));
    expect((await ownListing(manager)).basis.outcomes).toEqual([]);
  });

  it("finds nothing of another centre, and begins no draft for nothing", async () => {
    const { slug } = valueOf(await addDoctor(manager, doctor("Ann Lee")));
    const stranger = await makeManager((await makeListedClinic()).id);
    expect(await removeDoctor(stranger, slug)).toMatchObject({ ok: false, reason: "not_found" });
    expect(await removeOutcome(stranger, "teer.other.2024")).toMatchObject({ reason: "not_found" });
    expect((await ownListing(stranger)).revisions).toEqual([]);
  });
});
