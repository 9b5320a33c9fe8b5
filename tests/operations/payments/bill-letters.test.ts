import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { judgeBill } from "@/lib/payments/judge-bill";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { recordBill } from "@/lib/payments/record-bill";
import { connect } from "../../../scripts/steps/database.mjs";
import { enterBill, formOf, makeTreated, originalOf, sendFile } from "@/tests/support/bills";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, testSystem } from "@/tests/support/people";

const now = () => new Date();
const yes = { state: "confirmed" } as const;
type Treated = Awaited<ReturnType<typeof makeTreated>>;

const letterOf = async ({ owner, bookingId }: Treated, corrects: string) => {
  const file = valueOf(await sendFile(owner, bookingId, originalOf("RE-1b")));
  return { fileId: file.id, form: formOf(file.id, { number: "RE-1b", corrects }) };
};

const countingOf = async ({ patient, bookingId }: Treated) => {
  const read = await billsOfBooking(patient, bookingId);
  return [...new Set(read?.mirror.billed.map(({ billId }) => billId))];
};

function rowOf({ owner, bookingId, caseId, clinic }: Treated, fileId: string, correctsId: string) {
  return {
    ...{ id: newId(), bookingId, caseId, clinicId: clinic.id, version: 2, fileId, correctsId },
    ...{ source: "letter" as const, state: "entered" as const, number: "RE-old", currency: "EUR" },
    ...{ totalMinor: 100n, enteredById: owner.personId, enteredByName: "x", issuedOn: now() },
  };
}

/** A letter from before the rule that waits for its second person; only the owner of the database lets it in. */
async function writeOldLetter(trip: Treated, correctsId: string): Promise<string> {
  const file = valueOf(await sendFile(trip.owner, trip.bookingId, originalOf("RE-old")));
  const row = rowOf(trip, file.id, correctsId);
  const line = { billId: row.id, caseId: trip.caseId, position: 1, wording: "Clip", amountMinor: 100n };
  const keeper = await connect(env().DATABASE_URL);
  try {
    await keeper.query('ALTER TABLE "Bill" DISABLE TRIGGER letter_keeps_the_original');
    await asPerson(trip.owner, async (tx) => {
      await tx.bill.createMany({ data: [row] });
      await tx.billLine.createMany({ data: [{ ...line, quantity: 1, unit: "piece" }] });
    });
    await keeper.query('ALTER TABLE "Bill" ENABLE TRIGGER letter_keeps_the_original');
  } finally {
    await keeper.end();
  }
  return row.id;
}

describe("an invoice the hospital entered itself", () => {
  it("is replaced by no letter of the operator, only by a correction of its own", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    const { form } = await letterOf(trip, id);
    const both = await Promise.all([1, 2].map(() => recordBill(trip.owner, trip.bookingId, form, now())));
    expect(both.map(reasonOf)).toEqual(["invalid_corrects_centre", "invalid_corrects_centre"]);
    expect(await countingOf(trip)).toEqual([id]);
    // The hospital itself corrects it by a new one.
    const { id: corrected } = await enterBill(trip.manager, trip.bookingId, {
      number: "RE-1c",
      corrects: id,
    });
    expect(await countingOf(trip)).toEqual([corrected]);
  });

  it("is replaced by none the operator wrote down before, whoever says yes", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    const letterId = await writeOldLetter(trip, id);
    const second = await makeCoordinator();
    expect(reasonOf(await judgeBill(second, letterId, yes, now()))).toBe("invalid_corrects_centre");
    expect(await countingOf(trip)).toEqual([id]);
    const no = { state: "rejected", reason: "The hospital entered its own." } as const;
    valueOf(await judgeBill(second, letterId, no, now()));
  });

  it("is kept by the database, whoever writes", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.manager, trip.bookingId);
    const { fileId } = await letterOf(trip, id);
    const row = rowOf(trip, fileId, id);
    const tried = asPerson(trip.owner, (tx) => tx.bill.createMany({ data: [row] }));
    await expect(tried).rejects.toThrow(/Only the hospital corrects/);
    const letterId = await writeOldLetter(trip, id);
    const confirmed = asPerson(testSystem, (tx) =>
      tx.bill.updateMany({
        where: { id: letterId },
        data: { state: "confirmed", checkedById: newId(), checkedAt: now() },
      }),
    );
    await expect(confirmed).rejects.toThrow(/Only the hospital corrects/);
  });
});

describe("an invoice taken from a letter", () => {
  it("is corrected by another letter, and by the hospital's own", async () => {
    const trip = await makeTreated();
    const { id } = await enterBill(trip.owner, trip.bookingId);
    valueOf(await judgeBill(await makeCoordinator(), id, yes, now()));
    const { form } = await letterOf(trip, id);
    const later = valueOf(await recordBill(trip.owner, trip.bookingId, form, now()));
    valueOf(await judgeBill(await makeCoordinator(), later.id, yes, now()));
    expect(await countingOf(trip)).toEqual([later.id]);
    const wish = { number: "RE-2", corrects: later.id };
    const { id: own } = await enterBill(trip.manager, trip.bookingId, wish);
    expect(await countingOf(trip)).toEqual([own]);
  });
});
