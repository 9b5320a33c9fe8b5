import { describe, expect, it } from "vitest";
import { FACETS } from "@/lib/clinics/search";
import { openDb } from "@/lib/infra/db";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
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

  it("counts what is found, whatever filters are chosen together", async () => {
    const language = ownLanguage();
    const random = seeded(20_261);
    const one = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
    for (let n = 0; n < 24; n += 1) {
      const procedures = TREATMENTS_MEANT.filter(() => random() < 0.6).map((treatment) => ({
        treatment,
        device: random() < 0.7 ? one(["mitraclip", "pascal"]) : "sapien-3",
        access: one(["femoral-vein", "transfemoral"]),
        expected: BigInt(1 + Math.floor(random() * 4)) * 1_000_000n,
      }));
      await makeListedClinic({
        languages: [language],
        country: one(["DE", "TR", "ES"]),
        procedures,
        accreditations: random() < 0.5 ? [{ body: one(["JCI", "GHA"]), validForDays: 9 }] : [],
        freeInDays: random() < 0.6 ? [Math.floor(random() * 20)] : [],
      });
    }
    const choices: Record<string, readonly string[]> = {
      treatment: TREATMENTS_MEANT,
      device: ["mitraclip", "pascal"],
      access: ["femoral-vein", "transfemoral"],
      country: ["DE", "TR"],
      accreditation: ["JCI"],
      maxPrice: ["2000000", "3000000"],
      from: [addDays(today, 3), addDays(today, 12)],
    };
    for (let n = 0; n < 25; n += 1) {
      const chosen = Object.entries(choices).filter(() => random() < 0.35);
      const filters = Object.fromEntries(chosen.map(([name, values]) => [name, one(values)]));
      const { facets } = await search({ language, limit: "100", ...filters });
      for (const facet of FACETS.filter((name) => name !== "language"))
        for (const { value, count } of facets[facet]) {
          const found = await slugs({ language, limit: "100", ...filters, [facet]: value });
          expect([filters, facet, value, found.length]).toEqual([filters, facet, value, count]);
        }
    }
  });

  it("follows the last free place of a centre as it goes and comes back", async () => {
    const language = ownLanguage();
    const { id, slug } = await makeListedClinic({ languages: [language], freeInDays: [3, 8] });
    const from = (days: number) => slugs({ language, from: addDays(today, days) });
    const take = (days: number, taken: number) =>
      openDb().procedureSlot.updateMany({
        where: { clinicId: id, on: dateOf(addDays(today, days)) },
        data: { taken },
      });
    expect(await from(5)).toEqual([slug]);
    await Promise.all([take(8, 1), take(3, 1)]);
    expect([await from(5), await from(1)]).toEqual([[], []]);
    await take(3, 0);
    expect([await from(5), await from(1)]).toEqual([[], [slug]]);
    await take(8, 0);
    expect(await from(5)).toEqual([slug]);
    await openDb().procedureSlot.deleteMany({ where: { clinicId: id } });
    expect(await from(1)).toEqual([]);
  });
});

const TREATMENTS_MEANT = ["teer", "surgical-repair", "rehabilitation"];

/** The same row of numbers between 0 and 1 each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
