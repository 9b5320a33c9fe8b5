import { describe, expect, it } from "vitest";
import { aboutIn, comparedSlugs } from "@/lib/clinics/comparison";
import { readSearch } from "@/lib/clinics/forms/search";
import { listingContentForm, procedureForm } from "@/lib/clinics/forms/listing";
import { checkListing, listingChanges } from "@/lib/clinics/listing";
import { wordsAsked } from "@/lib/clinics/search";

const procedure = procedureForm.parse({
  treatment: "teer",
  device: "mitraclip",
  currency: "EUR",
  low: 1,
  expected: { amount: 2, currency: "EUR" },
  high: 3,
  basis: "Package",
  stayDaysLow: 1,
  stayDaysHigh: 2,
  validFrom: "2026-01-01",
  validTo: "2026-12-31",
});
const content = listingContentForm.parse({
  name: "House",
  summary: "A house.",
  address: "Street 1",
  officeHours: "Mon",
  departments: ["cardiology"],
  languages: ["de"],
  paymentTerms: "Terms.",
  cancellationBands: [{ fromDays: 0, keptBp: 5_000 }],
  holidays: [],
  accreditations: [],
  procedures: [procedure],
  outcomes: [],
  doctors: [],
});

describe("a listing", () => {
  it("tells what differs, line by line, whatever the order of keys", () => {
    const dragonfly = { ...procedure, device: "dragonfly" as const };
    const after = { ...content, summary: "Another.", procedures: [{ ...procedure, expected: 3 }, dragonfly] };
    expect(listingChanges(content, after).map(({ path, kind }) => [path, kind])).toEqual([
      ["summary", "changed"],
      ["procedures: teer, mitraclip", "changed"],
      ["procedures: teer, dragonfly", "added"],
    ]);
    expect(listingChanges(after, content).map(({ kind }) => kind)).toContain("removed");
    const reordered = JSON.parse(
      JSON.stringify(
        content,
        Object.keys(content).toReversed().concat(Object.keys(procedure).toReversed(), "keptBp", "fromDays"),
      ),
    ) as typeof content;
    expect(listingChanges(content, reordered)).toEqual([]);
  });

  it("names no device that is not approved where the centre stands", () => {
    const chinese = { ...content, procedures: [{ ...procedure, device: "dragonfly" as const }] };
    expect(checkListing(chinese, "CN").ok).toBe(true);
    expect(checkListing(chinese, "DE")).toMatchObject({ ok: false, reason: "device_not_approved" });
    const wrong = { ...content, procedures: [{ ...procedure, device: "evolut" as const }] };
    expect(checkListing(wrong, "DE")).toMatchObject({ ok: false, reason: "invalid_procedure" });
    const twice = { ...content, procedures: [procedure, procedure] };
    expect(checkListing(twice, "DE")).toMatchObject({ ok: false, reason: "invalid_procedure" });
  });

  it("asks a German TAVI centre for both departments and a heart team", () => {
    const tavi = {
      ...content,
      procedures: [{ ...procedure, treatment: "tavi-transfemoral" as const, device: null }],
    };
    expect(checkListing(tavi, "DE")).toMatchObject({ ok: false, reason: "heart_team_missing" });
    expect(checkListing(tavi, "ES").ok).toBe(true);
    const complete = { ...tavi, departments: ["cardiology", "cardiac_surgery", "heart_team"] as const };
    expect(checkListing({ ...complete, departments: [...complete.departments] }, "DE").ok).toBe(true);
  });
});

describe("an address of the list", () => {
  it("leaves out what it does not understand and keeps the rest", () => {
    const { form, ignored } = readSearch({
      treatment: "magic",
      country: "de",
      budget: "35000",
      currency: "KWD",
    });
    expect(ignored).toEqual(["treatment"]);
    expect(form).toMatchObject({ country: "DE", maxPrice: 35_000_000, currency: "KWD" });
  });

  it("asks for at most eight words, and for no small ones", () => {
    expect(wordsAsked("the mitral clip in Istanbul")).toEqual(["mitral", "clip", "istanbul"]);
    expect(wordsAsked("a1 b2 c3 d4 e5 f6 g7 h8 i9").length).toBe(8);
  });

  it("compares each named centre once", () => {
    expect(comparedSlugs(["a,b", "b", "c d", "../x"])).toEqual(["a", "b"]);
  });

  it("turns sums into one currency by way of the euro", () => {
    const rates = {
      perEuro: new Map([
        ["EUR", "1"],
        ["KRW", "1500"],
        ["KWD", "0.33"],
      ]),
      source: "test",
      at: "2026-01-01",
    };
    expect(aboutIn({ amount: 15_000_000, currency: "KRW" }, "EUR", rates)).toEqual({
      amount: 1_000_000,
      currency: "EUR",
    });
    expect(aboutIn({ amount: 1_000_000, currency: "EUR" }, "KWD", rates)).toEqual({
      amount: 3_300_000,
      currency: "KWD",
    });
    expect(aboutIn({ amount: 1, currency: "USD" }, "EUR", rates)).toBeNull();
  });
});
