import { useTranslations } from "next-intl";
import { formatBasisPoints } from "@/components/ui/format";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";

/** Whom the patient pays, what is paid before, what comes back, and what flows between centre and operator. */
export function MoneyTerms({ payment, locale }: { payment: ClinicFacts["payment"]; locale: string }) {
  const t = useTranslations("clinics.clinic.money");
  const terms = [
    { key: "whoHolds", words: t(payment.treatmentPaidTo) },
    { key: "prepayment", words: formatBasisPoints(payment.prepaymentPercent * 100, locale) },
    { key: "terms", words: payment.terms },
    { key: "cancel", words: payment.cancellationRule },
    { key: "relation", words: payment.moneyRelation },
  ] as const;
  return (
    <dl className="divide-y divide-line border-y border-line">
      {terms.map(({ key, words }) => (
        <div key={key} className="gap-x-gap-m py-cell sm:grid sm:grid-cols-[12rem_minmax(0,1fr)]">
          <dt className="text-ink-soft">{t(key)}</dt>
          <dd dir="auto" className="max-w-prose">
            {words}
          </dd>
        </div>
      ))}
    </dl>
  );
}
