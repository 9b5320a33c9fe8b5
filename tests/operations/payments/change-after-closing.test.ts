import { expect, it } from "vitest";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { closedAccountOf } from "@/lib/payments/read-closed-account";
import { enterBill, makeTreated, settle } from "@/tests/support/bills";
import { changeForm, lineIdOf } from "@/tests/support/changes";
import { reasonOf } from "@/tests/support/outcomes";
import { makeReviewer } from "@/tests/support/people";

const now = () => new Date();

it("changes nothing of contract A once the final account is closed, until a late invoice opens it again", async () => {
  const trip = await makeTreated();
  const { id: corrects } = await enterBill(trip.manager, trip.bookingId);
  expect(await closedAccountOf(trip.owner, trip.bookingId)).toBeNull();
  await settle(trip, 3_400_000);
  const closedAt = await closedAccountOf(trip.manager, trip.bookingId);
  expect(closedAt).not.toBeNull();
  expect(
    await closedAccountOf(await makeReviewer((await makeTreated()).clinic.id), trip.bookingId),
  ).toBeNull();

  const form = await changeForm(trip, 2_600_000, { reason: "less_needed" });
  for (const author of [trip.manager, trip.owner])
    expect(reasonOf(await proposeChange(author, form, now()))).toBe("account_closed");

  await enterBill(trip.manager, trip.bookingId, { number: "RE-LATE", corrects });
  expect(await closedAccountOf(trip.owner, trip.bookingId)).toBeNull();
  const both = await Promise.all([1, 2].map(() => proposeChange(trip.manager, form, now())));
  expect(both.map((one) => (one.ok ? "done" : one.reason)).toSorted()).toEqual(["change_waiting", "done"]);
});

it("leaves what we sell to be changed: it is no part of the hospital's account", async () => {
  const trip = await makeTreated();
  await enterBill(trip.manager, trip.bookingId);
  await settle(trip, 3_400_000);
  const lines = [{ lineId: await lineIdOf(trip.bookingId, "translation"), amount: 1, cause: "Fewer pages" }];
  const form = await changeForm(trip, 1, { contract: "B", reason: "less_needed", lines });
  expect(reasonOf(await proposeChange(trip.owner, form, now()))).toBe("done");
});
