import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { catalogueServiceForm } from "@/lib/logistics/catalogue-form";
import { saveCatalogueEntry } from "@/lib/logistics/save-catalogue-entry";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { line, makeAcceptedCase } from "../../support/estimates";
import { valueOf } from "../../support/outcomes";
import { makeAdmin, testSystem } from "../../support/people";

const now = new Date();

async function sellBy(kind: string, more: { termsAcceptedOn?: Date } = { termsAcceptedOn: now }) {
  const here = { kind, name: newId(), country: "DE", city: "Cologne" };
  const { id: supplierId } = await openDb().supplier.create({ data: { ...here, ...more } });
  const said = {
    seenVersion: 0,
    offer: "optional",
    quantity: 1,
    unit: "piece",
    prices: {},
    refundRule: "house",
  };
  const form = catalogueServiceForm.parse({ ...said, kind, supplierId });
  valueOf(await saveCatalogueEntry(await makeAdmin(), form, now));
  return supplierId;
}

it("books what nobody else provides with its usual supplier, while that one works for us, and nothing of the hospital's", async () => {
  const agency = await sellBy("visa");
  const hotel = await sellBy("hotel");
  await openDb().supplier.update({ where: { id: hotel }, data: { retiredAt: now } });
  await sellBy("translation", {});
  const lines = [
    ...onlyTreatment,
    ...[line("visa", 10_000), line("hotel", 50_000), line("translation", 5_000), line("companion", 5_000)],
    line("visa", 7_000, { contract: "A", label: "Letter of the hospital" }),
  ];
  const held = await makeHold(await makeAcceptedCase({ lines }));
  const rows = await asPerson(testSystem, (tx) =>
    tx.bookingService.findMany({
      where: { bookingId: held.id },
      orderBy: { line: { position: "asc" } },
      select: { kind: true, supplierId: true, line: { select: { contract: true } } },
    }),
  );
  expect(rows.map(({ kind, supplierId, line: of }) => [of?.contract, kind, supplierId])).toEqual([
    ["A", "treatment", null],
    ["B", "operator_fee", null],
    ["B", "visa", agency],
    ["B", "hotel", null],
    ["B", "translation", null],
    ["B", "companion", null],
    ["A", "visa", null],
  ]);
});
