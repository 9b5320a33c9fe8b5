import { describe, expect, it } from "vitest";
import { ratesFor } from "@/lib/desk/queries/rates";
import { ratesForm } from "@/lib/estimates/rates-form";
import { readRates } from "@/lib/estimates/read-rates";
import { recordRates } from "@/lib/estimates/record-rates";
import { asPerson, openDb } from "@/lib/infra/db";
import { makeClinic } from "../../support/clinics";
import { makeSentEstimate } from "../../support/estimates";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeFinance, testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const form = (rates: Record<string, string>, at = now, more: Record<string, unknown> = {}) =>
  ratesForm.parse({ source: "Test bank", at: at.toISOString(), rates, ...more });

describe("a rate an administrator enters", () => {
  it("holds from now on, with its source, its time and a trace", async () => {
    const admin = await makeAdmin();
    valueOf(await recordRates(admin, form({ SEK: "11.2", KRW: "1500.123" }, ago(1)), now));
    const rates = await readRates(["SEK", "KRW"], now);
    expect(rates.get("SEK")).toEqual({ rate: "11.2", source: "Test bank", at: ago(1) });
    expect(rates.get("KRW")?.rate).toBe("1500.123");
    const traces = await openDb().auditEvent.findMany({
      where: { event: "rate.recorded", actorId: admin.personId },
    });
    expect(traces.map(({ facts }) => facts)).toContainEqual({
      ...{ quote: "SEK", rate: "11.2", at: ago(1).toISOString() },
    });
  });

  it("leaves what was sent before at its own rate", async () => {
    const admin = await makeAdmin();
    valueOf(await recordRates(admin, form({ PLN: "4.3" }, ago(2)), now));
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    valueOf(await recordRates(admin, form({ PLN: "4.5" }, ago(1)), now));
    expect(sent.sentRates).toContainEqual(expect.objectContaining({ quote: "PLN", rate: "4.3" }));
    const later = await makeSentEstimate(answered);
    expect(later.sentRates).toContainEqual(expect.objectContaining({ quote: "PLN", rate: "4.5" }));
  });

  it("is refused for a moment to come, for one that is known, and once where it is far from the last", async () => {
    const admin = await makeAdmin();
    expect(await recordRates(admin, form({ CZK: "25" }, ago(-1)), now)).toMatchObject({
      ...{ reason: "rate_in_future", detail: { path: "at" } },
    });
    valueOf(await recordRates(admin, form({ CZK: "25" }, ago(1)), now));
    expect(await recordRates(admin, form({ CZK: "24" }, ago(1)), now)).toMatchObject({
      ...{ reason: "rate_known", detail: { path: "rates.CZK" } },
    });
    const turned = { CZK: "0.04" };
    expect(await recordRates(admin, form(turned), now)).toMatchObject({
      ...{ reason: "rate_jumps", detail: { path: "rates.CZK" } },
    });
    expect((await readRates(["CZK"], now)).get("CZK")?.rate).toBe("25");
    expect(reasonOf(await recordRates(admin, form(turned, now, { sure: "yes" }), now))).toBe("done");
  });

  it("is entered once when two enter the same list at once, and never changed", async () => {
    const both = await Promise.all(
      [await makeAdmin(), await makeAdmin()].map((one) => recordRates(one, form({ UAH: "45" }, ago(3)), now)),
    );
    expect(reasonsOf(both)).toEqual(["done", "rate_known"]);
    const change = asPerson(testSystem, (tx) =>
      tx.fxRate.updateMany({ where: { quote: "UAH" }, data: { rate: 1 } }),
    );
    await expect(change).rejects.toThrow();
  });

  it("is a number with a dot, for a currency that is not the euro, and at least one", () => {
    const said = (rates: Record<string, string>) =>
      ratesForm.safeParse({ source: "x", at: now.toISOString(), rates }).success;
    for (const rate of ["0", "1,5", "-2", "1e3", "7.123456789", "x"]) expect(said({ USD: rate })).toBe(false);
    for (const quote of ["EUR", "BTC"]) expect(said({ [quote]: "1" })).toBe(false);
    expect(said({})).toBe(false);
    expect(said({ USD: "1.08" })).toBe(true);
  });
});

describe("the page of rates", () => {
  it("tells administrators and finance what is old, what is missing and where a price needs it", async () => {
    const admin = await makeAdmin();
    valueOf(await recordRates(admin, form({ EGP: "50" }, ago(8)), now));
    valueOf(await recordRates(admin, form({ EGP: "51", OMR: "0.41" }, ago(6)), now));
    await openDb().clinicProcedure.updateMany({
      where: { clinicId: (await makeClinic()).id },
      data: { currency: "BHD" },
    });
    for (const reader of [admin, await makeFinance()]) {
      const { lines, kept } = await ratesFor(reader, now);
      const line = (quote: string) => lines.find((one) => one.quote === quote);
      expect(line("BHD")).toMatchObject({ last: null, isUsed: true });
      expect(line("EGP")?.last).toMatchObject({ rate: "51", source: "Test bank", isStale: false });
      expect(kept.filter(({ quote }) => quote === "EGP").map(({ rate }) => rate)).toEqual(["51", "50"]);
    }
    const later = await ratesFor(admin, ago(-2));
    expect(later.lines.find(({ quote }) => quote === "EGP")?.last?.isStale).toBe(true);
  });
});
