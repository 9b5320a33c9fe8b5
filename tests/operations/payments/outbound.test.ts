import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { approveRefund } from "@/lib/payments/approve-refund";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout, startOpinionCheckout } from "@/lib/payments/start-checkout";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { makeOffered, orderOf } from "@/tests/support/opinions";
import { makeUnpaidBooking, type Provider, startProvider } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { SEEN } from "@/tests/support/refunds";

/** One request as it left us, before any program understood it. */
interface Sent {
  line: string;
  headers: string;
  body: string;
}

let provider: Provider;
const sent: Sent[] = [];

// Stands between us and the provider and writes down what passes.
const listener = createServer((incoming, outgoing) => {
  void passOn(incoming).then(({ status, body }) => {
    outgoing.writeHead(status, { "content-type": "application/json" });
    outgoing.end(body);
  });
});

async function passOn(incoming: IncomingMessage): Promise<{ status: number; body: string }> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  const body = Buffer.concat(parts).toString("utf8");
  const { method = "GET", url = "/" } = incoming;
  sent.push({ line: `${method} ${url}`, headers: JSON.stringify(incoming.headers), body });
  const headers = Object.fromEntries(
    ["authorization", "content-type", "idempotency-key", "stripe-version"].flatMap((name) => {
      const value = incoming.headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
  const answer = await fetch(`${provider.url}${url}`, { method, headers, ...(body ? { body } : {}) });
  return { status: answer.status, body: await answer.text() };
}

beforeAll(async () => {
  provider = await startProvider();
  await new Promise<void>((resolve) => {
    listener.listen(0, "127.0.0.1", resolve);
  });
  const address = listener.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.env.STRIPE_API_BASE = `http://127.0.0.1:${port}`;
  dropStripe();
});

afterAll(async () => {
  listener.close();
  listener.closeAllConnections();
  await provider.stop();
  dropStripe();
});

const CANARIES = {
  problem: "canary-tricuspid-regurgitation",
  redFlag: "canary-syncope",
  treatment: "canary-teer",
  device: "canary-clip",
  line: "canary-workup",
  clinic: "canary-heart-centre",
  city: "canary-city",
  patient: "Canary Patientname",
};

/** A booking whose every free word says what nobody outside may read. */
async function makeTelltale() {
  const made = await makeUnpaidBooking({ answer: { fitToTravel: "yes", diagnosis: CANARIES.problem } });
  await asPerson(testSystem, (tx) =>
    tx.case.update({
      where: { id: made.caseId },
      data: {
        ...{ problem: CANARIES.problem, treatment: CANARIES.treatment, contactName: CANARIES.patient },
        redFlags: { [CANARIES.redFlag]: true },
      },
    }),
  );
  await openDb().clinic.update({
    where: { id: made.clinic.id },
    data: { name: CANARIES.clinic, city: CANARIES.city, departments: [CANARIES.device] },
  });
  await openDb().person.update({
    where: { id: made.patient.personId },
    data: { name: CANARIES.patient, email: `canary-${made.patient.email}` },
  });
  await asPerson(testSystem, (tx) =>
    tx.bookingService.updateMany({
      where: { bookingId: made.bookingId, kind: { not: "operator_fee" } },
      data: { kind: CANARIES.line },
    }),
  );
  return made;
}

async function wholeStory() {
  const made = await makeTelltale();
  const page = await startCheckout(made.patient, made.depositId, new Date());
  if (!page.ok) throw new Error(page.reason);
  await provider.pay(page.value.url, "4000000000000002");
  await provider.pay(page.value.url);
  await settlePayment(testSystem, page.value.paymentId, new Date());
  await provider.work();
  const balance = await startCheckout(made.patient, made.balanceId, new Date());
  if (!balance.ok) throw new Error(balance.reason);
  const form = { cause: "visa_refused" as const, endCase: false };
  const ended = await cancelBooking(made.patient, made.bookingId, form, new Date());
  if (!ended.ok) throw new Error(ended.reason);
  await settlePayment(testSystem, balance.value.paymentId, new Date());
  const finance = await makeFinance();
  const refunds = await asPerson(testSystem, (tx) =>
    tx.refund.findMany({ where: { bookingId: made.bookingId } }),
  );
  for (const { id } of refunds) {
    await approveRefund(finance, id, new Date(), SEEN);
    await sendRefund(testSystem, id, new Date());
  }
  await buyOpinion();
  await reconcilePayments(testSystem, addMinutes(new Date(), 2));
  return { ...made, refunds: refunds.length };
}

/** A second opinion of the same centre, paid and given back. */
async function buyOpinion() {
  const made = await makeOffered();
  await openDb().clinic.update({
    where: { id: made.clinic.id },
    data: { name: CANARIES.clinic, legalName: CANARIES.clinic, city: CANARIES.city },
  });
  await asPerson(testSystem, (tx) =>
    tx.case.update({
      where: { id: made.caseId },
      data: { problem: CANARIES.problem, contactName: CANARIES.patient },
    }),
  );
  const ordered = await askOpinion(made.patient, made.caseId, orderOf(made.clinic.slug), new Date());
  if (!ordered.ok) throw new Error(ordered.reason);
  const page = await startOpinionCheckout(made.patient, ordered.value.id, new Date());
  if (!page.ok) throw new Error(page.reason);
  await provider.pay(page.value.url);
  await settlePayment(testSystem, page.value.paymentId, new Date());
  const ended = await cancelOpinion(made.patient, ordered.value.id, new Date());
  if (!ended.ok) throw new Error(ended.reason);
  const [refund] = await asPerson(testSystem, (tx) =>
    tx.refund.findMany({ where: { paymentId: page.value.paymentId } }),
  );
  await sendRefund(testSystem, refund?.id ?? "", new Date());
}

const plainOf = ({ line, headers, body }: Sent) =>
  decodeURIComponent(`${line} ${headers} ${body}`.replaceAll("+", " ")).toLowerCase();

it("tells the provider nothing about anybody's health, name or centre in any request of a whole story", async () => {
  const made = await wholeStory();

  expect(made.refunds).toBeGreaterThan(0);
  const lines = sent.map(({ line }) => line.split("?")[0]?.replaceAll(/(cs|re|pi|ch)_\w+/g, "$1"));
  for (const wanted of [
    "POST /v1/checkout/sessions",
    "POST /v1/checkout/sessions/cs/expire",
    "POST /v1/refunds",
  ])
    expect(lines).toContain(wanted);
  const words = [
    ...[
      ...Object.values(CANARIES),
      made.patient.email,
      made.patient.name,
      made.caseId.slice(0, 0) || "canary",
    ],
    ...[
      "mitral",
      "tricuspid",
      "aortic",
      "valve",
      "teer",
      "tavi",
      "heart",
      "cardi",
      "echo",
      "diagnos",
      "treatment",
      "opinion",
    ],
  ].map((word) => word.toLowerCase());
  // The product's own name, which is the operator's and stands in every account.
  const told = sent.map((one) => plainOf(one).replaceAll("valvia", ""));
  expect(words.filter((word) => told.some((text) => text.includes(word)))).toEqual([]);
});

it("sends these fields and no other, so that a new one is looked at before it goes out", async () => {
  const fields = new Set(
    sent.flatMap(({ body }) =>
      [...new URLSearchParams(body).keys()].map((key) => key.replaceAll(/\[\d+\]/g, "[]")),
    ),
  );
  expect([...fields].toSorted()).toEqual([
    ...["amount", "cancel_url", "client_reference_id", "expires_at"],
    ...["line_items[][price_data][currency]", "line_items[][price_data][product_data][name]"],
    ...["line_items[][price_data][unit_amount]", "line_items[][quantity]", "locale"],
    ...["metadata[booking]", "metadata[payment]", "metadata[refund]", "mode", "payment_intent"],
    ...["payment_intent_data[metadata][booking]", "payment_intent_data[metadata][payment]"],
    ...["payment_intent_data[transfer_group]", "success_url", "ui_mode"],
  ]);
});
