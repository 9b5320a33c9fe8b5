import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatMoment } from "@/components/ui/format";

interface OpenChangeProps {
  /** Until when it can be answered; null for an emergency that waits for its proof. */
  expiresAt: Date | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  href: string;
}

/** On the overview, before everything else: a change waits for the patient, or something was done that could not wait. */
export function OpenChange({ expiresAt, locale, zone, href }: OpenChangeProps) {
  const t = useTranslations("changeOrders.overview");
  return (
    <Card className="border-s-4 border-s-primary">
      <p className="text-lg font-semibold">{expiresAt ? t("waits") : t("emergency")}</p>
      {expiresAt ? (
        <p className="text-ink-soft">{t("by", { when: formatMoment(expiresAt, zone, locale) })}</p>
      ) : null}
      <div className="pt-2 [&_.button]:w-full sm:[&_.button]:w-auto">
        <LinkButton look={expiresAt ? "primary" : "quiet"} href={href}>
          {t("go")}
        </LinkButton>
      </div>
    </Card>
  );
}
