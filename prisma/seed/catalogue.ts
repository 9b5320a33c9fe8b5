import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";

const ride = { quantity: 1, unit: "ride", ...inEuro(9_500) };

/** What the migration wrote into a new database, by the same ids: an emptied one has it no more. */
const FIRST = [
  { id: "01938000-0000-7000-8000-000000000001", kind: "transfer_arrival", ...ride },
  { id: "01938000-0000-7000-8000-000000000002", kind: "transfer_return", ...ride },
  {
    ...{ id: "01938000-0000-7000-8000-000000000003", kind: "interpreter" },
    ...{ quantity: 4, unit: "hour", ...inEuro(24_000, 30_000, 45_000) },
  },
  {
    ...{ id: "01938000-0000-7000-8000-000000000004", kind: "medicine_supply" },
    ...{ quantity: 1, unit: "parcel", ...inEuro(6_000, 9_000, 16_000) },
  },
];

/** The catalogue begins as in a new deployment. What an administrator has saved stays. */
export async function fillCatalogue(now: Date): Promise<void> {
  const data = FIRST.map((one) => ({ ...one, version: 1, offer: "optional", savedAt: now }));
  await asPerson(systemActor("demo"), (tx) => tx.catalogueService.createMany({ data, skipDuplicates: true }));
}

function inEuro(low: number, expected = low, high = low) {
  return { prices: { EUR: { low, expected, high } } };
}
