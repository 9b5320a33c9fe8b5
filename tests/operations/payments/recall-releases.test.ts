import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRelease, makeDriven } from "@/tests/support/releases";
import { confirmRecall } from "@/lib/payments/confirm-recall";
import { payRelease } from "@/lib/payments/pay-release";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { endedReleasesFor, waitingReleasesFor } from "@/lib/payments/read-releases";
import { refuseRecall } from "@/lib/payments/refuse-recall";
import { releaseKey } from "@/lib/payments/release";
import { withdrawRelease } from "@/lib/payments/withdraw-release";
import { booked, makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, reasonsOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient } from "@/tests/support/people";

const now = () => new Date();
beforeEach(makeTaxSettings);

async function propose(bookingId: string): Promise<string> {
  const finance = await makeFinance();
  const group = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: group.contract, payee: "Rides GmbH", key: releaseKey(group) };
  return valueOf(await proposeRelease(finance, form, now())).id;
}

/** A driven ride whose release a second person has approved, and the books before anybody did. */
async function makeApproved() {
  const made = await makeDriven();
  const { bookingId } = made;
  const before = await booked(bookingId);
  const releaseId = await propose(bookingId);
  valueOf(await approveRelease(await makeFinance(), releaseId, now()));
  return { ...made, before, releaseId };
}

const pay = async (releaseId: string) =>
  payRelease(await makeFinance(), { releaseId, bankReference: "SEPA 1" }, now());

async function ask(releaseId: string, evidence?: string) {
  const finance = await makeFinance();
  const form = { releaseId, reason: "wrong account", evidence };
  return { finance, outcome: await withdrawRelease(finance, form, now()) };
}

/** Every account that moved, back where it was. */
function expectBack(after: Record<string, bigint>, before: Record<string, bigint>) {
  for (const [account, minor] of Object.entries(after))
    expect([account, minor]).toEqual([account, before[account] ?? 0n]);
}

describe("a release taken back", () => {
  it("before the bank has it, is held again by entries of its own once a second person agreed, and can be proposed anew", async () => {
    const { releaseId, bookingId, before } = await makeApproved();
    const { finance, outcome } = await ask(releaseId);
    const { id } = valueOf(outcome);
    expect(reasonOf(await pay(releaseId))).toBe("recall_waits");
    expect(reasonOf((await ask(releaseId)).outcome)).toBe("recall_waits");
    expect(reasonOf(await confirmRecall(finance, id, now()))).toBe("same_person");
    const both = await Promise.all([1, 2].map(async () => confirmRecall(await makeFinance(), id, now())));
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    expectBack(await booked(bookingId), before);
    expect(
      await openDb().ledgerTx.count({ where: { reference: { startsWith: `release:${releaseId}` } } }),
    ).toBe(2);
    expect(reasonOf(await pay(releaseId))).toBe("illegal_transition");
    const again = await propose(bookingId);
    valueOf(await approveRelease(await makeFinance(), again, now()));
    const events = await openDb().auditEvent.findMany({
      where: { objectId: releaseId },
      orderBy: { at: "asc" },
    });
    expect(events.map((row) => row.event)).toEqual([
      "release.proposed",
      "release.approved",
      "release.recall_proposed",
      "release.withdrawn",
    ]);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("after the bank sent it back, asks for the bank's reference and turns both steps round", async () => {
    const { releaseId, bookingId, before } = await makeApproved();
    valueOf(await pay(releaseId));
    expect(reasonOf((await ask(releaseId)).outcome)).toBe("invalid_evidence");
    const { id } = valueOf((await ask(releaseId, "RETURN 7")).outcome);
    const finance = await makeFinance();
    const waiting = (await waitingReleasesFor(finance)).items.find((one) => one.id === releaseId);
    expect(waiting).toMatchObject({ state: "paid", recall: { evidence: "RETURN 7", state: "proposed" } });
    valueOf(await confirmRecall(finance, id, now()));
    expectBack(await booked(bookingId), before);
    const ended = (await endedReleasesFor(finance)).items.find((one) => one.id === releaseId);
    expect(ended).toMatchObject({ state: "returned", bankReference: "SEPA 1" });
    expect(reasonOf((await ask(releaseId, "RETURN 8")).outcome)).toBe("illegal_transition");
    expect((await releasableFor(finance)).due.some((one) => one.bookingId === bookingId)).toBe(true);
  });

  it("stands after all when somebody says so, and is paid then", async () => {
    const { releaseId } = await makeApproved();
    const { finance, outcome } = await ask(releaseId);
    const { id } = valueOf(outcome);
    valueOf(await refuseRecall(finance, id, now()));
    expect(reasonOf(await confirmRecall(await makeFinance(), id, now()))).toBe("illegal_transition");
    valueOf(await pay(releaseId));
  });

  it("was approved or paid before: one that waits for approval is refused instead", async () => {
    const { releaseId } = await makeApproved();
    const { id } = valueOf((await ask(releaseId)).outcome);
    valueOf(await confirmRecall(await makeFinance(), id, now()));
    expect(reasonOf((await ask(releaseId)).outcome)).toBe("illegal_transition");
    expect(reasonOf((await ask(newId())).outcome)).toBe("not_found");
  });

  it("is nobody's but finance's, and no single person's, whoever writes past the verbs", async () => {
    const { releaseId, patient } = await makeApproved();
    const { finance, outcome } = await ask(releaseId);
    const { id } = valueOf(outcome);
    for (const stranger of [patient, await makePatient(), await makeCoordinator()])
      expect(await asPerson(stranger, (tx) => tx.releaseRecall.count())).toBe(0);
    const run = (sql: string) => asPerson(finance, (tx) => tx.$executeRawUnsafe(sql));
    const confirm = `UPDATE "ReleaseRecall" SET state = 'confirmed', "answeredAt" = now(), "answeredById" = '${finance.personId}' WHERE id = '${id}'`;
    await expect(run(confirm)).rejects.toThrow(/two_people/);
    const end = `UPDATE "Release" SET state = 'withdrawn', "recalledAt" = now(), "recalledById" = '${finance.personId}' WHERE id = '${releaseId}'`;
    await expect(run(end)).rejects.toThrow(/row-level/);
  });
});
