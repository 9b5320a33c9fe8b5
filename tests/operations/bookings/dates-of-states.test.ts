import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeAcceptedCase } from "../../support/estimates";
import { testSystem } from "../../support/people";

const at = new Date();
const paid = { paidAt: at };
const confirmed = { ...paid, confirmedAt: at };

describe("the dates of a booking", () => {
  it("are those of its state, whatever the code writes", async () => {
    const { id } = await makeHold(await makeAcceptedCase({ lines: onlyTreatment }));
    const write = (data: object) => asPerson(testSystem, (tx) => tx.booking.update({ where: { id }, data }));

    for (const data of [
      { holdExpiresAt: null },
      { state: "awaiting_deposit", holdExpiresAt: null },
      { cancelledAt: at },
      { state: "cancelled", cancelCause: "hold_expired" },
      { state: "cancelled", cancelledAt: at },
    ])
      await expect(write(data), JSON.stringify(data)).rejects.toThrow("booking_dates_fit");

    await write({ state: "awaiting_deposit" });
    await expect(write({ state: "awaiting_centre" })).rejects.toThrow("booking_dates_fit");
    await write({ state: "awaiting_centre", ...paid });
    await expect(write({ state: "confirmed" })).rejects.toThrow("booking_dates_fit");
    await write({ state: "confirmed", ...confirmed });
    await expect(write({ confirmedAt: null })).rejects.toThrow("booking_dates_fit");
    await expect(write({ paidAt: null })).rejects.toThrow("booking_dates_fit");
    await expect(write({ state: "completed", paidAt: null })).rejects.toThrow("booking_dates_fit");
    await write({ state: "completed", completedAt: at });
    await expect(write({ cancelledAt: at })).rejects.toThrow("booking_dates_fit");
  });
});
