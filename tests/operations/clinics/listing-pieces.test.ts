import { beforeEach, describe, expect, it } from "vitest";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { addOutcome } from "@/lib/clinics/add-outcome";
import type { DoctorForm, ListingContent, OutcomeLine, ProcedureLine } from "@/lib/clinics/forms/listing";
import { ownListing } from "@/lib/clinics/queries/listing";
import { removeDoctor } from "@/lib/clinics/remove-doctor";
import { changeListing, saveListing } from "@/lib/clinics/save-listing";
import { type Line, seenName, seenValue } from "@/lib/desk/forms/lines";
import {
  doctorLine,
  outcomeLine,
  priceLine,
  typedDoctor,
  typedOutcome,
  typedPrices,
  typedVolumes,
  volumeLine,
} from "@/lib/desk/forms/listing-lines";
import type { ClinicManager } from "@/lib/kernel/actor";
import { makeListedClinic } from "../../support/listed-clinics";
import { makeManager } from "../../support/people";

let manager: ClinicManager;
let colleague: ClinicManager;

beforeEach(async () => {
  const clinic = await makeListedClinic({
    procedures: [{ treatment: "teer", device: "mitraclip" }, { treatment: "surgical-repair" }],
  });
  manager = await makeManager(clinic.id);
  colleague = await makeManager(clinic.id);
});

const basis = async () => (await ownListing(manager)).basis;

/** A page as somebody has it open, with what they type into it. */
function opened(lines: readonly Line[], typed: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const { key, now } of lines) {
    form.set(seenName(key), seenValue(now));
    for (const [name, text] of Object.entries(now)) form.set(name, text);
  }
  for (const [name, text] of Object.entries(typed)) {
    expect(form.has(name)).toBe(true);
    form.set(name, text);
  }
  return form;
}

const REPAIR = "prices.surgical-repair.";
const CLIP = "prices.teer-mitraclip.";
const pricesOpen = async (typed: Record<string, string>) =>
  opened((await basis()).procedures.map(priceLine), typed);
const lineOf = async (treatment: string): Promise<ProcedureLine> => {
  const line = (await basis()).procedures.find((one) => one.treatment === treatment);
  if (line === undefined) throw new Error(treatment);
  return line;
};

describe("prices that two managers have open", () => {
  it("are both kept when each changed another row, also when both save at once", async () => {
    const one = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    const two = await pricesOpen({ [`${CLIP}high`]: "50000" });
    const answers = await Promise.all([
      changeListing(manager, typedPrices(one)),
      changeListing(colleague, typedPrices(two)),
    ]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await lineOf("surgical-repair")).high).toBe(4_000_000);
    expect((await lineOf("teer")).high).toBe(5_000_000);
  });

  it("are written by one of two at once in the same row; the other is shown what was saved", async () => {
    const one = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    const two = await pricesOpen({ [`${REPAIR}high`]: "50000" });
    const answers = await Promise.all([
      changeListing(manager, typedPrices(one)),
      changeListing(colleague, typedPrices(two)),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const won = answers[0].ok ? "40000" : "50000";
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      reason: "overtaken",
      fields: { [`${REPAIR}high`]: { text: won, isTyped: true } },
      lines: [{ key: "surgical-repair" }],
    });
    expect((await lineOf("surgical-repair")).high).toBe(Number(won) * 100);
  });

  it("keep a colleague's other rows and fields when somebody insists on the one they changed", async () => {
    const mine = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    const theirs = await pricesOpen({
      [`${REPAIR}high`]: "50000",
      [`${REPAIR}low`]: "20000",
      [`${CLIP}high`]: "60000",
    });
    expect(await changeListing(colleague, typedPrices(theirs))).toMatchObject({ ok: true });
    const answer = await changeListing(manager, typedPrices(mine));
    if (answer.ok || !("fields" in answer)) throw new Error("not overtaken");
    expect(answer.fields).toEqual({
      [`${REPAIR}high`]: { text: "50000", isTyped: true },
      [`${REPAIR}low`]: { text: "20000", isTyped: false },
    });
    // The second press: the line as it was shown in the answer, fields nobody typed in with what a colleague saved.
    for (const { key, now } of answer.lines) mine.set(seenName(key), seenValue(now));
    mine.set(`${REPAIR}low`, "20000");
    expect(await changeListing(manager, typedPrices(mine))).toMatchObject({ ok: true });
    expect(await lineOf("surgical-repair")).toMatchObject({ low: 2_000_000, high: 4_000_000 });
    expect((await lineOf("teer")).high).toBe(6_000_000);
  });

  it("are asked about once more when the colleague saved again after that", async () => {
    const mine = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    for (const high of ["50000", "60000"]) {
      const theirs = await pricesOpen({ [`${REPAIR}high`]: high });
      expect(await changeListing(colleague, typedPrices(theirs))).toMatchObject({ ok: true });
      const answer = await changeListing(manager, typedPrices(mine));
      if (answer.ok || !("fields" in answer)) throw new Error("not overtaken");
      for (const { key, now } of answer.lines) mine.set(seenName(key), seenValue(now));
    }
    expect(await changeListing(manager, typedPrices(mine))).toMatchObject({ ok: true });
  });

  it("are no hindrance to the yearly numbers of the same rows, nor these to them", async () => {
    const volumes = opened((await basis()).procedures.map(volumeLine), {
      "volumes.surgical-repair.volume": "120",
      "volumes.surgical-repair.volumeYear": "2025",
      "volumes.surgical-repair.volumeSource": "Own register",
    });
    const prices = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    const answers = await Promise.all([
      changeListing(manager, typedVolumes(volumes)),
      changeListing(colleague, typedPrices(prices)),
    ]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await lineOf("surgical-repair")).toMatchObject({ high: 4_000_000, volume: 120, volumeYear: 2025 });
  });

  it("are no hindrance to one another when the other changed something else", async () => {
    const mine = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    await saveListing(colleague, { summary: "New words." });
    expect(await changeListing(manager, typedPrices(mine))).toMatchObject({ ok: true });
    expect((await basis()).summary).toBe("New words.");
  });

  it("ask when a page does not say what it showed", async () => {
    const mine = await pricesOpen({ [`${REPAIR}high`]: "40000" });
    mine.delete(seenName("surgical-repair"));
    expect(await changeListing(manager, typedPrices(mine))).toMatchObject({ reason: "overtaken" });
  });
});

const doctor = (more: Partial<DoctorForm> = {}): DoctorForm => ({
  ...{ title: "Dr", name: "Mina Test", speciality: "Cardiology" },
  ...{ languages: ["en"], biography: "Treats\nvalves.", volumes: [], ...more },
});

describe("a doctor two managers have open", () => {
  let slug: string;
  const shown = async (typed: Record<string, string> = {}) => {
    const found = (await basis()).doctors.find((other) => other.slug === slug);
    if (found === undefined) throw new Error(slug);
    return opened([doctorLine(found)], typed);
  };
  beforeEach(async () => {
    const added = await addDoctor(manager, doctor(), "new");
    if (!added.ok) throw new Error(added.reason);
    ({ slug } = added.value);
  });

  it("is changed by one of two at once, and by the other once they have seen it", async () => {
    const forms = [await shown({ biography: "One." }), await shown({ biography: "Two." })] as const;
    const answers = await Promise.all([
      changeListing(manager, typedDoctor(forms[0], slug)),
      changeListing(colleague, typedDoctor(forms[1], slug)),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "overtaken" });
    const again = await shown({ biography: "Two." });
    expect(await changeListing(colleague, typedDoctor(again, slug))).toMatchObject({ ok: true });
  });

  it("keeps the lines a colleague added below, which this page does not show", async () => {
    const mine = await shown({ biography: "One." });
    const volumes: ListingContent["doctors"][number]["volumes"] = [
      { treatment: "teer", volume: 9, year: 2025 },
    ];
    await addDoctor(colleague, { ...doctor({ volumes }), slug });
    const answer = await changeListing(manager, typedDoctor(mine, slug));
    if (answer.ok || !("fields" in answer)) throw new Error("not overtaken");
    for (const { key, now } of answer.lines) mine.set(seenName(key), seenValue(now));
    expect(await changeListing(manager, typedDoctor(mine, slug))).toMatchObject({ ok: true });
    expect((await basis()).doctors.find((other) => other.slug === slug)).toMatchObject({
      biography: "One.",
      volumes,
    });
  });

  it("is not touched by a browser's own way to end a line, and not put back once removed", async () => {
    const mine = await shown({ biography: "Treats\r\nvalves." });
    await addDoctor(colleague, { ...doctor({ biography: "New." }), slug });
    expect(await changeListing(manager, typedDoctor(mine, slug))).toMatchObject({ ok: true });
    expect((await basis()).doctors.find((other) => other.slug === slug)?.biography).toBe("New.");
    await removeDoctor(colleague, slug);
    expect(await changeListing(manager, typedDoctor(mine, slug))).toMatchObject({ reason: "not_found" });
  });

  it("is not put over one of the same name a colleague added meanwhile, and hinders no other doctor", async () => {
    const answers = await Promise.all([
      addDoctor(manager, doctor({ name: "Nora Test", biography: "One." }), "new"),
      addDoctor(colleague, doctor({ name: "Nora Test", biography: "Two." }), "new"),
      addDoctor(colleague, doctor({ name: "Other Test" }), "new"),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "already_listed" });
    expect(answers[2]).toMatchObject({ ok: true });
  });
});

const result: OutcomeLine = {
  ...{ treatment: "teer", metric: "death_30_days", year: 2025 },
  ...{ value: 1.5, unit: "percent", n: 200, source: "Own register" },
};

describe("a result two managers have open", () => {
  it("is added by one of two at once and changed by one of two at once", async () => {
    const added = await Promise.all([
      addOutcome(manager, result, "new"),
      addOutcome(colleague, { ...result, value: 2 }, "new"),
    ]);
    expect(added.filter((answer) => answer.ok)).toHaveLength(1);
    const line = (await basis()).outcomes.find(({ year }) => year === result.year);
    if (line === undefined) throw new Error("no result");
    const changed = await Promise.all([
      changeListing(manager, typedOutcome(opened([outcomeLine(line)], { n: "201" }))),
      changeListing(colleague, typedOutcome(opened([outcomeLine(line)], { n: "202" }))),
    ]);
    expect(changed.filter((answer) => answer.ok)).toHaveLength(1);
    expect(changed.find((answer) => !answer.ok)).toMatchObject({ reason: "overtaken" });
  });
});
