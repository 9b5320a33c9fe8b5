import { useLocale, useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { ServiceForm } from "@/components/desk/catalogue-form";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/facts";
import type { FormAction } from "@/components/ui/form-state";
import { formatMoment, formatMoney, formatNumber } from "@/components/ui/format";
import type { ShownService } from "@/lib/desk/queries/catalogue";
import type { CatalogueEntry, Price } from "@/lib/estimates/catalogue";

interface ServiceCardProps {
  service: ShownService;
  /** IANA name of the reader's zone. */
  zone: string;
  /** Nobody but an administrator gets it. */
  action: FormAction | null;
}

/** One service as estimates begin with it now, and the form for its next version. */
export function ServiceCard({ service, zone, action }: ServiceCardProps) {
  const t = useTranslations("services");
  const kinds = useTranslations("lineKinds");
  const { kind, entry } = service;
  return (
    <Card heading={kinds(kind)} as="section" id={kind}>
      {entry ? (
        <Facts service={service} entry={entry} zone={zone} />
      ) : (
        <p className="max-w-prose text-ink-soft">
          <strong>{t("unset")}.</strong> {t("unsetLead")}
        </p>
      )}
      {action ? (
        <Fold title={t(entry ? "change" : "setUp")}>
          <ServiceForm service={service} action={action} />
        </Fold>
      ) : null}
    </Card>
  );
}

interface FactsProps {
  service: ShownService;
  entry: CatalogueEntry;
  zone: string;
}

function Facts({ service: { supplier, providers, savedBy }, entry, zone }: FactsProps) {
  const t = useTranslations("services");
  const locale = useLocale();
  const when = formatMoment(entry.savedAt, zone, locale);
  const { version } = entry;
  const prices = Object.entries(entry.prices);
  const name = supplier === null ? t("noSupplier") : supplier.name;
  return (
    <DefinitionList
      facts={[
        { term: t("offer"), value: t(`offers.${entry.offer}`) },
        {
          term: t("prices"),
          value:
            prices.length === 0
              ? t("noPrice")
              : prices.map(([code, price]) => <Sums key={code} {...{ code, price }} />),
          source: <bdi>{`${formatNumber(Number(entry.quantity), locale)} × ${entry.unit}`}</bdi>,
        },
        { term: t("refundRule"), value: t(`rules.${entry.refundRule}`) },
        {
          term: t("supplier"),
          value:
            providers === null ? (
              t("byPerson")
            ) : (
              <bdi>{supplier?.isRetired ? t("retired", { name }) : name}</bdi>
            ),
        },
        {
          term: t("since"),
          value:
            savedBy === null
              ? t("version", { version, when })
              : t("versionBy", { version, when, name: savedBy }),
        },
      ]}
    />
  );
}

function Sums({ code, price }: { code: string; price: Price }) {
  const locale = useLocale();
  const { low, expected, high } = price;
  const sums = low === high ? [expected] : [low, expected, high];
  return <bdi className="block">{sums.map((sum) => formatMoney(BigInt(sum), code, locale)).join(" – ")}</bdi>;
}
