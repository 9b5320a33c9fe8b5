import { dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { deliverServiceForm } from "@/lib/bookings/forms";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { releaseKey } from "@/lib/payments/release";
import { bookingNow } from "./bookings";
import { valueOf } from "./outcomes";
import { makeCoordinator, makeFinance, testSystem } from "./people";
import { approveRelease } from "./releases";

interface Booked {
  bookingId: string;
}

/** Every translation of a booking was made today. */
export async function deliverTranslation({ bookingId }: Booked): Promise<void> {
  const { services } = await bookingNow(bookingId);
  for (const { id: serviceId } of services.filter(({ kind }) => kind === "translation")) {
    const mark = deliverServiceForm.parse({ serviceId, deliveredOn: dayOf(new Date()), note: "Sent." });
    valueOf(await recordDelivery(await makeCoordinator(), mark, new Date()));
  }
}

/** What is due of contract B is proposed by one person of finance and answered by another. */
export async function passOn({ bookingId }: Booked) {
  const finance = await makeFinance();
  const due = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!due) throw new Error("Nothing is due.");
  const form = { bookingId, contract: "B" as const, payee: "Office", key: releaseKey(due) };
  const { id } = valueOf(await proposeRelease(finance, form, new Date()));
  return approveRelease(await makeFinance(), id, new Date());
}

/** What stands on invoices and is not credited, by the kind of line. */
export async function invoicedOf({ bookingId }: Booked): Promise<Record<string, bigint>> {
  const lines = await asPerson(
    testSystem,
    (tx) => tx.$queryRaw<{ kind: string; net: bigint }[]>`
      SELECT kind, sum(CASE WHEN "creditsLineId" IS NULL THEN "grossMinor" ELSE -"grossMinor" END)::bigint AS net
        FROM "InvoiceLine" WHERE "bookingId" = ${bookingId}::uuid GROUP BY 1`,
  );
  return Object.fromEntries(lines.map(({ kind, net }) => [kind, net]));
}
