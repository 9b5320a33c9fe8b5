import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import { type Day, dateOf } from "@/lib/kernel/day";
import { exponentOf, isCurrency, least } from "@/lib/kernel/money";
import { COUNTED_ANEW } from "./refund";
import english from "@/locales/en/payments.json";
import arabic from "@/locales/ar/payments.json";

type Words = typeof english;
type Translated = { product?: Partial<Words["product"]>; statement?: Partial<Words["statement"]> };

const CATALOGUES: Record<string, Translated> = { en: english, ar: arabic };

/** What the payment page and the card statement call an instalment: never a word about health. */
export function productName(kind: string, bookingNumber: string, locale: string): string {
  const key = kind === "deposit" || kind === "change" ? kind : "balance";
  const words = CATALOGUES[locale]?.product?.[key] ?? english.product[key];
  return words.replace("{number}", bookingNumber);
}

/** The same for the fee of a second opinion: a number that names nobody and no illness. */
export function opinionName(number: string, locale: string): string {
  const words = CATALOGUES[locale]?.product?.opinion ?? english.product.opinion;
  return words.replace("{number}", number);
}

/** An amount as a person reads it, with as many decimals as its currency has. */
export function amountText(amountMinor: bigint, currency: string, locale: string): string {
  const decimals = isCurrency(currency) ? exponentOf(currency) : 2;
  const scale = 10n ** BigInt(decimals);
  const sign = amountMinor < 0n ? "-" : "";
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  const fraction = decimals === 0 ? "" : `.${(size % scale).toString().padStart(decimals, "0")}`;
  const format = new Intl.NumberFormat(`${locale}-u-nu-latn`, {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
  });
  // As text: a sum beyond 2^53 keeps its last digit.
  return format.format(`${sign}${size / scale}${fraction}` as Intl.StringNumericLiteral);
}

/** The same inside a sentence on a page: a symbol of letters and a sign turns around in Arabic unless it stands apart. */
export function amountInText(amountMinor: bigint, currency: string, locale: string): string {
  const text = amountText(amountMinor, currency, locale);
  return locale === "ar" ? text.replace(/[A-Z][^\s\d.,]*/, (symbol) => `\u2066${symbol}\u2069`) : text;
}

/** A day as a person reads it, with the digits of price lists: "4 May 2026". */
function dayText(day: Day, locale: string): string {
  const tag = locale === "en" ? "en-GB" : `${locale}-u-nu-latn`;
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(dateOf(day));
}

interface BankNews {
  state: string;
  lostMinor: bigint;
  openDisputes: readonly string[];
}

export type TakenNote = "takenEnded" | "takenSetOff" | "takenLater";

/** The sentences of a statement. */
export function statementText(locale: string, currency: string) {
  const words = (key: keyof Words["statement"], facts: Record<string, string> = {}) => {
    const sentence = CATALOGUES[locale]?.statement?.[key] ?? english.statement[key];
    return Object.entries(facts).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, () => value),
      sentence,
    );
  };
  const money = (amountMinor: bigint) => amountInText(amountMinor, currency, locale);
  return {
    contract: (contract: "A" | "B", mode: "direct" | "portal") =>
      words(contract === "B" ? "contractB" : mode === "direct" ? "contractADirect" : "contractAHeld"),
    /** `until` is the day it is kept for, then "treated"; null once the booking has ended. `backMinor` of it waits for a second person. */
    held: (amountMinor: bigint, until: Day | "treated" | null, backMinor: bigint, isPast = false) => {
      if (amountMinor === 0n) return words("heldNothing");
      const amount = money(amountMinor);
      if (until === "treated") return words("heldTreated", { amount });
      if (until !== null)
        return words(isPast ? "heldPast" : "held", { amount, until: dayText(until, locale) });
      if (backMinor === 0n) return words("heldEnded", { amount });
      if (backMinor >= amountMinor) return words("heldEndedAll", { amount });
      return words("heldEndedBack", {
        ...{ amount, back: money(backMinor), kept: money(amountMinor - backMinor) },
      });
    },
    /** What is held for what, and until when; `until` as above. */
    pocket: (
      pocket: "treatment" | "services" | "fee",
      amountMinor: bigint,
      until: Day | "treated" | null,
      isPast = false,
    ) => {
      const amount = money(amountMinor);
      if (pocket === "treatment" && until !== null && until !== "treated" && isPast)
        return words("treatmentPast", { amount, until: dayText(until, locale) });
      if (until === "treated")
        return words(pocket === "treatment" ? "treatmentTreated" : `${pocket}Held`, { amount });
      return until === null
        ? words(`${pocket}Ended`, { amount })
        : words(`${pocket}Held`, { amount, until: dayText(until, locale) });
    },
    /** What is held of a treatment whose account is closed; `backMinor` of it is beyond the final bill. */
    pocketBilled: (amountMinor: bigint, backMinor: bigint) => {
      const back = least(backMinor, amountMinor);
      return words(back > 0n ? "treatmentBilledBack" : "treatmentBilled", {
        ...{ amount: money(amountMinor), back: money(back), rest: money(amountMinor - back) },
      });
    },
    /** What is held of a contract B that was withdrawn from, while the day at the centre stands. */
    pocketWithdrawn: (pocket: "services" | "fee", amountMinor: bigint) =>
      words(`${pocket}Withdrawn`, { amount: money(amountMinor) }),
    /** What became of what was paid for a withdrawn contract B; `backMinor` of it waits for a second person. */
    withdrawn: (
      sums: { paidMinor: bigint; takenMinor: bigint; refundedMinor: bigint; releasedMinor: bigint } & {
        heldMinor: bigint;
        advancedMinor: bigint;
      },
      backMinor: bigint,
    ) => {
      const { paidMinor, takenMinor, refundedMinor, releasedMinor, heldMinor, advancedMinor } = sums;
      if (paidMinor === 0n) return null;
      const back = least(backMinor, heldMinor);
      return [
        words("withdrawnPaid", { paid: money(paidMinor) }),
        ...(takenMinor > 0n ? [words("withdrawnTaken", { amount: money(takenMinor) })] : []),
        ...(refundedMinor > 0n ? [words("withdrawnBack", { amount: money(refundedMinor) })] : []),
        ...(back > 0n ? [words("withdrawnToCheck", { amount: money(back) })] : []),
        // What was laid out in place of what a bank took is told apart: it is kept of no payment.
        ...(advancedMinor > 0n || (takenMinor > 0n && releasedMinor + heldMinor === 0n)
          ? []
          : [
              words("withdrawnKept", {
                ...{ kept: money(releasedMinor + heldMinor - back), passed: money(releasedMinor) },
                held: money(heldMinor - back),
              }),
            ]),
      ].join(" ");
    },
    advanced: (amountMinor: bigint) =>
      amountMinor === 0n ? null : words("advanced", { amount: money(amountMinor) }),
    asked: (amountMinor: bigint) =>
      amountMinor === 0n ? null : words("asked", { amount: money(amountMinor) }),
    /** `taxMinor` of what was passed on for the services goes to the tax office. */
    passed: (pocket: "treatment" | "services" | "fee", amountMinor: bigint, taxMinor: bigint) =>
      pocket === "services" && taxMinor > 0n
        ? words("servicesPassedTaxed", {
            ...{ amount: money(amountMinor), net: money(amountMinor - taxMinor), tax: money(taxMinor) },
          })
        : words(`${pocket}Passed`, { amount: money(amountMinor) }),
    where: () => words("heldWhere"),
    payment: (kind: string, method: string, amountMinor: bigint) =>
      words(kind === "deposit" ? "depositPaid" : kind === "change" ? "changePaid" : "balancePaid", {
        amount: money(amountMinor),
        method: words(method === "bank_transfer" ? "byBank" : "byCard"),
      }),
    /** What the payer's bank has done about a payment; nothing for most. */
    bank: ({ state, lostMinor, openDisputes }: BankNews) => [
      ...(lostMinor > 0n ? [words("bankTook", { amount: money(lostMinor) })] : []),
      ...(state === "disputed" || openDisputes.length > 0 ? [words("bankAsks")] : []),
    ],
    /** What banks took of a booking, and why nobody is asked for it again, or not yet; null where they took nothing. */
    taken: (takenMinor: bigint, note: TakenNote | null) => {
      if (takenMinor === 0n) return null;
      const told = words("taken", { amount: money(takenMinor) });
      return note ? `${told} ${words(note)}` : told;
    },
    /** What stands on the invoices of an ended booking and was not paid; null where all was. */
    uncovered: (amountMinor: bigint) =>
      amountMinor === 0n ? null : words("uncovered", { amount: money(amountMinor) }),
    owedAgain: (kind: string, amountMinor: bigint) =>
      words(kind === "deposit" ? "depositAgain" : kind === "change" ? "changeAgain" : "balanceAgain", {
        amount: money(amountMinor),
      }),
    surplus: (method: string, amountMinor: bigint) =>
      words("paidTwice", {
        amount: money(amountMinor),
        method: words(method === "bank_transfer" ? "byBank" : "byCard"),
      }),
    change: (change: { version: number; contract: string; fromMinor: bigint; toMinor: bigint; on: Day }) =>
      words("change", {
        ...{
          version: `${change.version}`,
          contract: words(change.contract === "A" ? "letterA" : "letterB"),
          on: dayText(change.on, locale),
        },
        ...{ from: money(change.fromMinor), to: money(change.toMinor) },
      }),
    moved: (move: { fromOn: Day; toOn: Day; on: Day; name: string }) =>
      words("moved", {
        ...{ from: dayText(move.fromOn, locale), to: dayText(move.toOn, locale) },
        ...{ on: dayText(move.on, locale), name: move.name },
      }),
    surplusHeld: (amountMinor: bigint) => words("surplusHeld", { amount: money(amountMinor) }),
    /** Null where nothing of either is held. */
    surplusAndRest: (surplusMinor: bigint, restMinor: bigint) =>
      [
        ...(surplusMinor > 0n ? [words("surplusHeld", { amount: money(surplusMinor) })] : []),
        ...(restMinor > 0n ? [words("restHeld", { amount: money(restMinor) })] : []),
      ].join(" ") || null,
    transferReturn: (amountMinor: bigint, isSent: boolean) =>
      words(isSent ? "transferSentBack" : "transferGoesBack", { amount: money(amountMinor) }),
    refund: (state: string, amountMinor: bigint, reason: string | null) =>
      words(refundKey(state, reason), {
        amount: money(amountMinor),
        reason: reason ?? "–",
      }),
  };
}

function refundKey(state: string, reason: string | null): keyof Words["statement"] {
  if (reason === COUNTED_ANEW) return "refundReplaced";
  if (reason === TAKEN_BY_BANK) return "refundTaken";
  if (state === "settled") return "refundSettled";
  if (state === "refused") return "refundRefused";
  if (state === "calculated") return "refundProposed";
  return state === "failed" ? "refundFailed" : "refundOnItsWay";
}
