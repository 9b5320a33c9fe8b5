import { changeSession, expireIfDue, sessionRow } from "./checkout-sessions";
import { disputeRest } from "./disputes";
import { bounceDebit, clearDebit } from "./pay";
import { paymentIntentRow } from "./payment-intents";
import { failRefund, settleRefund } from "./refunds";
import type { Sandbox } from "./sandbox";
import type { Appointment } from "./tables";

/** True when the clock has something to do: work that changes nothing need not be saved. */
export function somethingDue(sandbox: Sandbox): boolean {
  const now = sandbox.now();
  return (
    sandbox.store.all("appointments").some((row) => row.dueAt <= now) ||
    sandbox.store
      .all("sessions")
      .some(({ session }) => session.status === "open" && session.expires_at <= now)
  );
}

/** Expires sessions and keeps appointments whose time has come. */
export function keepAppointments(sandbox: Sandbox): void {
  const now = sandbox.now();
  for (const row of sandbox.store.all("sessions")) expireIfDue(sandbox, row);
  for (const row of sandbox.store.all("appointments")) {
    if (row.dueAt > now) continue;
    sandbox.store.remove("appointments", row.id);
    keep(sandbox, row);
  }
}

function keep(sandbox: Sandbox, { kind, subject }: Appointment): void {
  if (kind === "dispute") disputeRest(sandbox, subject);
  else if (kind === "refund_fails") failRefund(sandbox, subject);
  else if (kind === "refund_succeeds") settleRefund(sandbox, subject);
  else settleDebit(sandbox, subject, kind === "debit_clears");
}

function settleDebit(sandbox: Sandbox, intentId: string, clears: boolean): void {
  const row = paymentIntentRow(sandbox, intentId);
  if (clears) clearDebit(sandbox, row);
  else bounceDebit(sandbox, row);
  if (row.sessionId === null) return;
  const session = sessionRow(sandbox, row.sessionId);
  if (clears) {
    changeSession(sandbox, session, { payment_status: "paid" }, "checkout.session.async_payment_succeeded");
  } else {
    changeSession(sandbox, session, {}, "checkout.session.async_payment_failed");
  }
}
