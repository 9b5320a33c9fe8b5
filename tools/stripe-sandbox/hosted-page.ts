import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { showAmount } from "./currencies";
import { style } from "./hosted-style";
import type { Reply } from "./http";
import { wordingIn, type Language, type PageError, type Wording } from "./hosted-wording";
import type { SessionRow } from "./tables";

export type View =
  | { kind: "authentication" }
  | { kind: "expired" }
  | { kind: "form"; error: PageError | null; email: string };

const styleHash = createHash("sha256").update(style).digest("base64");

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** One of the faces of a payment page, complete without JavaScript. */
export function sessionPage(row: SessionRow, view: View, language: Language): Reply {
  const words = wordingIn(language);
  const amount = showAmount(row.session.amount_total ?? 0, row.session.currency ?? "", language);
  const fill = (text: string) => escaped(text.replace("{amount}", amount));
  const body = bodyOf(row, view, words, language, fill);
  const status = {
    authentication: 200,
    expired: 410,
    form: view.kind === "form" && view.error !== null ? 402 : 200,
  };
  return page({
    status: status[view.kind],
    title: view.kind === "expired" ? words.expiredHeading : words.title.replace("{amount}", amount),
    language,
    body,
    formTargets: ["'self'", ...originOf(row.session.success_url)],
  });
}

export function unknownPage(language: Language): Reply {
  const words = wordingIn(language);
  const body = `<h1>${escaped(words.unknownHeading)}</h1><p>${escaped(words.unknownText)}</p>`;
  return page({ status: 404, title: words.unknownHeading, language, body, formTargets: ["'none'"] });
}

type Fill = (text: string) => string;

function bodyOf(row: SessionRow, view: View, words: Wording, language: Language, fill: Fill): string {
  if (view.kind === "expired") {
    return `<h1>${escaped(words.expiredHeading)}</h1><p>${escaped(words.expiredText)}</p>${backLink(row.session, words)}`;
  }
  if (view.kind === "authentication") return bankStep(words, fill);
  return [
    `<h1>${fill(words.title)}</h1>`,
    `<p class="note">${escaped(words.testNote)}</p>`,
    summary(row, words, language, fill),
    view.error === null
      ? ""
      : `<p class="error" role="alert" id="error">${escaped(words.errors[view.error])}</p>`,
    cardForm(view, words, fill),
    row.session.payment_method_types.includes("sepa_debit") ? debitForm(view, words, fill) : "",
    backLink(row.session, words),
    `<details><summary>${escaped(words.testCards)}</summary><p>${escaped(words.testCardList)}</p></details>`,
  ].join("\n");
}

function summary({ lineItems }: SessionRow, words: Wording, language: Language, fill: Fill): string {
  const lines = lineItems.map((item) => {
    const quantity = item.quantity ?? 1;
    const times = quantity === 1 ? "" : `${words.times.replace("{count}", String(quantity))} `;
    const price = showAmount(item.amount_total, item.currency, language);
    return `<tr><th scope="row">${escaped(times + (item.description ?? ""))}</th><td>${escaped(price)}</td></tr>`;
  });
  return `<table><caption>${escaped(words.paidFor)}</caption><tbody>${lines.join("")}</tbody>
<tfoot><tr><th scope="row">${escaped(words.total)}</th><td>${fill("{amount}")}</td></tr></tfoot></table>`;
}

function cardForm({ error, email }: View & { kind: "form" }, words: Wording, fill: Fill): string {
  const wrong =
    error !== null && error !== "invalid_iban" ? ' aria-invalid="true" aria-describedby="error"' : "";
  return `<form method="post"><h2>${escaped(words.cardHeading)}</h2>
<label for="card">${escaped(words.cardNumber)}</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" dir="ltr" required${wrong}>
<div class="pair"><div><label for="exp">${escaped(words.expiry)}</label>
<input id="exp" name="exp" inputmode="numeric" autocomplete="off" dir="ltr"></div>
<div><label for="cvc">${escaped(words.cvc)}</label>
<input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" dir="ltr" maxlength="4"></div></div>
<label for="email">${escaped(words.email)}</label>
<input id="email" name="email" type="email" autocomplete="email" dir="ltr" value="${escaped(email)}">
<button type="submit">${fill(words.pay)}</button></form>`;
}

function debitForm({ error, email }: View & { kind: "form" }, words: Wording, fill: Fill): string {
  const wrong = error === "invalid_iban";
  const told = wrong
    ? ' aria-invalid="true" aria-describedby="error iban-hint"'
    : ' aria-describedby="iban-hint"';
  return `<details${wrong ? " open" : ""}><summary>${escaped(words.debitHeading)}</summary><form method="post">
<input type="hidden" name="email" value="${escaped(email)}">
<label for="iban">${escaped(words.iban)}</label>
<input id="iban" name="iban" autocomplete="off" dir="ltr" required${told}>
<p class="note" id="iban-hint">${escaped(words.ibanHint)} <bdi dir="ltr">DE89 3704 0044 0532 0130 00</bdi></p>
<button type="submit">${fill(words.payByDebit)}</button></form></details>`;
}

function bankStep(words: Wording, fill: Fill): string {
  return `<h1>${escaped(words.bankHeading)}</h1><p class="note">${escaped(words.testNote)}</p>
<p>${fill(words.bankText)}</p><form method="post" class="pair">
<button type="submit" name="authenticate" value="authorize">${escaped(words.authorize)}</button>
<button type="submit" name="authenticate" value="fail" class="quiet">${escaped(words.fail)}</button></form>`;
}

function backLink({ cancel_url: target }: Stripe.Checkout.Session, words: Wording): string {
  return target === null ? "" : `<p><a class="back" href="${escaped(target)}">${escaped(words.back)}</a></p>`;
}

const originOf = (url: string | null): string[] => (url === null ? [] : [new URL(url).origin]);

type Sheet = { status: number; title: string; language: Language; body: string; formTargets: string[] };

function page({ status, title, language, body, formTargets }: Sheet): Reply {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action ${formTargets.join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
    body: `<!doctype html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>
`,
  };
}
