import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { setCapacity } from "@/lib/bookings/set-capacity";
import { journeyOf } from "@/lib/desk/queries/journey";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { bookingNow, makeHold, onlyTreatment, runOut } from "../../support/bookings";
import { makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { newCity, slotNow } from "../../support/holds";
import { makeManager } from "../../support/people";

const now = () => new Date();

describe("a hold past its time that nobody has swept yet", () => {
  it("keeps no driver from another trip: the desk sees them free, and assigns them", async () => {
    const place = newCity();
    const lines = [...onlyTreatment, line("transfer_arrival", 1)];
    const [first, second] = [
      await makeAcceptedCase({ clinicWish: place, lines }),
      await makeAcceptedCase({ clinicWish: place, lines }),
    ];
    const driver = await makeResource("driver", place);
    const arrivalOn = addDays(dayOf(first.clinic.slots[0]?.on ?? now()), -1);
    const old = await makeHold(first, { arrivalOn });
    await makeResource("driver", place);
    const held = await makeHold(second, { arrivalOn });
    const [ride] = held.transfers;
    const keeper = old.transfers[0]?.resourceId ?? "";
    expect(keeper).toBe(driver.id);
    const assign = () => moveTransfer(second.owner, ride?.id ?? "", "assign", { resourceId: keeper }, now());
    expect(await assign()).toMatchObject({ reason: "resource_busy" });

    await runOut(old.id);
    const { bookings } = await journeyOf(second.owner, second.caseId);
    const seen = bookings[0]?.rides[0]?.candidates.find(({ person }) => person.id === keeper);
    expect(seen?.isFree).toBe(true);
    expect(await assign()).toMatchObject({ value: { row: { resourceId: keeper } } });
    expect(await bookingNow(old.id)).toMatchObject({ state: "cancelled", cancelCause: "hold_expired" });
  });

  it("keeps no place of a centre that takes its day back; one that still runs does", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(accepted);
    const manager = await makeManager(accepted.clinic.id);
    const lines = [{ treatment: "teer", on: dayOf(held.treatmentOn), capacity: 0 }];
    expect(await setCapacity(manager, lines, now())).toMatchObject({ reason: "capacity_below_taken" });
    await runOut(held.id);
    expect(await setCapacity(manager, lines, now())).toMatchObject({ ok: true });
    expect(await slotNow(held.slotId)).toMatchObject({ capacity: 0, taken: 0 });
  });
});
