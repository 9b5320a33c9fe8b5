import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatBasisPoints } from "@/components/ui/format";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";

/** Whom the patient pays, what is paid before, what comes back, and what flows between centre and operator. */
export function MoneyTerms({ payment, locale }: { payment: ClinicFacts["payment"]; locale: string }) {
  const t = useTranslations("clinics.clinic.money");
  return (
    <DefinitionList
      facts={[
        { term: t("whoHolds"), value: t(payment.treatmentPaidTo) },
        { term: t("prepayment"), value: formatBasisPoints(payment.prepaymentPercent * 100, locale) },
        { term: t("terms"), value: payment.terms },
        { term: t("cancel"), value: payment.cancellationRule },
        { term: t("relation"), value: <bdi>{payment.moneyRelation}</bdi> },
      ]}
    />
  );
}
