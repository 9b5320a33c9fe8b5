import { beforeAll, describe, expect, it } from "vitest";
import { comparedProcedure } from "@/lib/clinics/comparison";
import { displayRates, priceTable, publishedClinic } from "@/lib/clinics/published";
import { refreshSearch } from "@/lib/clinics/refresh-search";
import { openDb } from "@/lib/infra/db";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { makeListedClinic, ownLanguage, search } from "../../support/listed-clinics";

const now = new Date();
const today = dayOf(now);

beforeAll(async () => {
  await openDb().fxRate.create({
    data: { id: newId(), base: "EUR", quote: "KRW", rate: "1500", source: "test", at: now },
  });
});

describe("a price in time", () => {
  it("counts only while it holds, in the list, its order, its filter and the table of countries", async () => {
    const language = ownLanguage();
    const languages = [language];
    const over = [{ treatment: "teer", expected: 1_000_000n, holds: [-90, -1] as const }];
    const coming = [{ treatment: "teer", expected: 1_100_000n, holds: [1, 90] as const }];
    await makeListedClinic({ languages, procedures: over, country: "PL" });
    await makeListedClinic({ languages, procedures: coming, country: "PL" });
    const held = await makeListedClinic({
      languages,
      country: "PL",
      procedures: [{ treatment: "teer", expected: 2_000_000n, holds: [-90, 0] }],
    });
    const all = await search({ language, treatment: "teer", sort: "price" });
    expect(all.items.map((item) => item.price?.expected.amount ?? null)).toEqual([2_000_000, null, null]);
    const cheap = await search({ language, maxPrice: "2000000" });
    expect(cheap.items.map((item) => item.slug)).toEqual([held.slug]);
    const table = await priceTable("EUR", now, "PL");
    expect(table?.rows.map((row) => [row.centres, row.expected.amount])).toEqual([[1, 2_000_000]]);
  });

  it("is the one a centre is compared by only while it holds, and across currencies", async () => {
    const centre = await makeListedClinic({
      procedures: [
        { treatment: "teer", device: "mitraclip", expected: 900_000n, holds: [-9, -1] },
        { treatment: "teer", device: "pascal", expected: 2_000_000n },
        // Ten thousand euros, though the greater number.
        { treatment: "teer", expected: 15_000_000n, currency: "KRW" },
      ],
    });
    const facts = await publishedClinic(centre.slug, now);
    if (!facts) throw new Error("The centre is published.");
    expect(comparedProcedure(facts, "teer", await displayRates())?.expected.currency).toBe("KRW");
    expect(comparedProcedure(facts, "tavi-transfemoral", await displayRates())).toBeNull();
  });
});

describe("the search when a day has gone by", () => {
  it("forgets a certificate and a price that ran out overnight, once the day is done", async () => {
    const language = ownLanguage();
    const centre = await makeListedClinic({
      languages: [language],
      accreditations: [{ body: "JCI", validForDays: 3 }],
    });
    const withCertificate = async () =>
      (await search({ language, accreditation: "JCI" })).items.map((item) => item.slug);
    expect(await withCertificate()).toEqual([centre.slug]);
    await overnight(centre.id);
    await refreshSearch();
    expect(await withCertificate()).toEqual([]);
    const cheap = await search({ language, maxPrice: "9999999" });
    expect(cheap.items).toEqual([]);
  });

  it("has nothing left to do on the same day", async () => {
    const centres = await Promise.all([makeListedClinic(), makeListedClinic()]);
    for (const { id } of centres) await overnight(id);
    expect(await refreshSearch()).toBe(2);
    expect(await refreshSearch()).toBe(0);
  });

  it("leaves a hidden centre hidden", async () => {
    const language = ownLanguage();
    await makeListedClinic({ languages: [language], published: false });
    await refreshSearch();
    expect((await search({ language })).items).toEqual([]);
  });
});

/** Sets a centre's facts to have run out yesterday, as the clock would: without the triggers that follow a change. */
async function overnight(clinicId: string): Promise<void> {
  const yesterday = dateOf(addDays(today, -1));
  await openDb().accreditation.updateMany({ where: { clinicId }, data: { validUntil: yesterday } });
  await openDb().clinicProcedure.updateMany({ where: { clinicId }, data: { validTo: yesterday } });
  // What the triggers just made is set back to how it stood before midnight.
  await openDb()
    .$executeRaw`UPDATE "ClinicSearch" SET "freshOn" = ${addDays(today, -1)}::date, "priceEurMinor" = 3000000,
    tags = array_append(tags, 'accreditation:JCI') WHERE "clinicId" = ${clinicId}::uuid`;
}
