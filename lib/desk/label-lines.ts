import "server-only";
import { getTranslations } from "next-intl/server";
import { actionLocale } from "@/i18n/action-locale";
import type { BookingFacts } from "@/lib/bookings/queries";
import type { SayLine } from "./answer-form";

const commonOf = async () => getTranslations({ locale: await actionLocale(), namespace: "common.form" });

/** "Line 3, Expected": a field of the builder of an estimate or a template in a list of problems. */
export async function labelEstimateLines(): Promise<SayLine> {
  const common = await commonOf();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk.builder" });
  return ({ nth, field }) =>
    t.has(field as "expected")
      ? common("inLine", { line: common("line", { n: nth }), field: t(field as "expected") })
      : null;
}

const BILL_FIELDS = {
  wording: "wording",
  kind: "kind",
  quantity: "quantity",
  code: "codeLabel",
  amount: "sum",
} as const;

/** A field of a typed invoice: its rows are counted as they stand, the empty ones too. */
export async function labelBillLines(): Promise<SayLine> {
  const common = await commonOf();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "bills.enter" });
  return ({ place, field }) => {
    const word = field in BILL_FIELDS ? BILL_FIELDS[field as keyof typeof BILL_FIELDS] : null;
    return word && common("inLine", { line: common("line", { n: place + 1 }), field: t(word) });
  };
}

/** A field of the comparison of an invoice: its lines are counted as the invoice counts them, which the form says. */
export async function labelMatchedLines(form: FormData): Promise<SayLine> {
  const common = await commonOf();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "bills.match" });
  const words: Readonly<Record<string, string>> = { lineId: t("line"), cause: t("cause"), note: t("note") };
  return ({ place, field }) => {
    const n = Number(form.get(`lines.${place}.position`) ?? place + 1);
    const word = words[field];
    return word === undefined ? null : common("inLine", { line: common("line", { n }), field: word });
  };
}

/** A field of a proposed change: a booked line by its name, a new one by its number. */
export async function labelChangedLines(
  form: FormData,
  { services, currency }: Pick<BookingFacts, "services" | "currency">,
): Promise<SayLine> {
  const locale = await actionLocale();
  const common = await commonOf();
  const t = await getTranslations({ locale, namespace: "changeOrders.propose" });
  const kinds = await getTranslations({ locale, namespace: "lineKinds" });
  const words: Readonly<Record<string, string>> = {
    amount: t("newSum", { currency }),
    cause: t("why"),
    kind: t("kind"),
    label: t("label"),
  };
  return ({ place, field }) => {
    const lineId = form.get(`lines.${place}.lineId`);
    const booked = services.find((one) => one.lineId === lineId);
    const kind = booked?.kind ?? "other";
    const line = booked
      ? (booked.line.label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind))
      : t("newLine", { n: place - services.length + 1 });
    const word = words[field];
    return word === undefined ? null : common("inLine", { line, field: word });
  };
}
