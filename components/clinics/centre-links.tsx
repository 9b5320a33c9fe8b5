import { useTranslations } from "next-intl";
import { formatCountry, formatList, formatMoneyShort } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import type { FoundClinic } from "@/lib/clinics/views/catalogue";

interface CentreLinksProps {
  clinics: readonly FoundClinic[];
  locale: string;
  /** Address of the whole list. */
  all: string;
}

/** The first centres of a narrowed list under a guide, and the way to all of them. */
export function CentreLinks({ clinics, locale, all }: CentreLinksProps) {
  const t = useTranslations("clinics");
  const guides = useTranslations("guides.label");
  const write = (sum: { amount: number; currency: string }) =>
    formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  return (
    <div className="space-y-gap">
      <Table<FoundClinic>
        caption={guides("centres")}
        hideCaption
        stacked
        empty={<p>{guides("centresEmpty")}</p>}
        columns={[
          {
            key: "name",
            label: guides("centre"),
            cell: (clinic) => <PlainLink href={`/${locale}/clinics/${clinic.slug}`}>{clinic.name}</PlainLink>,
          },
          {
            key: "city",
            label: t("compare.row.city"),
            cell: (clinic) => formatList([clinic.city, formatCountry(clinic.country, locale)], locale),
          },
          {
            key: "price",
            label: t("compare.row.price"),
            numeric: true,
            cell: (clinic) =>
              clinic.price ? <bdi>{write(clinic.price.expected)}</bdi> : t("compare.missing"),
          },
          {
            key: "volume",
            label: t("compare.row.volume"),
            numeric: true,
            cell: (clinic) => clinic.price?.volume ?? t("compare.missing"),
          },
        ]}
        rows={clinics}
        rowKey={(clinic) => clinic.slug}
      />
      {clinics.length === 0 ? null : <PlainLinkButton href={all}>{guides("allCentres")}</PlainLinkButton>}
    </div>
  );
}
