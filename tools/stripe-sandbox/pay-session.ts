import type { TestCard } from "./cards";
import { completeSession } from "./checkout-sessions";
import { idOf } from "./ids";
import { failAuthentication, payByCard, payByDebit, changeIntent } from "./pay";
import { newPaymentIntent } from "./payment-intent-object";
import { awaitingCard, paymentIntentRow } from "./payment-intents";
import type { Sandbox } from "./sandbox";
import type { PaymentIntentRow, SessionRow } from "./tables";

export type Outcome =
  | { state: "paid" }
  | { state: "authentication" }
  | { state: "declined"; code: string; declineCode: string | null };

/** One attempt to pay an open session with a card. */
export function paySessionByCard(
  sandbox: Sandbox,
  row: SessionRow,
  card: TestCard,
  email: string | null,
): Outcome {
  const started = intentOf(sandbox, row);
  const tried = payByCard(sandbox, started.intent, { card, authenticated: false, email });
  return conclude(sandbox, started.session, tried, email);
}

/** The buyer answered the 3-D Secure step. */
export function answerAuthentication(
  sandbox: Sandbox,
  row: SessionRow,
  authorized: boolean,
  email: string | null,
): Outcome | null {
  const intent = waitingIntent(sandbox, row);
  const card = intent === null ? undefined : awaitingCard(intent);
  if (intent === null || card === undefined) return null;
  const tried = authorized
    ? payByCard(sandbox, intent, { card, authenticated: true, email })
    : failAuthentication(sandbox, intent);
  return conclude(sandbox, row, tried, email);
}

export function paySessionByDebit(
  sandbox: Sandbox,
  row: SessionRow,
  iban: string,
  email: string | null,
): Outcome {
  const started = intentOf(sandbox, row);
  payByDebit(sandbox, started.intent, { iban, email });
  completeSession(sandbox, started.session, false, email);
  return { state: "paid" };
}

/** The intent that waits for 3-D Secure, if any. */
export function waitingIntent(sandbox: Sandbox, { session }: SessionRow): PaymentIntentRow | null {
  const id = idOf(session.payment_intent);
  const row = id === null ? null : paymentIntentRow(sandbox, id);
  return row?.intent.status === "requires_action" ? row : null;
}

// As at Stripe, the intent is made at the first attempt and the later ones use it again.
function intentOf(sandbox: Sandbox, row: SessionRow): { session: SessionRow; intent: PaymentIntentRow } {
  const { session, seed } = row;
  const known = idOf(session.payment_intent);
  if (known !== null) return { session: row, intent: paymentIntentRow(sandbox, known) };
  const made = newPaymentIntent({
    ...seed,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "",
    customer: idOf(session.customer),
    created: sandbox.now(),
    methods: session.payment_method_types,
    captureMethod: "automatic_async",
  });
  const intent: PaymentIntentRow = { id: made.id, intent: made, sessionId: row.id, awaitingCard: null };
  const linked = { ...row, session: { ...session, payment_intent: made.id } };
  return {
    intent: changeIntent(sandbox, intent, "payment_intent.created", {}),
    session: sandbox.store.put("sessions", linked),
  };
}

function conclude(
  sandbox: Sandbox,
  row: SessionRow,
  { intent }: PaymentIntentRow,
  email: string | null,
): Outcome {
  if (intent.status === "succeeded") {
    completeSession(sandbox, row, true, email);
    return { state: "paid" };
  }
  if (intent.status === "requires_action") return { state: "authentication" };
  const failure = intent.last_payment_error;
  return {
    state: "declined",
    code: failure?.code ?? "card_declined",
    declineCode: failure?.decline_code ?? null,
  };
}
