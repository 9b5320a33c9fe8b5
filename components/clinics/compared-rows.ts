import { useTranslations } from "next-intl";
import {
  formatBasisPoints,
  formatCountry,
  formatDay,
  formatLanguage,
  formatMoneyShort,
} from "@/components/ui/format";
import { aboutIn, comparedProcedure, type DisplayRates } from "@/lib/clinics/comparison";
import { eventsOf, metricOf } from "@/lib/clinics/outcome";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { ClinicFacts, ProcedureFacts } from "@/lib/clinics/views/catalogue";
import type { Currency } from "@/lib/kernel/money";
import { roundedAbout } from "./about";
import { useFacetName } from "./facet-name";

export interface ComparedRow {
  key: string;
  label: string;
  /** One text for each centre, in their order. */
  texts: string[];
}

export interface ComparedIn {
  treatment: string | null;
  locale: string;
  /** The visitor's currency, and the rates to it; without rates the row is left out. */
  currency: Currency;
  rates: DisplayRates | null;
}

type Tell = (clinic: ClinicFacts, procedure: ProcedureFacts | null) => string;

/** Every row of the comparison as texts, so that rows can be told apart by what they say. */
export function useComparedRows(
  clinics: readonly ClinicFacts[],
  { treatment, locale, currency, rates }: ComparedIn,
): ComparedRow[] {
  const t = useTranslations("clinics.compare");
  const tells = {
    ...useProcedureRows(locale),
    ...useCentreRows(locale),
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
    "city",
    "departments",
    "languages",
    "certificates",
    "prepayment",
    "holds",
    "cancel",
  ] as const;
  return keys.map((key) => ({
    key,
    label: t(`row.${key}`, { currency }),
    texts: clinics.map((clinic) => tells[key](clinic, comparedProcedure(clinic, treatment, rates))),
  }));
}

/** Prices in different currencies side by side say nothing: one row has them all in the visitor's. */
function useAboutRow({ locale, currency, rates }: Omit<ComparedIn, "treatment">): Tell {
  const t = useTranslations("clinics.compare");
  return (_clinic, procedure) => {
    const about = procedure && rates ? aboutIn(procedure.expected, currency, rates) : null;
    if (about === null) return t("none");
    const sum = roundedAbout(about);
    return formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  };
}

function useProcedureRows(locale: string) {
  const t = useTranslations("clinics.compare");
  const nameOf = useFacetName();
  const trial = useTranslations("clinics.clinic.prices")("trial");
  const write = (sum: ProcedureFacts["low"]) => formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  const told =
    (tell: (procedure: ProcedureFacts) => string): Tell =>
    (_clinic, procedure) =>
      procedure ? tell(procedure) : t("none");
  return {
    price: told((one) => write(one.expected)),
    range: told((one) => `${write(one.low)} – ${write(one.high)}`),
    device: told((one) =>
      one.device === null
        ? "–"
        : `${nameOf("device", one.device)}${one.deviceStatus === "trial" ? ` (${trial})` : ""}`,
    ),
    volume: told((one) => (one.volume === null ? t("missing") : `${one.volume} (${one.volumeYear ?? "–"})`)),
    stay: told((one) => `${one.stayDaysLow}–${one.stayDaysHigh}`),
    free: told((one) => (one.nextFreeDays[0] ? formatDay(one.nextFreeDays[0], locale) : t("missing"))),
  };
}

function useCentreRows(locale: string) {
  const t = useTranslations("clinics");
  const departments = useTranslations("clinics.department");
  const departmentOf = (code: string) =>
    code === "cardiology" || code === "cardiac_surgery" || code === "heart_team" ? departments(code) : code;
  const rows: Record<
    "answer" | "city" | "departments" | "languages" | "certificates" | "prepayment" | "holds" | "cancel",
    Tell
  > = {
    answer: ({ answer }) =>
      answer.hours === null || answer.measuredOn < RANKING_FULL.answersLeast
        ? t("clinic.label.answerFew")
        : t("clinic.label.answerValue", { hours: answer.hours }),
    city: (clinic) => `${clinic.city}, ${formatCountry(clinic.country, locale)}`,
    departments: (clinic) => clinic.departments.map(departmentOf).join(", "),
    languages: (clinic) => clinic.languages.map((code) => formatLanguage(code, locale)).join(", "),
    certificates: (clinic) =>
      clinic.accreditations
        .filter((proof) => !proof.expired)
        .map((proof) => proof.body)
        .join(", ") || "–",
    prepayment: ({ payment }) => formatBasisPoints(payment.prepaymentPercent * 100, locale),
    holds: ({ payment }) => t(`clinic.money.${payment.treatmentPaidTo}`),
    cancel: ({ payment }) => payment.cancellationRule,
  };
  return rows;
}

function useOutcomeRow(treatment: string | null): Tell {
  const t = useTranslations("clinics");
  return (clinic) =>
    clinic.outcomes
      .filter((outcome) => outcome.treatment === treatment && outcome.unit === "percent")
      .map(
        (one) =>
          `${t(`metric.${metricOf(one.metric)}`)}: ${t("clinic.outcomes.of", { events: eventsOf(one.value, one.n), n: one.n })} (${one.year})`,
      )
      .join("; ") || t("compare.missing");
}
