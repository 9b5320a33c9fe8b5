import { beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";
import { confirmRecall } from "@/lib/payments/confirm-recall";
import { payRelease } from "@/lib/payments/pay-release";
import { releaseView } from "@/lib/payments/payee-view";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { endedReleasesFor, waitingReleasesFor } from "@/lib/payments/read-releases";
import { releaseKey } from "@/lib/payments/release";
import { withdrawRelease } from "@/lib/payments/withdraw-release";
import { makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { ACCOUNT, approveRelease, makeDriven } from "@/tests/support/releases";

const now = () => new Date();
beforeEach(makeTaxSettings);

/** Somebody of a supplier of their own who drives. */
async function makeDriver() {
  const [resourceId, supplierId] = [newId(), newId()];
  const here = { kind: "driver" as const, city: "Cologne", country: "DE" };
  await asPerson(testSystem, async (tx) => {
    await tx.supplier.create({ data: { ...here, id: supplierId, name: `Rides ${supplierId}` } });
    await tx.resource.create({
      data: { ...here, id: resourceId, supplierId, name: "Ina", timeZone: "Europe/Berlin" },
    });
  });
  return resourceId;
}

async function makeDrivenBy(resourceId: string) {
  const { bookingId } = await makeDriven();
  await asPerson(testSystem, (tx) => tx.transfer.updateMany({ where: { bookingId }, data: { resourceId } }));
  return bookingId;
}

async function dueOf(bookingId: string) {
  const group = (await releasableFor(await makeFinance())).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  return group;
}

async function propose(bookingId: string): Promise<string> {
  const group = await dueOf(bookingId);
  const form = { bookingId, contract: group.contract, payee: "", key: releaseKey(group) };
  return valueOf(await proposeRelease(await makeFinance(), form, now())).id;
}

async function shown(id: string, list: typeof waitingReleasesFor | typeof endedReleasesFor) {
  const finance = await makeFinance();
  let page = await list(finance);
  while (!page.items.some((one) => one.id === id) && page.next) page = await list(finance, page.next);
  const row = page.items.find((one) => one.id === id);
  if (!row) throw new Error("The release is gone.");
  return releaseView(row).cameBack;
}

const approve = async (id: string) => valueOf(await approveRelease(await makeFinance(), id, now())).cameBack;
const pay = async (releaseId: string) =>
  valueOf(await payRelease(await makeFinance(), { releaseId, bankReference: "SEPA" }, now()));

/** The bank sent it back, as two people say. */
async function sendBack(releaseId: string, reason: string) {
  const form = { releaseId, reason, evidence: "R-1" };
  const { id } = valueOf(await withdrawRelease(await makeFinance(), form, now()));
  valueOf(await confirmRecall(await makeFinance(), id, now()));
}

it("warns whoever proposes or approves that the last payment to the account came back, until one arrives", async () => {
  const driver = await makeDriver();
  const bookingId = await makeDrivenBy(driver);
  expect(await dueOf(bookingId)).toMatchObject({ cameBack: null });
  const first = await propose(bookingId);
  expect(await approve(first)).toBeNull();
  await pay(first);
  await sendBack(first, "The supplier closed the account");
  const told = { reason: "The supplier closed the account" };
  expect(await dueOf(bookingId)).toMatchObject({ cameBack: { ...told, at: expect.any(Date) } });
  const again = await propose(bookingId);
  expect(await shown(again, waitingReleasesFor)).toMatchObject({ ...told, at: expect.any(String) });
  expect(await approve(again)).toMatchObject(told);
  expect(await shown(again, waitingReleasesFor)).toMatchObject(told);
  await pay(again);
  // What has left is told its own story.
  expect(await shown(again, endedReleasesFor)).toBeNull();
  const next = await makeDrivenBy(driver);
  expect(await dueOf(next)).toMatchObject({ cameBack: null });
  expect(await approve(await propose(next))).toBeNull();
});

it("says nothing once the payee is paid at another account", async () => {
  const driver = await makeDriver();
  const bookingId = await makeDrivenBy(driver);
  const first = await propose(bookingId);
  await approve(first);
  await pay(first);
  await sendBack(first, "Closed");
  const again = await propose(bookingId);
  const elsewhere = { ...ACCOUNT, number: "GB82WEST12345698765432", releaseId: again };
  const { id } = valueOf(await proposePayeeAccount(await makeFinance(), elsewhere, now()));
  expect(await shown(again, waitingReleasesFor)).toMatchObject({ reason: "Closed" });
  valueOf(await confirmPayeeAccount(await makeFinance(), id, now()));
  expect(await shown(again, waitingReleasesFor)).toBeNull();
  expect(await approve(again)).toBeNull();
});
