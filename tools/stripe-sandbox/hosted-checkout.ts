import { digits, passesLuhn, testCard, type TestCard } from "./cards";
import { sessionRow } from "./checkout-sessions";
import { sessionPage, unknownPage, type View } from "./hosted-page";
import { languageOf, type PageError } from "./hosted-wording";
import { jsonReply, type Reply, type Request } from "./http";
import { passesIbanCheck } from "./iban";
import {
  answerAuthentication,
  paySessionByCard,
  paySessionByDebit,
  waitingIntent,
  type Outcome,
} from "./pay-session";
import type { Sandbox } from "./sandbox";
import type { SessionRow } from "./tables";

const redirectPatienceMs = 10_000;

/** The payment page at a session's `url`: GET shows it, POST pays as its form does. */
export async function hostedCheckout(sandbox: Sandbox, request: Request, id: string): Promise<Reply> {
  const browser = request.header("accept-language");
  if (sandbox.store.get("sessions", id) === undefined) return unknownPage(languageOf(null, browser));
  if (request.method !== "GET" && request.method !== "POST") return jsonReply(405, { error: "GET or POST" });
  const form = new URLSearchParams(request.method === "POST" ? request.body : "");
  const { value, told } = await sandbox.commit(null, () => {
    const row = sessionRow(sandbox, id);
    return { row, face: request.method === "POST" ? pay(sandbox, row, form) : face(sandbox, row) };
  });
  if (value.face !== "paid") {
    return sessionPage(value.row, value.face, languageOf(value.row.session.locale, browser));
  }
  // As Stripe does, the buyer is sent back when the portal has been told, or after ten seconds.
  await Promise.race([told, patience()]);
  return { status: 303, headers: { location: successUrl(value.row), "cache-control": "no-store" }, body: "" };
}

const patience = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, redirectPatienceMs).unref();
  });

const successUrl = ({ id, session }: SessionRow): string =>
  (session.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", id);

type Face = View | "paid";

function face(sandbox: Sandbox, row: SessionRow): Face {
  if (row.session.status === "complete") return "paid";
  if (row.session.status === "expired") return { kind: "expired" };
  if (waitingIntent(sandbox, row) !== null) return { kind: "authentication" };
  return { kind: "form", error: null, email: row.session.customer_email ?? "" };
}

// Checked and done without a pause in between: of two submissions at once, the second finds the session complete.
function pay(sandbox: Sandbox, row: SessionRow, form: URLSearchParams): Face {
  if (row.session.status !== "open") return face(sandbox, row);
  const typed = form.get("email")?.trim() ?? "";
  const email = typed === "" ? row.session.customer_email : typed;
  const outcome = attempt(sandbox, row, form, email);
  if (outcome === null) return face(sandbox, row);
  if (typeof outcome === "string") return { kind: "form", error: outcome, email: email ?? "" };
  if (outcome.state === "paid") return "paid";
  if (outcome.state === "authentication") return { kind: "authentication" };
  return { kind: "form", error: declinedError(outcome), email: email ?? "" };
}

function attempt(
  sandbox: Sandbox,
  row: SessionRow,
  form: URLSearchParams,
  email: string | null,
): Outcome | PageError | null {
  const answer = form.get("authenticate");
  if (answer !== null) return answerAuthentication(sandbox, row, answer === "authorize", email);
  const iban = digits(form.get("iban") ?? "").toUpperCase();
  if (iban !== "") {
    const offered = row.session.payment_method_types.includes("sepa_debit");
    return offered && passesIbanCheck(iban) ? paySessionByDebit(sandbox, row, iban, email) : "invalid_iban";
  }
  const card = readCard(form, sandbox.now());
  return typeof card === "string" ? card : paySessionByCard(sandbox, row, card, email);
}

function readCard(form: URLSearchParams, now: number): TestCard | PageError {
  const number = digits(form.get("card") ?? "");
  if (number === "") return "missing_number";
  if (!passesLuhn(number)) return "incorrect_number";
  const card = testCard(number);
  if (card === undefined) return "not_a_test_card";
  const cvc = form.get("cvc") ?? "";
  if (cvc !== "" && !/^\d{3,4}$/.test(cvc)) return "incorrect_cvc";
  return expiryError(form.get("exp") ?? "", now) ?? card;
}

function expiryError(typed: string, now: number): PageError | null {
  if (typed.trim() === "") return null;
  const match = /^\s*(0?[1-9]|1[0-2])\s*[/-]?\s*(?:20)?(\d{2})\s*$/.exec(typed);
  if (match === null) return "invalid_expiry";
  const endsAt = Date.UTC(2000 + Number(match[2]), Number(match[1])) / 1_000;
  return endsAt <= now ? "expired_card" : null;
}

function declinedError({ code, declineCode }: Outcome & { state: "declined" }): PageError {
  if (declineCode === "insufficient_funds") return "insufficient_funds";
  if (code === "expired_card" || code === "incorrect_cvc" || code === "processing_error") return code;
  return code === "payment_intent_authentication_failure" ? "authentication" : "declined";
}
