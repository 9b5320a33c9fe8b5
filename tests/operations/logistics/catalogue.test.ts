import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { typedServiceForm } from "@/lib/desk/forms/catalogue";
import { catalogueFor } from "@/lib/desk/queries/catalogue";
import { asPerson, openDb } from "@/lib/infra/db";
import { saveCatalogueEntry } from "@/lib/logistics/save-catalogue-entry";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makePatient } from "../../support/people";

const now = new Date();
const typed = (more: Record<string, unknown> = {}) =>
  typedServiceForm.parse({
    ...{ kind: "hotel", seenVersion: "0", offer: "optional", quantity: "5", unit: "night" },
    ...{
      refundRule: "supplier_rule",
      prices: [{ currency: "EUR", low: "400", expected: "450.50", high: "600" }],
    },
    ...more,
  });
const shown = async (kind: string) =>
  (await catalogueFor(await makeCoordinator())).find((one) => one.kind === kind);

describe("the catalogue of services", () => {
  it("begins with what the operator sold, and with nothing of what it never priced", async () => {
    const all = await catalogueFor(await makeAdmin());
    expect(all.map(({ kind, entry }) => [kind, entry?.prices.EUR?.expected])).toEqual([
      ["transfer_arrival", 9_500],
      ["transfer_return", 9_500],
      ["interpreter", 30_000],
      ["medicine_supply", 9_000],
      ["translation", undefined],
      ["visa", undefined],
      ["hotel", undefined],
      ["companion", undefined],
    ]);
  });

  it("keeps each change as a version with its name and time; of two who save at once one looks again", async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()];
    const both = await Promise.all([one, other].map((admin) => saveCatalogueEntry(admin, typed(), now)));
    expect(both.map((answer) => (answer.ok ? answer.value.version : answer.reason)).toSorted()).toEqual([
      1,
      "stale_settings",
    ]);
    expect(reasonOf(await saveCatalogueEntry(one, typed(), now))).toBe("stale_settings");
    expect(await shown("hotel")).toMatchObject({
      entry: {
        ...{ version: 1, offer: "optional", quantity: "5", unit: "night", refundRule: "supplier_rule" },
        prices: { EUR: { low: 40_000, expected: 45_050, high: 60_000 } },
      },
      savedBy: "Ada Admin",
    });
    const two = [{ currency: "JPY", expected: "70000" }];
    valueOf(await saveCatalogueEntry(other, typed({ seenVersion: "1", prices: two }), now));
    expect((await shown("hotel"))?.entry?.prices).toEqual({
      JPY: { low: 70_000, expected: 70_000, high: 70_000 },
    });
    expect(await openDb().catalogueService.count({ where: { kind: "hotel" } })).toBe(2);
    const trace = { event: "catalogue.saved", actorId: { in: [one.personId, other.personId] } };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(2);
  });

  it("takes as provider only who does this work and works for us", async () => {
    const admin = await makeAdmin();
    const make = (kind: string, retiredAt: Date | null = null) =>
      openDb().supplier.create({ data: { kind, name: newId(), country: "DE", city: "Cologne", retiredAt } });
    const save = (supplierId: string, kind = "visa") =>
      saveCatalogueEntry(admin, typed({ kind, supplierId, seenVersion: kind === "visa" ? "0" : "1" }), now);
    for (const wrong of [await make("hotel"), await make("visa", now), { id: newId() }])
      expect(reasonOf(await save(wrong.id))).toBe("invalid_supplier");
    expect(reasonOf(await save((await make("driver")).id, "transfer_arrival"))).toBe("invalid_supplier");
    const agency = await make("visa");
    valueOf(await save(agency.id));
    expect(await shown("visa")).toMatchObject({ supplier: { id: agency.id, isRetired: false } });
    await openDb().supplier.update({ where: { id: agency.id }, data: { retiredAt: now } });
    const visa = await shown("visa");
    expect(visa).toMatchObject({ supplier: { isRetired: true } });
    expect(visa?.providers?.some(({ id }) => id === agency.id)).toBe(false);
  });

  it("is changed by nobody else, and no version of it at all", async () => {
    const data = { kind: "hotel", version: 90, offer: "optional", quantity: 1, unit: "x", prices: {} };
    for (const person of [await makePatient(), await makeCoordinator()])
      await expect(asPerson(person, (tx) => tx.catalogueService.create({ data }))).rejects.toThrow(
        /row-level/,
      );
    await expect(
      openDb().catalogueService.updateMany({ where: { kind: "interpreter" }, data: { unit: "day" } }),
    ).rejects.toThrow(/permission denied/);
  });

  it("is typed in major units, one price a currency, low before high", () => {
    const faults = (prices: object[]) =>
      typedServiceForm
        .safeParse({
          ...{ kind: "visa", seenVersion: "0", offer: "optional", quantity: "1", unit: "x" },
          prices,
        })
        .error?.issues.map(({ path }) => path.join("."));
    expect(faults([{ currency: "EUR", expected: "12,3456" }])).toContain("prices.0.expected");
    expect(faults([{ currency: "EUR", low: "5", expected: "4" }])).toContain("prices.0.expected");
    const twice = { currency: "EUR", expected: "4" };
    expect(faults([twice, twice])).toContain("prices.1.currency");
  });
});
