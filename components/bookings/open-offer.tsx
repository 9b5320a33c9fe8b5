import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatMoment, formatWeekday } from "@/components/ui/format";
import type { OpenOffer as Offer } from "@/lib/logistics/read-open-offers";

interface OpenOfferProps {
  offer: Offer;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  href: string;
}

/** On the overview, before everything else: a freed day is kept for the patient, and not for long. */
export function OpenOffer({ offer, locale, zone, href }: OpenOfferProps) {
  const t = useTranslations("waiting.overview");
  const { on, clinicName, expiresAt } = offer;
  return (
    <Card className="border-s-4 border-s-primary">
      <p className="text-lg font-semibold">
        {t("offered", { day: formatWeekday(on, locale), clinic: clinicName })}
      </p>
      <p>{t("by", { when: formatMoment(expiresAt, zone, locale) })}</p>
      <div className="pt-2 [&_.button]:w-full sm:[&_.button]:w-auto">
        <LinkButton look="primary" href={href}>
          {t("go")}
        </LinkButton>
      </div>
    </Card>
  );
}
