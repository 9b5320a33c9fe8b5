import { describe, expect, it } from "vitest";
import { billsOfBooking } from "@/lib/payments/read-bills";
import { billsView } from "@/lib/payments/bill-view";
import { settlingFor } from "@/lib/payments/read-settling";
import { enterBill, makeTreated, settle } from "@/tests/support/bills";
import { makeTrip } from "@/tests/support/changes";
import { makeFinance } from "@/tests/support/people";

async function previewOf({ bookingId }: { bookingId: string }) {
  const finance = await makeFinance();
  const read = await billsOfBooking(finance, bookingId);
  if (!read) throw new Error("No such booking.");
  const { refundMinor, loweredMinor } = await settlingFor(finance, read);
  return { refundMinor, loweredMinor };
}

describe("what closing an account moves", () => {
  it("is said before it is closed as it then happens: what was paid goes back", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    const said = await previewOf(trip);
    expect(said).toEqual({ refundMinor: 100_000n, loweredMinor: 0n });
    // Looking moves nothing.
    expect(await previewOf(trip)).toEqual(said);
    expect((await settle(trip, 3_400_000)).read?.account).toMatchObject(said);
    expect(await previewOf(trip)).toEqual({ refundMinor: 0n, loweredMinor: 0n });
  });

  it("and what is still to be paid becomes less", async () => {
    const trip = await makeTrip("settling");
    await enterBill(trip.manager, trip.bookingId);
    const said = await previewOf(trip);
    expect(said.loweredMinor).toBe(100_000n);
    expect((await settle(trip, 3_400_000)).read?.account).toMatchObject(said);
  });
});

describe("a closed account", () => {
  it("stands until a later invoice, and its lines keep their own order", async () => {
    const trip = await makeTreated();
    const lines = [
      ["Clip procedure", "treatment", 2_900_000],
      ["Telephone", "other", 5_000],
      ["Implant", "device", 400_000],
      ["Night on the ward", "other", 7_000],
      ["Television", "other", 3_000],
    ] as const;
    await enterBill(trip.manager, trip.bookingId, { lines });
    const finance = await makeFinance();
    const viewNow = async () => {
      const read = await billsOfBooking(finance, trip.bookingId);
      if (!read) throw new Error("No such booking.");
      return billsView(read);
    };
    const before = await viewNow();
    expect((await settle(trip, 3_315_000)).reason).toBeNull();
    const after = await viewNow();
    expect(after.account).toMatchObject({ stands: true });
    expect(after.others).toEqual(before.others);
    expect(after.rows).toEqual(before.rows);
    for (const { lines: shown } of [...after.rows, { lines: after.others }]) {
      const places = shown.map(({ position }) => position);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    }
    await enterBill(trip.manager, trip.bookingId, { number: "RE-2", lines: [["Late", "other", 1_000]] });
    expect((await viewNow()).account).toMatchObject({ stands: false });
  });
});
