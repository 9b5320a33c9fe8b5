import { createTranslator } from "next-intl";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { importPricesAction, savePricesAction } from "@/app/(app)/[locale]/cabinet/prices/actions";
import { IDLE } from "@/components/ui/form-state";
import type { Locale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { SHEET_COLUMNS } from "@/lib/clinics/price-sheet";
import { ownListing } from "@/lib/clinics/queries/listing";
import { seenName, seenValue } from "@/lib/desk/forms/lines";
import { priceLine } from "@/lib/desk/forms/listing-lines";
import { ownOrigins } from "@/lib/infra/env";
import { makeClinic } from "../../support/clinics";
import { openBrowser } from "../../support/factors";
import { makeManager } from "../../support/people";

const browser = vi.hoisted(() => ({ sent: new Headers(), jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => browser.sent,
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.jar.get(name);
      return value === undefined ? undefined : { name, value };
    },
  }),
}));
vi.mock("next/cache", () => ({ refresh: () => undefined }));
vi.mock("next-intl/server", () => ({
  getTranslations: async ({ locale, namespace }: { locale: Locale; namespace: "cabinet" }) =>
    createTranslator({ locale, messages: messagesOf(locale), namespace }),
}));

async function sitDown(locale: Locale) {
  const manager = await makeManager((await makeClinic()).id);
  browser.jar.set("valvia", (await openBrowser(manager, new Date())).token);
  browser.sent = new Headers({
    ...{ origin: ownOrigins()[0] ?? "", "sec-fetch-site": "same-origin" },
    ...{ "content-type": "multipart/form-data", "x-valvia-locale": locale },
  });
  return manager;
}

const HEADER = SHEET_COLUMNS.join(",");
const GOOD = "surgical-repair,,,EUR,20000,30000,40000,Package,a,b,2,4,2026-01-01,2026-12-31,,,";

function sheetOf(...rows: string[]): FormData {
  const form = new FormData();
  form.set("sheet", new File([[HEADER, ...rows].join("\n")], "prices.csv", { type: "text/csv" }));
  form.set("kind", "dry");
  return form;
}

beforeEach(() => browser.jar.clear());

describe("a price sheet sent in the cabinet", () => {
  it("counts the rows that cannot be read, and names row and column of each problem", async () => {
    await sitDown("en");
    const bad = "surgical-repair,,,EUR,,,,,a,b,two,4,2026-01-01,2026-12-31,,,";
    const told = await importPricesAction(null, sheetOf(GOOD, bad, bad));
    expect(told.message).toBe("2 rows cannot be read. Nothing was changed.");
    expect(told.faults.slice(0, 5)).toEqual([
      "Row 3, column “low”: Please fill this in.",
      "Row 3, column “expected”: Please fill this in.",
      "Row 3, column “high”: Please fill this in.",
      "Row 3, column “basis”: Please fill this in.",
      "Row 3, column “stay_low”: “two” is not a whole number such as 5.",
    ]);
    expect(told.faults).toHaveLength(10);
  });

  it("counts no rows where the sheet itself cannot be read", async () => {
    await sitDown("en");
    const form = sheetOf(GOOD);
    form.set("sheet", new File([`treatment,money\n${GOOD}`], "prices.csv", { type: "text/csv" }));
    const told = await importPricesAction(null, form);
    expect(told.message).toBe("The sheet cannot be read. Nothing was changed.");
    expect(told.faults).toContain("Row 1, column “currency”: This column is missing.");
  });

  it("is judged in Arabic where the page is", async () => {
    await sitDown("ar");
    const told = await importPricesAction(null, sheetOf(GOOD.replace("20000", "much")));
    expect(told.message).toBe("تعذّرت قراءة صف واحد. لم يتغير شيء.");
    expect(told.faults).toEqual([
      "الصف 2، العمود «\u2066low\u2069»: اكتب مبلغًا مثل \u206624500\u2069 أو \u206624500.50\u2069.",
    ]);
  });
});

describe("the price list sent in the cabinet", () => {
  it("says which price is out of order", async () => {
    const manager = await sitDown("en");
    const form = sheetOf(GOOD);
    form.set("kind", "real");
    expect((await importPricesAction(null, form)).tone).toBe("good");
    const line = (await ownListing(manager)).basis.procedures.find(
      ({ treatment }) => treatment === "surgical-repair",
    );
    if (!line) throw new Error("The price was taken into the draft.");
    const { key, now, prefix } = priceLine(line);
    const typed = new FormData();
    for (const [name, text] of Object.entries(now)) typed.set(name, text);
    typed.set(seenName(key), seenValue(now));
    typed.set(`${prefix}low`, "35000");
    const state = await savePricesAction(IDLE, typed);
    if (state.status !== "refused") throw new Error("Such prices are refused.");
    expect(state.errors).toEqual({
      [`${prefix}expected`]: "Low, expected and high must stand in this order.",
    });
    expect(state.labels?.[`${prefix}expected`]).toMatch(/^\S.*, Expected$/);
    expect(state.labels?.[`${prefix}expected`]).toContain(messagesOf("en").treatments["surgical-repair"]);
  });
});
