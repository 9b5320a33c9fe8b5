import { beforeAll, describe, expect, it } from "vitest";
import { searchForm } from "@/lib/clinics/forms/search";
import { publishedClinic, publishedDoctor, searchClinics } from "@/lib/clinics/published";
import { deviceStatusOf, foundClinicView, searchView } from "@/lib/clinics/views/catalogue";
import { rankingScore } from "@/lib/clinics/ranking";
import { searchCursor } from "@/lib/clinics/search";
import { searchTextOf } from "@/lib/clinics/search-text";
import { openDb } from "@/lib/infra/db";
import { DEVICES, isDeviceApproved } from "@/lib/guides/device";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { foundSlugs as slugs, makeListedClinic, ownLanguage, search } from "../../support/listed-clinics";

const now = new Date();
const today = dayOf(now);

beforeAll(async () => {
  const rate = (quote: string, value: string) => ({
    id: newId(),
    base: "EUR",
    quote,
    rate: value,
    source: "test",
    at: now,
  });
  await openDb().fxRate.createMany({ data: [rate("USD", "1.1"), rate("KRW", "1500"), rate("KWD", "0.33")] });
});

describe("searching the catalogue", () => {
  it("finds only published centres", async () => {
    const language = ownLanguage();
    const shown = await makeListedClinic({ languages: [language] });
    const hidden = await makeListedClinic({ languages: [language], published: false });
    expect(await slugs({ language })).toEqual([shown.slug]);
    expect(await publishedClinic(hidden.slug, now)).toBeNull();
  });

  it("answers in the shape the API describes, with and without a currency of the visitor's", async () => {
    const language = ownLanguage();
    await makeListedClinic({ languages: [language], freeInDays: [4] });
    await makeListedClinic({ languages: [language], procedures: [], accreditations: [] });
    const chosen: Record<string, string>[] = [
      {},
      { currency: "USD" },
      { limit: "1" },
      { treatment: "teer" },
      { country: "TR" },
    ];
    for (const more of chosen) {
      const answer = await search({ language, ...more });
      expect(searchView.strict().parse(answer)).toEqual(answer);
      for (const item of answer.items) expect(foundClinicView.strict().parse(item)).toEqual(item);
    }
  });

  it("says of each device what the guides say, and no price where it may not be used", async () => {
    const language = ownLanguage();
    const wished = DEVICES.flatMap((device) =>
      ["DE", "CN", "IN", "AE", "BR"].map((country) => ({ device, country })),
    );
    await Promise.all(
      wished.map(({ device, country }) =>
        makeListedClinic({ languages: [language], country, procedures: [{ treatment: "teer", device }] }),
      ),
    );
    const { items } = await search({ language, limit: "100" });
    const statuses = items.map(({ price }) => price?.deviceStatus ?? "not_approved").toSorted();
    const meant = wished.map(({ device, country }) => isDeviceApproved(device, country)).toSorted();
    expect(statuses).toEqual(meant);
    for (const { price, country } of items)
      if (price) expect(price.deviceStatus).toBe(deviceStatusOf(price.device, country));
  });

  it("narrows by treatment, device, access and country at once", async () => {
    const language = ownLanguage();
    const clip = await makeListedClinic({
      languages: [language],
      procedures: [{ treatment: "teer", device: "pascal", access: "femoral-vein" }],
    });
    await makeListedClinic({
      languages: [language],
      country: "CN",
      procedures: [{ treatment: "teer", device: "dragonfly", access: "femoral-vein" }],
    });
    await makeListedClinic({
      languages: [language],
      procedures: [{ treatment: "tavi-transfemoral", device: "evolut", access: "transfemoral" }],
    });
    expect(
      await slugs({ language, treatment: "teer", device: "pascal", access: "femoral-vein", country: "de" }),
    ).toEqual([clip.slug]);
    expect(await slugs({ language, treatment: "teer", country: "TR" })).toEqual([]);
    expect(await slugs({ language, country: "nowhere" })).toEqual([]);
  });

  it("forgives typing errors, accents and other scripts", async () => {
    const language = ownLanguage();
    const searchText = searchTextOf({
      name: "Boğaz Çınar Kalp Merkezi",
      city: "Istanbul",
      country: "TR",
      procedures: [{ treatment: "teer", device: "mitraclip" }],
      doctors: [],
    });
    const centre = await makeListedClinic({ languages: [language], searchText });
    await makeListedClinic({ languages: [language], searchText: "something else" });
    for (const q of [
      "bogaz cinar",
      "Istambul",
      "mitraclp",
      "митральый",
      "二尖瓣夹",
      "إسطنبول",
      "Türkei",
      "mitral clip in Istanbul",
      "kalp merkez",
    ]) {
      expect([q, await slugs({ language, q })]).toEqual([q, [centre.slug]]);
    }
    expect(await slugs({ language, q: "zzzzqqqq" })).toEqual([]);
  });

  it("hears no more than the small words of a question that has only those", async () => {
    const language = ownLanguage();
    const centre = await makeListedClinic({ languages: [language] });
    expect(await slugs({ language, q: "in the" })).toEqual([centre.slug]);
  });

  it("compares prices in the visitor's currency", async () => {
    const language = ownLanguage();
    const cheap = await makeListedClinic({
      languages: [language],
      procedures: [{ treatment: "teer", expected: 15_000_000n, currency: "KRW" }],
    });
    const dear = await makeListedClinic({
      languages: [language],
      procedures: [{ treatment: "teer", expected: 2_000_000n, currency: "EUR" }],
    });
    // 15,000,000 won are 10,000 euros, which are 11,000 dollars and 3,300 dinars.
    expect(await slugs({ language, maxPrice: "1100000", currency: "USD" })).toEqual([cheap.slug]);
    expect(await slugs({ language, maxPrice: "1099999", currency: "USD" })).toEqual([]);
    expect(await slugs({ language, maxPrice: "3300000", currency: "KWD" })).toEqual([cheap.slug]);
    expect(await slugs({ language, sort: "price" })).toEqual([cheap.slug, dear.slug]);
    const answer = await search({ language, currency: "usd", sort: "price" });
    expect(answer.items[0]?.price?.about).toEqual({ amount: 1_100_000, currency: "USD" });
    expect(answer.items[0]?.price?.expected).toEqual({ amount: 15_000_000, currency: "KRW" });
    expect(answer.rate).toMatchObject({ currency: "USD", source: "test" });
  });

  it("refuses a currency without a rate", async () => {
    const answer = await searchClinics(searchForm.parse({ currency: "UAH" }), now);
    const known = await openDb().fxRate.count({ where: { base: "EUR", quote: "UAH" } });
    expect(answer.ok).toBe(known > 0);
  });

  it("shows the first free day, and with a wished day only centres that are free then", async () => {
    const language = ownLanguage();
    const early = await makeListedClinic({ languages: [language], freeInDays: [3, 40] });
    const never = await makeListedClinic({ languages: [language] });
    const all = await search({ language });
    expect(all.items.find((item) => item.slug === early.slug)?.nextFreeOn).toBe(addDays(today, 3));
    expect(all.items.find((item) => item.slug === never.slug)?.nextFreeOn).toBeNull();
    const later = await search({ language, from: addDays(today, 10) });
    expect(later.items.map((item) => [item.slug, item.nextFreeOn])).toEqual([
      [early.slug, addDays(today, 40)],
    ]);
    expect(await slugs({ language, from: addDays(today, 41) })).toEqual([]);
  });

  it("hides a certificate that has run out", async () => {
    const language = ownLanguage();
    const valid = await makeListedClinic({
      languages: [language],
      accreditations: [{ body: "JCI", validForDays: 10 }],
    });
    const old = await makeListedClinic({
      languages: [language],
      accreditations: [{ body: "JCI", validForDays: -1 }],
    });
    expect(await slugs({ language, accreditation: "JCI" })).toEqual([valid.slug]);
    expect((await publishedClinic(old.slug, now))?.accreditations[0]?.expired).toBe(true);
  });

  it("walks through every centre once, page by page, in each order", async () => {
    const language = ownLanguage();
    for (let index = 0; index < 7; index += 1) {
      await makeListedClinic({
        languages: [language],
        answerHours: index % 2 === 0 ? 24 : 48,
        procedures: [{ treatment: "teer", volume: index % 3, expected: BigInt(1_000_000 + (index % 2) * 5) }],
      });
    }
    for (const sort of ["ranking", "price", "volume", "answer_time"]) {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page = await search({ language, sort, limit: "2", cursor });
        seen.push(...page.items.map((item) => item.slug));
        cursor = page.next;
      }
      expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 7, 7]);
    }
  });

  it("goes on from a cursor beyond every value, and knows no centre by an impossible name", async () => {
    const language = ownLanguage();
    await makeListedClinic({ languages: [language] });
    for (const sort of ["ranking", "price", "volume", "answer_time"]) {
      for (const value of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
        const cursor = searchCursor({ value, id: newId() });
        const { items } = await search({ language, sort, cursor });
        expect(items.length).toBe(value > 0 === ["ranking", "volume"].includes(sort) ? 1 : 0);
      }
    }
    for (const slug of ["\u0000", "%00", "' OR 1=1"]) {
      expect(await publishedClinic(slug, now)).toBeNull();
      expect(await publishedDoctor(slug)).toBeNull();
    }
  });

  it("ranks by exactly the published formula", async () => {
    const year = now.getUTCFullYear();
    const centre = await makeListedClinic({
      answerHours: 47,
      answerCount: 9,
      procedures: [
        { treatment: "teer", volume: 37 },
        { treatment: "surgical-repair", volume: 61 },
      ],
      accreditations: [{ body: "JCI", validForDays: 9 }],
      outcomes: [
        { treatment: "teer", year },
        { treatment: "teer", year: year - 3 },
        { treatment: "teer", year: year - 4 },
        { treatment: "surgical-repair", year },
      ],
    });
    const rows = await openDb().clinicSearch.findMany({
      where: { clinicId: centre.id },
      select: { treatment: true, score: true },
    });
    const facts = { answerHours: 47, answerCount: 9, validCertificates: 1 };
    const expected: Record<string, number> = {
      "": rankingScore({
        ...facts,
        volume: 98,
        ofOneTreatment: false,
        recentOutcomes: 3,
        clearPrices: 2,
        prices: 2,
      }),
      teer: rankingScore({
        ...facts,
        volume: 37,
        ofOneTreatment: true,
        recentOutcomes: 2,
        clearPrices: 1,
        prices: 1,
      }),
      "surgical-repair": rankingScore({
        ...facts,
        volume: 61,
        ofOneTreatment: true,
        recentOutcomes: 1,
        clearPrices: 1,
        prices: 1,
      }),
    };
    expect(Object.fromEntries(rows.map((row) => [row.treatment, row.score]))).toEqual(expected);
  });
});

describe("the catalogue's door", () => {
  it.each([
    { treatment: "magic" },
    { device: "nothing" },
    { access: "window" },
    { sort: "paid" },
    { currency: "ZZZ" },
    { from: "2026-02-30" },
    { maxPrice: "-1" },
    { maxPrice: "1e400" },
    { limit: "101" },
    { cursor: "not-ours" },
    { cursor: btoa(JSON.stringify([1, "-".repeat(36)])) },
    { q: "a\u0000b" },
  ])("refuses what is no filter, case %#", (query) => {
    expect(searchForm.safeParse(query).success).toBe(false);
  });

  it("takes empty fields of a form for no filter", () => {
    expect(searchForm.parse({ q: "", treatment: "", from: "", sort: "", maxPrice: "" })).toMatchObject({
      sort: "ranking",
      limit: 24,
    });
  });
});
