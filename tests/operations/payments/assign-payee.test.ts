import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { assignPayee } from "@/lib/payments/assign-payee";
import { proposeRelease } from "@/lib/payments/propose-release";
import { readReleasable } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { makeResource } from "@/tests/support/clinics";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";

beforeEach(makeTaxSettings);

const releasable = (bookingId: string) => asPerson(testSystem, (tx) => readReleasable(tx, [bookingId]));

/** A delivered line two firms have driven for. */
async function makeShared() {
  const { bookingId, caseId } = await makeFullyPaid();
  const [one, other] = [await makeResource("driver"), await makeResource("driver")];
  await deliverRide(bookingId);
  for (const { id: resourceId } of [one, other])
    await asPerson(testSystem, (tx) =>
      tx.transfer.create({
        data: {
          ...{ bookingId, caseId, resourceId, direction: "arrival", state: "done" },
          ...{ timeZone: "Europe/Berlin", pickupPlace: "Airport", dropPlace: "Clinic", pickupAt: new Date() },
        },
      }),
    );
  const [line] = (await releasable(bookingId)).waiting;
  if (!line) throw new Error("Nothing waits.");
  return { bookingId, line, serviceId: line.serviceId, one, other };
}

const reason = "The second ride was an errand for the first firm.";

describe("a line that two suppliers served", () => {
  it("is paid to the one finance has named, with the reason and a trace", async () => {
    const { bookingId, line, serviceId, one, other } = await makeShared();
    expect(line.reason).toBe("several_suppliers");
    const ids = line.suppliers?.map(({ id }) => id).toSorted();
    expect(ids).toEqual([one.supplierId, other.supplierId].toSorted());
    const finance = await makeFinance();
    valueOf(await assignPayee(finance, { serviceId, supplierId: other.supplierId, reason }));
    const { due, waiting } = await releasable(bookingId);
    expect(waiting).toEqual([]);
    expect(due).toMatchObject([{ payeeKey: `supplier:${other.supplierId}`, lines: [{ serviceId }] }]);
    const [group] = due;
    const form = { bookingId, contract: "B" as const, key: group ? releaseKey(group) : "" };
    expect(await proposeRelease(finance, form, new Date())).toMatchObject({ ok: true });
    const trace = await openDb().auditEvent.findFirst({ where: { objectId: serviceId } });
    expect(trace).toMatchObject({ event: "release.payee_named", actorId: finance.personId });
  });

  it("goes to nobody who did not serve it, and of two who name at once one wins", async () => {
    const { serviceId, one, other } = await makeShared();
    const finance = await makeFinance();
    const stranger = await makeResource("driver");
    expect(await assignPayee(finance, { serviceId, supplierId: stranger.supplierId, reason })).toMatchObject({
      reason: "release_stale",
    });
    expect(
      await assignPayee(finance, { serviceId: newId(), supplierId: one.supplierId, reason }),
    ).toMatchObject({ reason: "not_found" });
    const both = await Promise.all(
      [one, other].map(({ supplierId }) => assignPayee(finance, { serviceId, supplierId, reason })),
    );
    expect(both.map((answer) => answer.ok || answer.reason).toSorted()).toEqual(["release_stale", true]);
  });

  it("is named by somebody who says why, whatever the code asks", async () => {
    const { serviceId, one } = await makeShared();
    const named = asPerson(testSystem, (tx) =>
      tx.bookingService.updateMany({
        where: { id: serviceId },
        data: { supplierId: one.supplierId, payeeNamedById: newId() },
      }),
    );
    await expect(named).rejects.toSatisfy(isCheckViolation);
  });
});
