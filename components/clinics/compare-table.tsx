import { useTranslations } from "next-intl";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { differs } from "@/lib/clinics/comparison";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { type ComparedIn, useComparedRows } from "./compared-rows";

interface CompareTableProps {
  clinics: readonly ClinicFacts[];
  compared: ComparedIn;
}

/** Centres as columns; the first column stays in sight, and what differs stands in bold. */
export function CompareTable({ clinics, compared }: CompareTableProps) {
  const t = useTranslations("clinics.compare");
  const rows = useComparedRows(clinics, compared);
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-start text-base">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr className="border-b border-edge align-bottom">
            <th
              scope="col"
              className="sticky start-0 z-10 w-24 bg-paper py-cell pe-cell text-start text-sm text-ink-soft sm:w-48"
            >
              {t("fact")}
            </th>
            {clinics.map((clinic) => (
              <th key={clinic.slug} scope="col" className="min-w-40 px-cell sm:min-w-48 py-cell text-start">
                <ColumnHead
                  clinic={clinic}
                  others={clinics.filter((one) => one !== clinic)}
                  compared={compared}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, texts }) => (
            <tr key={key} className="border-b border-line align-top">
              <th
                scope="row"
                className="sticky start-0 z-10 bg-paper py-cell pe-cell text-start font-normal text-ink-soft max-sm:text-sm"
              >
                {label}
              </th>
              {texts.map((text, index) => (
                <td
                  key={clinics[index]?.slug}
                  className={`px-cell py-cell ${differs(texts) ? "font-semibold" : ""}`}
                >
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnHeadProps {
  clinic: ClinicFacts;
  others: readonly ClinicFacts[];
  compared: ComparedIn;
}

function ColumnHead({ clinic, others, compared }: ColumnHeadProps) {
  const { locale, treatment, currency } = compared;
  const t = useTranslations("clinics.compare");
  const rest = others.map((other) => other.slug).join(",");
  const chosen = `${treatment === null ? "" : `&treatment=${treatment}`}&currency=${currency}`;
  return (
    <div className="space-y-2">
      <a href={`/${locale}/clinics/${clinic.slug}`} className="link text-lg">
        {clinic.name}
      </a>
      <div className="flex flex-wrap gap-2 font-normal">
        <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`}>{t("start")}</PlainLinkButton>
        <a
          href={`/${locale}/compare?c=${rest}${chosen}`}
          aria-label={t("remove", { name: clinic.name })}
          className="button button-quiet"
        >
          ×
        </a>
      </div>
    </div>
  );
}
