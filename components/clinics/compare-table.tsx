import { useTranslations } from "next-intl";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { differs } from "@/lib/clinics/comparison";
import type { ClinicFacts } from "@/lib/clinics/views";
import { useComparedRows } from "./compared-rows";

interface CompareTableProps {
  clinics: readonly ClinicFacts[];
  treatment: string | null;
  locale: string;
}

/** Centres as columns; the first column stays in sight, and what differs stands in bold. */
export function CompareTable({ clinics, treatment, locale }: CompareTableProps) {
  const t = useTranslations("clinics.compare");
  const rows = useComparedRows(clinics, treatment, locale);
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-start text-base">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr className="border-b border-edge align-bottom">
            <th
              scope="col"
              className="sticky start-0 z-10 w-32 bg-paper py-cell pe-cell text-start text-sm text-ink-soft sm:w-48"
            >
              {t("fact")}
            </th>
            {clinics.map((clinic) => (
              <th key={clinic.slug} scope="col" className="min-w-48 px-cell py-cell text-start">
                <ColumnHead
                  clinic={clinic}
                  others={clinics.filter((one) => one !== clinic)}
                  locale={locale}
                  treatment={treatment}
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
                className="sticky start-0 z-10 bg-paper py-cell pe-cell text-start font-normal text-ink-soft"
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
  locale: string;
  treatment: string | null;
}

function ColumnHead({ clinic, others, locale, treatment }: ColumnHeadProps) {
  const t = useTranslations("clinics.compare");
  const rest = others.map((other) => other.slug).join(",");
  const chosen = treatment === null ? "" : `&treatment=${treatment}`;
  return (
    <div className="space-y-2">
      <Link href={`/${locale}/clinics/${clinic.slug}`} prefetch={false} className="link text-lg">
        {clinic.name}
      </Link>
      <div className="flex flex-wrap gap-2 font-normal">
        <LinkButton href={`/${locale}/start?clinic=${clinic.slug}`}>{t("start")}</LinkButton>
        <Link
          href={`/${locale}/compare?c=${rest}${chosen}`}
          prefetch={false}
          aria-label={t("remove", { name: clinic.name })}
          className="button button-quiet"
        >
          ×
        </Link>
      </div>
    </div>
  );
}
