import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { bookingsToSettle } from "@/lib/desk/queries/bills";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { approveRelease } from "@/tests/support/releases";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { waitingReleasesFor } from "@/lib/payments/read-releases";
import { refuseRelease } from "@/lib/payments/refuse-release";
import { releaseKey } from "@/lib/payments/release";
import { enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";

const now = () => new Date();
type Treated = Awaited<ReturnType<typeof makeTreated>>;

/** Marks what was booked of contract A as delivered: the treatment, the device, or both. */
function deliver(bookingId: string, ...kinds: string[]) {
  return asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({ where: { bookingId, kind: { in: kinds } }, data: { deliveredAt: now() } }),
  );
}

async function dueOf({ bookingId }: Treated) {
  const { due } = await releasableFor(await makeFinance());
  return due.find((one) => one.bookingId === bookingId && one.contract === "A");
}

async function propose(trip: Treated) {
  const group = await dueOf(trip);
  if (!group) throw new Error("Nothing is due to the hospital.");
  const form = { bookingId: trip.bookingId, contract: "A" as const, payee: "", key: releaseKey(group) };
  return valueOf(await proposeRelease(await makeFinance(), form, now())).id;
}

const sumOf = (lines: readonly { amountMinor: bigint }[] = []) =>
  lines.reduce((sum, line) => sum + line.amountMinor, 0n);

/** Everything delivered and billed a little below what was agreed and paid. */
async function makeSettled() {
  const trip = await makeTreated();
  const { id: billId } = await enterBill(trip.manager, trip.bookingId);
  expect((await settle(trip, 3_400_000)).reason).toBeNull();
  for (const refund of await refundsNow(trip.bookingId))
    valueOf(await approveRefund(await makeFinance(), refund.id, now()));
  await deliver(trip.bookingId, "treatment", "device");
  return { trip, billId };
}

describe("what a hospital is passed on", () => {
  it("is not approved by an account the hospital has corrected since, and what is owed now is", async () => {
    const { trip, billId } = await makeSettled();
    const stale = await propose(trip);
    await enterBill(trip.manager, trip.bookingId, { number: "RE-2", corrects: billId });
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    expect(reasonOf(await approveRelease(await makeFinance(), stale, now()))).toBe("release_stale");
    valueOf(await refuseRelease(await makeFinance(), { releaseId: stale, reason: "corrected" }, now()));
    expect(sumOf((await dueOf(trip))?.lines)).toBe(3_400_000n);
    valueOf(await approveRelease(await makeFinance(), await propose(trip), now()));
  });

  it("is shown to the second person with the bill it rests on, who closed the account, and the centre's legal name", async () => {
    const { trip, billId } = await makeSettled();
    const id = await propose(trip);
    const finance = await makeFinance();
    let page = await waitingReleasesFor(finance);
    while (!page.items.some((one) => one.id === id) && page.next)
      page = await waitingReleasesFor(finance, page.next);
    const row = page.items.find((one) => one.id === id);
    const { legalName } = await openDb().clinic.findUniqueOrThrow({ where: { id: trip.clinic.id } });
    expect(row).toMatchObject({ legalName, payeeKey: `clinic:${trip.clinic.id}` });
    expect(row?.lines.map(({ proof }) => proof)).toEqual(
      [1, 2].map(() => ({
        ...{
          by: finance.name,
          byRole: "finance",
          at: expect.any(Date),
          note: null,
          doer: null,
          minutes: null,
        },
        documents: [{ id: billId, number: "RE-1" }],
      })),
    );
  });

  it("leaves what a refund nobody has approved yet is to give back", async () => {
    const { trip } = await makeSettled();
    const id = await propose(trip);
    const [payment] = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { bookingId: trip.bookingId }, orderBy: { succeededAt: "desc" } }),
    );
    await asPerson(testSystem, (tx) =>
      tx.refund.create({
        data: {
          ...{ paymentId: payment?.id ?? "", bookingId: trip.bookingId, caseId: trip.caseId, sequence: 1 },
          ...{ cause: "goodwill", currency: "EUR", amountMinor: 1n, idempotencyKey: newId() },
          quote: { treatment: "1", services: "0", fee: "0" },
        },
      }),
    );
    expect(reasonOf(await approveRelease(await makeFinance(), id, now()))).toBe("held_too_little");
    const refund = (await refundsNow(trip.bookingId)).find((one) => one.cause === "goodwill");
    valueOf(await approveRefund(await makeFinance(), refund?.id ?? "", now()));
    // What went back is no longer held either.
    expect(reasonOf(await approveRelease(await makeFinance(), id, now()))).toBe("held_too_little");
  });

  it("counts what was passed on before: a second delivery is paid out of what is still owed alone", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    await deliver(trip.bookingId, "treatment");
    expect(sumOf((await dueOf(trip))?.lines)).toBe(3_000_000n);
    await propose(trip);
    await deliver(trip.bookingId, "device");
    expect(sumOf((await dueOf(trip))?.lines)).toBe(400_000n);
    await propose(trip);
    expect(await dueOf(trip)).toBeUndefined();
  });

  it("waits for a bill only as long as one can come, and what an account says is owed stays due", async () => {
    const [unbilled, { trip: settled }] = [await makeTreated(), await makeSettled()];
    await deliver(unbilled.bookingId, "treatment", "device");
    const waits = async () => {
      const { waiting } = await releasableFor(await makeFinance());
      return waiting.filter((line) => line.bookingId === unbilled.bookingId).map(({ reason }) => reason);
    };
    const isListed = async () => {
      const listed = await bookingsToSettle(await makeFinance(), now());
      return listed.some(({ id }) => id === unbilled.bookingId);
    };
    expect([await waits(), await isListed()]).toEqual([["no_account", "no_account"], true]);
    for (const { caseId } of [unbilled, settled])
      await asPerson(testSystem, (tx) =>
        tx.case.update({ where: { id: caseId }, data: { stage: "closed" } }),
      );
    expect([await waits(), await isListed()]).toEqual([[], false]);
    expect(sumOf((await dueOf(settled))?.lines)).toBe(3_400_000n);
  });

  it("is held by the database within the newest account, whoever writes", async () => {
    const trip = await makeTreated();
    await enterBill(trip.manager, trip.bookingId);
    await settle(trip, 3_400_000);
    await deliver(trip.bookingId, "treatment", "device");
    const { bookingId, caseId } = trip;
    const write = (treatment: bigint) =>
      asPerson(testSystem, async (tx) => {
        const services = await tx.bookingService.findMany({
          where: { bookingId, kind: { in: ["treatment", "device"] } },
        });
        const releaseId = newId();
        const about = { bookingId, caseId, taxMinor: 0n };
        const amountMinor = treatment + 500_000n;
        const release = {
          ...about,
          id: releaseId,
          contract: "A" as const,
          payee: "A",
          payeeKey: "name:a",
          currency: "EUR",
        };
        await tx.release.create({ data: { ...release, amountMinor, proposedById: trip.owner.personId } });
        await tx.releaseLine.createMany({
          data: services.map(({ id, kind }) => ({
            ...{ ...about, id: newId(), releaseId, serviceId: id, kind, deliveredAt: now() },
            ...{ evidence: "final_account", evidenceId: newId() },
            amountMinor: kind === "device" ? 500_000n : treatment,
          })),
        });
      });
    await expect(write(2_900_001n)).rejects.toThrow(/newest account/);
    await write(2_900_000n);
  });
});
