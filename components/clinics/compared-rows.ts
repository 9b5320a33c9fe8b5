import { useTranslations } from "next-intl";
import {
  formatBasisPoints,
  formatDay,
  formatLanguage,
  formatMoneyShort,
  formatNumber,
} from "@/components/ui/format";
import {
  aboutIn,
  type ComparedPart,
  comparedProcedure,
  type DisplayRates,
  type Said,
  toldApart,
} from "@/lib/clinics/comparison";
import { eventsOf, metricOf } from "@/lib/clinics/outcome";
import { treatmentVolume } from "@/lib/clinics/price-range";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { ClinicFacts, ProcedureFacts } from "@/lib/clinics/views/catalogue";
import { type Currency, roundedAbout } from "@/lib/kernel/money";
import { useFacetName } from "./facet-name";

export interface ComparedRow {
  key: string;
  label: string;
  /** For each centre, in their order, what the row says of it. */
  cells: ComparedPart[][];
}

export interface ComparedIn {
  treatment: string | null;
  locale: string;
  /** The visitor's currency, and the rates to it; without rates the row is left out. */
  currency: Currency;
  rates: DisplayRates | null;
}

type Tell = (clinic: ClinicFacts, procedure: ProcedureFacts | null) => readonly (Said | string)[];

/** Every row of the comparison in pieces, so that what sets the centres apart can be told from the rest. */
export function useComparedRows(
  clinics: readonly ClinicFacts[],
  { treatment, locale, currency, rates }: ComparedIn,
): ComparedRow[] {
  const t = useTranslations("clinics.compare");
  const tells = {
    ...useProcedureRows(locale),
    ...useCentreRows(locale),
    volume: useVolumeRow(treatment, locale),
    about: useAboutRow({ locale, currency, rates }),
    outcome: useOutcomeRow(treatment),
  };
  const keys = [
    "price",
    ...(rates === null ? [] : (["about"] as const)),
    "range",
    "device",
    "volume",
    "outcome",
    "stay",
    "free",
    "answer",
    "departments",
    "languages",
    "certificates",
    "prepayment",
    "holds",
    "cancel",
    "relation",
  ] as const;
  return keys.map((key) => ({
    key,
    label: t(`row.${key}`, { currency }),
    cells: toldApart(
      clinics.map((clinic) =>
        tells[key](clinic, comparedProcedure(clinic, treatment, rates)).map((said) =>
          typeof said === "string" ? { text: said } : said,
        ),
      ),
    ),
  }));
}

/** Prices in different currencies side by side say nothing: one row has them all in the visitor's. */
function useAboutRow({ locale, currency, rates }: Omit<ComparedIn, "treatment">): Tell {
  const t = useTranslations("clinics.compare");
  return (_clinic, procedure) => {
    const about = procedure && rates ? aboutIn(procedure.expected, currency, rates) : null;
    if (about === null) return [t("none")];
    const sum = roundedAbout(about);
    return [formatMoneyShort(BigInt(sum.amount), sum.currency, locale)];
  };
}

function useProcedureRows(locale: string) {
  const t = useTranslations("clinics.compare");
  const nameOf = useFacetName();
  const trial = useTranslations("clinics.clinic.prices")("trial");
  const write = (sum: ProcedureFacts["low"]) => formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  const told =
    (tell: (procedure: ProcedureFacts) => string): Tell =>
    (_clinic, procedure) => [procedure ? tell(procedure) : t("none")];
  return {
    price: told((one) => write(one.expected)),
    range: told((one) => `\u2068${write(one.low)}\u2069 – \u2068${write(one.high)}\u2069`),
    device: told((one) =>
      one.device === null
        ? "–"
        : `${nameOf("device", one.device)}${one.deviceStatus === "trial" ? ` (${trial})` : ""}`,
    ),
    stay: told((one) =>
      one.stayDaysLow === one.stayDaysHigh
        ? String(one.stayDaysLow)
        : `${one.stayDaysLow}–${one.stayDaysHigh}`,
    ),
    free: told((one) => (one.nextFreeDays[0] ? formatDay(one.nextFreeDays[0], locale) : t("missing"))),
  };
}

/** All devices of the treatment together, as on the label of the centre. */
function useVolumeRow(treatment: string | null, locale: string): Tell {
  const t = useTranslations("clinics.compare");
  return (clinic, procedure) => {
    if (procedure === null) return [t("none")];
    const volume = treatmentVolume(clinic.procedures, treatment);
    return [volume === null ? t("missing") : `${formatNumber(volume.count, locale)} (${volume.year ?? "–"})`];
  };
}

function useCentreRows(locale: string) {
  const t = useTranslations("clinics");
  const departments = useTranslations("clinics.department");
  const departmentOf = (code: string) =>
    code === "cardiology" || code === "cardiac_surgery" || code === "heart_team" ? departments(code) : code;
  const rows: Record<
    "answer" | "departments" | "languages" | "certificates" | "prepayment" | "holds" | "cancel" | "relation",
    Tell
  > = {
    answer: ({ answer }) => [
      answer.hours === null || answer.measuredOn < RANKING_FULL.answersLeast
        ? t("clinic.label.answerFew")
        : t("clinic.label.answerValue", { hours: answer.hours }),
    ],
    departments: (clinic) => clinic.departments.map(departmentOf),
    languages: (clinic) => clinic.languages.map((code) => formatLanguage(code, locale)),
    certificates: (clinic) => {
      const valid = clinic.accreditations.filter((proof) => !proof.expired).map((proof) => proof.body);
      return valid.length === 0 ? ["–"] : valid;
    },
    prepayment: ({ payment }) => [formatBasisPoints(payment.prepaymentPercent * 100, locale)],
    holds: ({ payment }) => [t(`clinic.money.${payment.treatmentPaidTo}`)],
    cancel: ({ payment }) => [payment.cancellationRule],
    relation: ({ payment }) => [payment.moneyRelation],
  };
  return rows;
}

function useOutcomeRow(treatment: string | null): Tell {
  const t = useTranslations("clinics");
  return (clinic) => {
    const told = clinic.outcomes
      .filter((outcome) => outcome.treatment === treatment && outcome.unit === "percent")
      .map((one) => ({
        label: t(`metric.${metricOf(one.metric)}`),
        text: `${t("clinic.outcomes.of", { events: eventsOf(one.value, one.n), n: one.n })} (${one.year})`,
      }));
    return told.length === 0 ? [t("compare.missing")] : told;
  };
}
