import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { paymentsOf } from "./scope";

/** The payment behind a provider's payment page, for whoever comes back from it; null for a stranger. */
export function readSessionPayment(patient: Patient, caseId: string, sessionId: string) {
  return asPerson(patient, (tx) =>
    tx.payment.findFirst({
      where: { AND: [{ caseId, sessionId }, paymentsOf(patient)] },
      select: {
        id: true,
        state: true,
        amountMinor: true,
        currency: true,
        planItem: { select: { kind: true } },
        opinion: { select: { number: true } },
      },
    }),
  );
}
