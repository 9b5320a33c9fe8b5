import { beforeEach, describe, expect, it } from "vitest";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { addOutcome } from "@/lib/clinics/add-outcome";
import type { DoctorForm, ListingContent, OutcomeLine } from "@/lib/clinics/forms/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { saveListing } from "@/lib/clinics/save-listing";
import { markOf } from "@/lib/infra/hash";
import type { ClinicManager } from "@/lib/kernel/actor";
import { makeListedClinic } from "../../support/listed-clinics";
import { makeManager } from "../../support/people";

let manager: ClinicManager;
let colleague: ClinicManager;

beforeEach(async () => {
  const clinic = await makeListedClinic();
  manager = await makeManager(clinic.id);
  colleague = await makeManager(clinic.id);
});

const basis = async () => (await ownListing(manager)).basis;
const NOTHING = markOf(null);
const stale = { ok: false, reason: "stale_draft" };

const doctor = (more: Partial<DoctorForm> = {}): DoctorForm => ({
  ...{ title: "Dr", name: "Mina Test", speciality: "Cardiology" },
  ...{ languages: ["en"], biography: "Treats valves.", volumes: [], ...more },
});
const result: OutcomeLine = {
  ...{ treatment: "teer", metric: "death_30_days", year: 2025 },
  ...{ value: 1.5, unit: "percent", n: 200, source: "Own register" },
};

describe("prices that two managers have open", () => {
  const procedures = (content: ListingContent) => content.procedures;
  async function raised(by: number): Promise<ListingContent["procedures"]> {
    return procedures(await basis()).map((line) => ({ ...line, high: line.high + by }));
  }

  it("are written by one of two at once; the other is told by whom", async () => {
    const seen = { of: procedures, mark: markOf(procedures(await basis())) };
    const [one, two] = [await raised(100), await raised(200)];
    const answers = await Promise.all([
      saveListing(manager, { procedures: one }, seen),
      saveListing(colleague, { procedures: two }, seen),
    ]);
    const first = answers[0].ok ? manager : colleague;
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ ...stale, detail: { by: first.name } });
    expect(markOf(procedures(await basis()))).toBe(markOf(answers[0].ok ? one : two));
  });

  it("are no hindrance to one another when the other changed something else", async () => {
    const seen = { of: procedures, mark: markOf(procedures(await basis())) };
    await saveListing(colleague, { summary: "New words." });
    expect(await saveListing(manager, { procedures: await raised(100) }, seen)).toMatchObject({ ok: true });
  });
});

describe("a doctor two managers have open", () => {
  it("is changed by one of two at once, and by the other once they have seen it", async () => {
    const added = await addDoctor(manager, doctor(), NOTHING);
    if (!added.ok) throw new Error(added.reason);
    const { slug } = added.value;
    const shown = async () => markOf((await basis()).doctors.find((other) => other.slug === slug));
    const mark = await shown();
    const answers = await Promise.all([
      addDoctor(manager, doctor({ slug, biography: "One." }), mark),
      addDoctor(colleague, doctor({ slug, biography: "Two." }), mark),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject(stale);
    expect(await addDoctor(colleague, doctor({ slug, biography: "Two." }), await shown())).toMatchObject({
      ok: true,
    });
  });

  it("is not put over one of the same name a colleague added meanwhile, and hinders no other doctor", async () => {
    const answers = await Promise.all([
      addDoctor(manager, doctor({ biography: "One." }), NOTHING),
      addDoctor(colleague, doctor({ biography: "Two." }), NOTHING),
      addDoctor(colleague, doctor({ name: "Other Test" }), NOTHING),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
    expect(answers[2]).toMatchObject({ ok: true });
  });
});

describe("a result two managers have open", () => {
  it("is added by one of two at once and changed by one of two at once", async () => {
    const added = await Promise.all([
      addOutcome(manager, result, NOTHING),
      addOutcome(colleague, { ...result, value: 2 }, NOTHING),
    ]);
    expect(added.filter((answer) => answer.ok)).toHaveLength(1);
    const mark = markOf((await basis()).outcomes.find(({ year }) => year === result.year));
    const changed = await Promise.all([
      addOutcome(manager, { ...result, n: 201 }, mark),
      addOutcome(colleague, { ...result, n: 202 }, mark),
    ]);
    expect(changed.filter((answer) => answer.ok)).toHaveLength(1);
    expect(changed.find((answer) => !answer.ok)).toMatchObject(stale);
  });
});
