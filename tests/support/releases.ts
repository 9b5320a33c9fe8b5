import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { approveRelease as approveShown } from "@/lib/payments/approve-release";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";
import { payeeAccountForm } from "@/lib/payments/payee-form";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";
import { deliverRide, makeFullyPaid } from "./invoices";
import { valueOf } from "./outcomes";
import { makeFinance, testSystem } from "./people";

export const ACCOUNT = payeeAccountForm.parse({
  ...{ holder: "Rides Gesellschaft mbH", number: "DE89 3704 0044 0532 0130 00", bic: "COBADEFF370" },
  source: "Invoice R-1, read back by telephone",
});

/** The confirmed account of a release's payee; where there is none, two people see to it. */
export async function accountOf(releaseId: string): Promise<string> {
  const finance = await makeFinance();
  const known = await asPerson(finance, async (tx) => {
    const release = await tx.release.findUnique({ where: { id: releaseId } });
    // Of no release there is no payee; whoever asks for it is told so.
    if (!release) return { id: newId(), state: "confirmed" as const };
    const { payeeKey } = release;
    return tx.payeeAccount.findFirst({ where: { payeeKey, state: { in: ["confirmed", "proposed"] } } });
  });
  if (known?.state === "confirmed") return known.id;
  const { id } = known ?? valueOf(await proposePayeeAccount(finance, { ...ACCOUNT, releaseId }, new Date()));
  // Another test of the same payee may have confirmed it meanwhile.
  await confirmPayeeAccount(await makeFinance(), id, new Date());
  return id;
}

/** The yes of a person who was shown the payee's account. */
export async function approveRelease(finance: Finance, releaseId: string, now: Date) {
  return approveShown(finance, { releaseId, accountId: await accountOf(releaseId) }, now);
}

/** A paid trip whose patient was driven, which nobody has proposed to pass on. */
export async function makeDriven() {
  const made = await makeFullyPaid();
  const { bookingId, caseId } = made;
  await deliverRide(bookingId);
  await asPerson(testSystem, (tx) =>
    tx.transfer.create({
      data: {
        ...{ bookingId, caseId, direction: "arrival", state: "done", timeZone: "Europe/Berlin" },
        ...{ pickupPlace: "Airport", dropPlace: "Clinic", pickupAt: new Date() },
      },
    }),
  );
  return made;
}
