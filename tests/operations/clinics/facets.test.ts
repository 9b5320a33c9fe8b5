import { describe, expect, it } from "vitest";
import { FACETS } from "@/lib/clinics/search";
import { addDays, dayOf } from "@/lib/kernel/day";
import { foundSlugs as slugs, makeListedClinic, ownLanguage, search } from "../../support/listed-clinics";

const today = dayOf(new Date());

describe("the facets of the catalogue", () => {
  it("counts in each facet what choosing that value finds", async () => {
    const language = ownLanguage();
    for (const [country, device] of [
      ["DE", "mitraclip"],
      ["DE", "pascal"],
      ["ES", "mitraclip"],
      ["CN", "dragonfly"],
    ] as const) {
      await makeListedClinic({
        languages: [language, "en"],
        country,
        procedures: [
          { treatment: "teer", device, access: "femoral-vein" },
          { treatment: "surgical-repair", access: "sternotomy" },
        ],
        accreditations: [{ body: country === "DE" ? "JCI" : "GHA", validForDays: 9 }],
      });
    }
    const chosen: Record<string, string>[] = [
      {},
      { treatment: "teer" },
      { country: "DE" },
      { treatment: "teer", device: "mitraclip", country: "DE" },
    ];
    for (const filters of chosen) {
      const { facets } = await search({ language, ...filters });
      for (const facet of FACETS.filter((name) => name !== "language")) {
        for (const { value, count } of facets[facet]) {
          const found = await slugs({ language, ...filters, [facet]: value });
          expect([filters, facet, value, found.length]).toEqual([filters, facet, value, count]);
        }
      }
    }
  });

  it("counts a treatment by its own free days and its own prices", async () => {
    const language = ownLanguage();
    const procedures = [
      { treatment: "teer", device: "mitraclip", expected: 3_000_000n },
      { treatment: "surgical-repair", expected: 1_000_000n },
    ];
    // Places are free for the clip only.
    await makeListedClinic({ languages: [language], procedures, freeInDays: [5] });
    await makeListedClinic({ languages: [language], procedures });
    const chosen: Record<string, string>[] = [
      { from: addDays(today, 2) },
      { from: addDays(today, 2), treatment: "surgical-repair" },
      { from: addDays(today, 2), treatment: "teer" },
      { maxPrice: "2000000" },
      { maxPrice: "2000000", treatment: "surgical-repair" },
      { maxPrice: "2000000", device: "mitraclip" },
      { maxPrice: "3000000", device: "mitraclip", treatment: "teer" },
    ];
    for (const filters of chosen) {
      const { facets } = await search({ language, ...filters });
      const counted = Object.fromEntries(facets.treatment.map(({ value, count }) => [value, count]));
      for (const treatment of ["teer", "surgical-repair"]) {
        const found = await slugs({ language, ...filters, treatment });
        expect([filters, treatment, counted[treatment] ?? 0]).toEqual([filters, treatment, found.length]);
      }
    }
  });

  it("goes on offering the other values of a chosen facet", async () => {
    const language = ownLanguage();
    for (const country of ["DE", "ES"]) await makeListedClinic({ languages: [language], country });
    const { facets, items } = await search({ language, country: "DE", treatment: "teer" });
    expect(items).toHaveLength(1);
    expect(facets.country.map(({ value }) => value).toSorted()).toEqual(["DE", "ES"]);
  });
});
