import { useTranslations } from "next-intl";
import { formatDay, formatMoneyShort } from "@/components/ui/format";
import { MoneyRange } from "@/components/ui/money-range";
import { StateTag } from "@/components/ui/tag";
import { PlainLink } from "@/components/ui/plain-link";
import type { ProcedureFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

/** Each treatment with its drawn range, what is in it and what is not, and the next free days. */
export function ProcedurePrices({
  procedures,
  locale,
}: {
  procedures: readonly ProcedureFacts[];
  locale: string;
}) {
  return (
    <ul className="space-y-gap-m">
      {procedures.map((procedure) => (
        <li
          key={`${procedure.treatment} ${procedure.device ?? ""}`}
          className="keep space-y-gap rounded-md border border-line bg-card p-gap-m"
        >
          <ProcedureHead procedure={procedure} locale={locale} />
          <ProcedureRange procedure={procedure} locale={locale} />
          <ProcedureTerms procedure={procedure} locale={locale} />
        </li>
      ))}
    </ul>
  );
}

interface Props {
  procedure: ProcedureFacts;
  locale: string;
}

function ProcedureHead({ procedure, locale }: Props) {
  const t = useTranslations("clinics.clinic.prices");
  const nameOf = useFacetName();
  const { treatment, device, access, deviceStatus } = procedure;
  return (
    <div className="space-y-2">
      <h3 className="text-lg">
        {nameOf("treatment", treatment)}
        {device === null ? "" : `, ${nameOf("device", device)}`}
      </h3>
      <p className="flex flex-wrap items-center gap-2 text-base">
        {access === null ? null : <span>{nameOf("access", access)}</span>}
        {deviceStatus === "trial" ? <StateTag tone="attention">{t("trial")}</StateTag> : null}
        <PlainLink href={`/${locale}/treatments/${treatment}`}>{t("guide")}</PlainLink>
        {device === null ? null : (
          <PlainLink href={`/${locale}/devices/${device}`}>{nameOf("device", device)}</PlainLink>
        )}
      </p>
    </div>
  );
}

function ProcedureRange({ procedure, locale }: Props) {
  const t = useTranslations("clinics.clinic.prices");
  const { low, expected, high } = procedure;
  const write = (sum: typeof low) => formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  return (
    <MoneyRange
      lowMinor={BigInt(low.amount)}
      expectedMinor={BigInt(expected.amount)}
      highMinor={BigInt(high.amount)}
      currency={low.currency}
      locale={locale}
      words={{
        low: t("low"),
        expected: t("expected"),
        high: t("high"),
        sentence: t("sentence", { low: write(low), high: write(high), expected: write(expected) }),
      }}
    />
  );
}

function ProcedureTerms({ procedure, locale }: Props) {
  const t = useTranslations("clinics.clinic.prices");
  const { stayDaysLow, stayDaysHigh, validFrom, validTo, expired, included, excluded, nextFreeDays } =
    procedure;
  const stay = stayDaysHigh === 0 ? t("noStay") : t("stay", { low: stayDaysLow, high: stayDaysHigh });
  return (
    <div className="space-y-gap text-base">
      <details>
        <summary className="flex min-h-control items-center text-primary underline underline-offset-2">
          {t("inAndOut", { included: included.length, excluded: excluded.length })}
        </summary>
        <div className="mt-2 grid gap-gap sm:grid-cols-2">
          <Items title={t("included")} items={included} />
          <Items title={t("excluded")} items={excluded} />
        </div>
      </details>
      <p>
        {stay}. {t("basis")}: <bdi>{procedure.basis}</bdi>.
      </p>
      {expired ? (
        <StateTag tone="attention">{t("expired", { day: formatDay(validTo, locale) })}</StateTag>
      ) : (
        <p className="text-sm text-ink-soft">
          {t("valid", { from: formatDay(validFrom, locale), to: formatDay(validTo, locale) })}
        </p>
      )}
      <p>
        {nextFreeDays.length === 0
          ? t("noFree")
          : `${t("free")}: ${nextFreeDays.map((day) => formatDay(day, locale)).join(" · ")}`}
      </p>
    </div>
  );
}

function Items({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <p className="font-semibold">{title}</p>
      <ul className="list-disc ps-5">
        {items.map((item) => (
          <li key={item}>
            <bdi>{item}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
