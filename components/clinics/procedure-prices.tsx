import { useTranslations } from "next-intl";
import { formatDay, formatList } from "@/components/ui/format";
import { EndCauses, MoneyRange } from "@/components/ui/money-range";
import { PlainLink } from "@/components/ui/plain-link";
import { axisOver } from "@/components/ui/range-axis";
import { StateTag } from "@/components/ui/tag";
import { offersByTreatment, type TreatmentOffer } from "@/lib/clinics/price-range";
import type { ProcedureFacts } from "@/lib/clinics/views/catalogue";
import { isTreatment } from "@/lib/guides/treatment";
import { useFacetName } from "./facet-name";
import { PriceTerms } from "./price-terms";
import { sumRange } from "./sum-range";

interface ProcedurePricesProps {
  procedures: readonly ProcedureFacts[];
  locale: string;
}

/** Each treatment once: its prices on one axis, what moves them, what is in them, and the next free days. */
export function ProcedurePrices({ procedures, locale }: ProcedurePricesProps) {
  return (
    <ul className="space-y-gap-m">
      {offersByTreatment(procedures).map((one) => (
        <li key={one.treatment} className="space-y-gap rounded-md border border-line bg-card p-gap-m">
          <TreatmentHead {...one} locale={locale} />
          <Offers {...one} locale={locale} />
          <PriceTerms offers={one.offers} locale={locale} />
        </li>
      ))}
    </ul>
  );
}

interface TreatmentProps extends TreatmentOffer {
  locale: string;
}

function TreatmentHead({ treatment, offers, locale }: TreatmentProps) {
  const t = useTranslations("clinics.clinic.prices");
  const nameOf = useFacetName();
  const [first] = offers;
  const ways = [...new Set(offers.flatMap(({ access }) => (access === null ? [] : [access])))];
  if (first === undefined) return null;
  const stay =
    first.stayDaysHigh === 0 ? t("noStay") : t("stay", { low: first.stayDaysLow, high: first.stayDaysHigh });
  const days = first.nextFreeDays.slice(0, 3).map((day) => formatDay(day, locale));
  return (
    <div className="space-y-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-gap">
        <h3 className="text-lg">{nameOf("treatment", treatment)}</h3>
        <span className="text-base">
          <PlainLink href={`/${locale}/treatments/${treatment}`}>{t("guide")}</PlainLink>
        </span>
      </div>
      <p className="text-base text-ink-soft">
        {formatList([...ways.map((way) => nameOf("access", way)), stay], locale)}
      </p>
      <p className="text-base text-ink-soft">
        {days.length === 0 ? t("noFree") : `${t("free")}: ${days.join(" · ")}`}
      </p>
    </div>
  );
}

function Offers({ treatment, offers, locale }: TreatmentProps) {
  const axis = axisOver(offers.map(sumRange));
  return (
    <>
      <ul className="divide-y divide-line border-t border-line">
        {offers.map((offer) => (
          <li
            key={offer.device ?? ""}
            className={`py-gap ${offer.device === null ? "" : "gap-x-gap-m sm:grid sm:grid-cols-[9rem_minmax(0,1fr)]"}`}
          >
            <DeviceName offer={offer} locale={locale} />
            <OfferRange offer={offer} axis={axis} locale={locale} />
          </li>
        ))}
      </ul>
      <Causes treatment={treatment} />
    </>
  );
}

function DeviceName({ offer, locale }: { offer: ProcedureFacts; locale: string }) {
  const t = useTranslations("clinics.clinic.prices");
  const nameOf = useFacetName();
  const { device, deviceStatus } = offer;
  if (device === null) return null;
  return (
    <div className="mb-2 space-y-1 text-base font-semibold sm:pt-4">
      <PlainLink href={`/${locale}/devices/${device}`}>
        <bdi>{nameOf("device", device)}</bdi>
      </PlainLink>
      {deviceStatus === "trial" ? <StateTag tone="attention">{t("trial")}</StateTag> : null}
    </div>
  );
}

interface OfferRangeProps {
  offer: ProcedureFacts;
  axis: ReturnType<typeof axisOver>;
  locale: string;
}

function OfferRange({ offer, axis, locale }: OfferRangeProps) {
  const t = useTranslations("clinics.clinic.prices");
  const words = { low: t("low"), expected: t("expected"), high: t("high") };
  return (
    <div className="min-w-0 space-y-2">
      <MoneyRange range={sumRange(offer)} axis={axis} locale={locale} words={words} />
      {offer.expired ? (
        <StateTag tone="attention">{t("expired", { day: formatDay(offer.validTo, locale) })}</StateTag>
      ) : null}
    </div>
  );
}

/** What usually pulls the price of a treatment to either end, at either end. */
function Causes({ treatment }: { treatment: string }) {
  const t = useTranslations("clinics.clinic.prices");
  if (!isTreatment(treatment)) return null;
  return (
    <p className="text-sm text-ink-soft">
      <EndCauses
        low={t("nearLow", { causes: t(`causes.${treatment}.low`) })}
        high={t("nearHigh", { causes: t(`causes.${treatment}.high`) })}
      />
    </p>
  );
}
