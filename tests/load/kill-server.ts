import { createServer, type IncomingMessage } from "node:http";
import { POST as webhook } from "@/app/api/stripe/webhook/route";
import type { Role } from "@/lib/kernel/actor";
import { bookingsFor } from "@/lib/bookings/queries";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { cancelBookingForm, deliverServiceForm, signForm } from "@/lib/bookings/forms";
import { signContract } from "@/lib/bookings/sign-contract";
import { dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { personAs, systemActor } from "@/lib/infra/session";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm } from "@/lib/payments/forms";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { startCheckout } from "@/lib/payments/start-checkout";

/** What one request asks for: who asks, and about what. */
interface Asked {
  personId: string;
  caseId: string;
  bookingId: string;
  estimateId: string;
  slotId: string;
  contract: "A" | "B";
  refundId: string;
  /** Of money finance enters: the same one is booked once. */
  transferId: string;
}

const system = systemActor("kill-trial");

async function person<R extends Role>(role: R, id: string) {
  const row = await openDb().person.findUniqueOrThrow({ where: { id } });
  const found = personAs({ ...row, personId: row.id }, role);
  if (!found) throw new Error(`Nobody is a ${role} here.`);
  return found;
}

/** The verbs of the journey, as the product's own doors call them. */
const DOORS: Record<string, (asked: Asked) => Promise<unknown>> = {
  hold: async ({ personId, estimateId, slotId }) => {
    const form = holdBookingForm.parse({ estimateId, slotId, services: [], language: "ru" });
    return holdBooking(await person("patient", personId), form, new Date());
  },
  sign: async ({ personId, bookingId, contract }) => {
    const patient = await person("patient", personId);
    const form = signForm.parse({ contract, typedName: patient.name });
    return signContract(patient, bookingId, form, new Date());
  },
  start: async ({ personId, bookingId }) => {
    const patient = await person("patient", personId);
    const item = await asPerson(patient, (tx) =>
      tx.planItem.findFirstOrThrow({ where: { bookingId, kind: "deposit" }, select: { id: true } }),
    );
    return startCheckout(patient, item.id, new Date());
  },
  confirm: async ({ personId, bookingId }) =>
    confirmBooking(await person("clinic_manager", personId), bookingId, new Date()),
  transfer: async ({ personId, bookingId, transferId }) => {
    const finance = await person("finance", personId);
    const item = await asPerson(finance, (tx) =>
      tx.planItem.findFirstOrThrow({ where: { bookingId, kind: "balance" } }),
    );
    const money = { amount: Number(item.amountMinor), currency: item.currency };
    const form = bankTransferForm.parse({ planItemId: item.id, ...money, receivedOn: dayOf(new Date()) });
    const entry = { id: transferId, isAgain: false };
    return recordBankTransfer(finance, form, new Date(), entry);
  },
  deliver: async ({ personId, bookingId }) => {
    const coordinator = await person("coordinator", personId);
    const service = await asPerson(coordinator, (tx) =>
      tx.bookingService.findFirstOrThrow({ where: { bookingId, kind: "translation" } }),
    );
    const said = { deliveredOn: dayOf(new Date()), note: "Voucher 17." };
    const form = deliverServiceForm.parse({ serviceId: service.id, ...said });
    return recordDelivery(coordinator, form, new Date());
  },
  cancel: async ({ personId, bookingId }) => {
    const form = cancelBookingForm.parse({ cause: "operator_failure" });
    return cancelBooking(await person("coordinator", personId), bookingId, form, new Date());
  },
  approve: async ({ personId, refundId }) =>
    approveRefund(await person("finance", personId), refundId, new Date()),
  sent: async ({ personId, refundId }) =>
    settleBankRefund(await person("finance", personId), refundId, new Date(), "SEPA-17"),
  reconcile: () => reconcilePayments(system, new Date(Date.now() + 120_000)),
  bookings: async ({ personId, caseId }) => {
    const { items } = await bookingsFor(await person("patient", personId), { caseId, limit: 5 });
    return items.map(({ id, state }) => ({ id, state }));
  },
  refunds: ({ bookingId }) =>
    asPerson(system, (tx) =>
      tx.refund.findMany({
        where: { bookingId },
        select: { id: true, state: true, payment: { select: { method: true } } },
      }),
    ),
};

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}

async function answer(incoming: IncomingMessage): Promise<{ status: number; body: string }> {
  const body = await bodyOf(incoming);
  const url = `http://127.0.0.1${incoming.url ?? "/"}`;
  if (incoming.url === "/api/stripe/webhook") {
    const headers = { "stripe-signature": String(incoming.headers["stripe-signature"] ?? "") };
    const { status } = await webhook(new Request(url, { method: "POST", body, headers }));
    return { status, body: "" };
  }
  const door = DOORS[(incoming.url ?? "/").slice(1)];
  if (!door) return { status: 404, body: "" };
  const value = await door(JSON.parse(body));
  const plain = (_key: string, one: unknown) => (typeof one === "bigint" ? one.toString() : one);
  return { status: 200, body: JSON.stringify(value, plain) };
}

const server = createServer((incoming, outgoing) => {
  void answer(incoming)
    .catch((error: unknown) => ({ status: 500, body: String(error) }))
    .then(({ status, body }) => {
      outgoing.statusCode = status;
      outgoing.end(body);
    });
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
});
