import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { searchForm } from "@/lib/clinics/forms/search";
import { publishedClinics, searchClinics } from "@/lib/clinics/published";
import { openDb } from "@/lib/infra/db";
import { type CatalogueNews, KEPT_S, PageRegister, type Shown, showing } from "@/lib/infra/kept-pages";
import { newId } from "@/lib/kernel/ids";
import { makeListedClinic, ownLanguage } from "../../support/listed-clinics";

const START = 1_800_000_000_000;

/** A register that writes down what it has made anew, with a clock of its own. */
function registerAt(clock = { now: START }) {
  const asked: string[] = [];
  const register = new PageRegister({
    ask: (address) => Promise.resolve(void asked.push(address)),
    now: () => clock.now,
    failed: (error) => {
      throw error;
    },
  });
  const keep = (address: string, shown: Partial<Shown>, finishedAt: number | null = clock.now - 5_000) => {
    const page = register.begin(address, null);
    const { centres = [], lists = [] } = shown;
    if (centres === "all") page.showsAll = true;
    else for (const id of centres) page.centres.add(id);
    for (const fact of lists) page.lists.add(fact);
    page.finishedAt = finishedAt;
    register.keep(page);
    return page;
  };
  const told = async (news: CatalogueNews) => {
    register.tell(news);
    await vi.waitFor(() => expect(register.isIdle()).toBe(true), { timeout: 20_000 });
    return asked.splice(0);
  };
  return { register, keep, told, asked, clock };
}

describe("lists kept in front of the product", () => {
  it("are made anew when a centre on them changes, and no others", async () => {
    const { keep, told } = registerAt();
    keep("/en/clinics?country=DE", { centres: ["a", "b"] });
    keep("/en/clinics", { centres: ["b", "c"] });
    keep("/en/clinics?country=TR", { centres: ["d"] });
    keep("/en/prices", { centres: "all" });
    expect(await told({ centres: ["b"] })).toEqual(["/en/prices", "/en/clinics", "/en/clinics?country=DE"]);
  });

  it("are made anew when a fact changes that decides who is on them", async () => {
    const { keep, told } = registerAt();
    keep("/en/clinics", { centres: ["a"], lists: ["ranking"] });
    keep("/en/clinics?sort=price", { centres: ["a"], lists: ["ranking", "price"] });
    expect(await told({ lists: "price" })).toEqual(["/en/clinics?sort=price"]);
  });

  it("are left to whoever made them anew", async () => {
    const { keep, told } = registerAt();
    keep("/en/clinics", { centres: ["a"] });
    expect(await told({ centres: ["a"] })).toEqual(["/en/clinics"]);
    expect(await told({ centres: ["a"] })).toEqual([]);
  });

  it("are forgotten once no cache can hold them any more", async () => {
    const { keep, told, clock } = registerAt();
    keep("/en/clinics", { centres: ["a"] });
    clock.now += (2 * KEPT_S + 16) * 1_000;
    expect(await told({ centres: ["a"] })).toEqual([]);
  });

  it("are asked for again when the change came while they were being made", async () => {
    vi.useFakeTimers();
    try {
      const { register, asked, clock } = registerAt();
      const page = register.begin("/en/clinics", null);
      page.centres.add("a");
      clock.now += 20;
      register.tell({ centres: ["a"] });
      register.keep(page);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(asked).toEqual(["/en/clinics"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("are asked for again when their answer may still be on its way into a cache", async () => {
    vi.useFakeTimers();
    try {
      const { register, keep, asked, clock } = registerAt();
      keep("/en/clinics", { centres: ["a"] }, null);
      clock.now += 20;
      register.tell({ centres: ["a"] });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(asked).toEqual(["/en/clinics", "/en/clinics"]);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** What one answer notes. */
async function noted(read: () => Promise<unknown>) {
  const page = registerAt().register.begin("/en/clinics", null);
  await showing().run(page, read);
  return { known: page.isKnown, centres: [...page.centres], lists: [...page.lists], all: page.showsAll };
}

describe("what an answer was made from", () => {
  it("is the centres on the list and the facts that chose them", async () => {
    const language = ownLanguage();
    const { id } = await makeListedClinic({ languages: [language] });
    const search = (more: Record<string, string>) =>
      noted(() => searchClinics(searchForm.parse({ language, ...more }), new Date()));
    expect(await search({})).toEqual({ known: true, centres: [id], lists: ["ranking"], all: false });
    expect((await search({ sort: "price" })).lists).toEqual(["ranking", "price"]);
    expect((await search({ maxPrice: "9999999", from: "2027-01-01" })).lists).toEqual([
      "ranking",
      "price",
      "days",
    ]);
  });

  it("is a name nobody has yet, too", async () => {
    const answer = await noted(() => publishedClinics(["nobody-yet"], new Date()));
    expect(answer).toEqual({ known: true, centres: [], lists: ["ranking"], all: false });
  });
});

describe("the news of the catalogue", () => {
  const listener = new pg.Client({ connectionString: process.env.DATABASE_URL });
  let heard: CatalogueNews[] = [];
  beforeAll(async () => {
    listener.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "") as CatalogueNews));
    await listener.connect();
    await listener.query("LISTEN catalogue");
  });
  afterAll(() => listener.end());

  /** What follows a mark comes after all that was told before it. */
  async function mark(): Promise<void> {
    const id = newId();
    await openDb()
      .$executeRaw`SELECT pg_notify('catalogue', json_build_object('centres', json_build_array(${id}::text))::text)`;
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ centres: [id] }), { timeout: 20_000 });
  }

  /** Everything told by a change. */
  async function news(change: () => Promise<unknown>): Promise<CatalogueNews[]> {
    await mark();
    heard = [];
    await change();
    await mark();
    return heard.slice(0, -1);
  }

  it("names the centre whose price changed, and the lists that go by price", async () => {
    const { id } = await makeListedClinic();
    const change = () => openDb()
      .$executeRaw`UPDATE "ClinicProcedure" SET "lowMinor" = 2000000, "expectedMinor" = 2000001
      WHERE "clinicId" = ${id}::uuid`;
    expect(await news(change)).toEqual([{ lists: "price" }, { centres: [id] }]);
  });

  it("tells of the ranking when a centre comes, goes or is found by other words", async () => {
    const { id } = await makeListedClinic();
    const answers = () => openDb().clinic.update({ where: { id }, data: { answerHours: 3, answerCount: 9 } });
    expect(await news(answers)).toEqual([{ lists: "ranking" }, { centres: [id] }]);
    const hide = () => openDb().clinic.update({ where: { id }, data: { publishedAt: null } });
    expect(await news(hide)).toContainEqual({ lists: "ranking" });
    expect(await news(() => makeListedClinic())).toContainEqual({ lists: "ranking" });
  });

  it("says nothing of the order when only the words on a card change", async () => {
    const { id } = await makeListedClinic();
    const change = () => openDb().clinic.update({ where: { id }, data: { summary: "Another centre." } });
    expect(await news(change)).toEqual([{ centres: [id] }]);
  });

  it("tells of days only when the last place goes or comes back", async () => {
    const { id } = await makeListedClinic({ freeInDays: [7] });
    const places = (data: object) => () =>
      openDb().procedureSlot.updateMany({ where: { clinicId: id }, data });
    expect(await news(places({ capacity: 2 }))).toEqual([]);
    expect(await news(places({ taken: 1 }))).toEqual([]);
    expect(await news(places({ taken: 2 }))).toEqual([{ centres: [id] }, { lists: "days" }]);
    expect(await news(places({ taken: 1 }))).toEqual([{ centres: [id] }, { lists: "days" }]);
  });
});
