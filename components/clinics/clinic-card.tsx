import { useTranslations } from "next-intl";
import {
  formatCountry,
  formatDay,
  formatLanguage,
  formatList,
  formatMoneyShort,
} from "@/components/ui/format";
import { Price } from "@/components/ui/price";
import { StateTag, Tag } from "@/components/ui/tag";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { FoundClinic } from "@/lib/clinics/views/catalogue";
import { roundedAbout } from "./about";
import { CityScene } from "./city-scene";
import { useFacetName } from "./facet-name";

/** One centre in the list: what it would cost, how much it does, how fast it answers, when it is free. */
export function ClinicCard({ clinic, locale }: { clinic: FoundClinic; locale: string }) {
  const t = useTranslations("clinics.card");
  return (
    <article className="keep grid gap-gap rounded-md border border-line bg-card p-gap-m md:grid-cols-[9rem_1fr_14rem]">
      <div className="hidden md:block">
        <CityScene slug={clinic.slug} city={clinic.city} country={clinic.country} />
      </div>
      <div className="min-w-0 space-y-2">
        <h3 className="text-lg">
          <a href={`/${locale}/clinics/${clinic.slug}`} className="link">
            {clinic.name}
          </a>
        </h3>
        <p className="text-ink-soft">
          {formatList([clinic.city, formatCountry(clinic.country, locale)], locale)}
        </p>
        <p dir="auto" className="max-w-prose text-base">
          {clinic.summary}
        </p>
        <p className="flex flex-wrap gap-1">
          {clinic.departments.includes("heart_team") ? <Tag>{t("heartTeam")}</Tag> : null}
          {clinic.accreditations.map(({ body }) => (
            <Tag key={body}>{body}</Tag>
          ))}
          {clinic.languages.slice(0, 6).map((code) => (
            <Tag key={code}>{formatLanguage(code, locale)}</Tag>
          ))}
        </p>
        <label className="choice no-print">
          <input type="checkbox" name="c" value={clinic.slug} />
          <span>{t("compare")}</span>
        </label>
      </div>
      <CardNumbers clinic={clinic} locale={locale} />
    </article>
  );
}

function CardNumbers({ clinic, locale }: { clinic: FoundClinic; locale: string }) {
  const t = useTranslations("clinics.card");
  const isMeasured = clinic.answerHours !== null && clinic.answerCount >= RANKING_FULL.answersLeast;
  const { price } = clinic;
  return (
    <ul className="space-y-2 text-base md:border-s md:border-line md:ps-gap">
      <li>
        <CardPrice price={price} locale={locale} />
      </li>
      <li>
        {price?.volume
          ? t("volumeOf", { count: price.volume, year: String(price.volumeYear) })
          : t("volumeNone")}
      </li>
      <li>{isMeasured ? t("answer", { hours: clinic.answerHours ?? 0 }) : t("answerNone")}</li>
      <li>{clinic.nextFreeOn ? t("free", { day: formatDay(clinic.nextFreeOn, locale) }) : t("freeNone")}</li>
    </ul>
  );
}

function CardPrice({ price, locale }: { price: FoundClinic["price"]; locale: string }) {
  const t = useTranslations("clinics.card");
  const priceWords = useTranslations("clinics.clinic.prices");
  const nameOf = useFacetName();
  if (price === null) return t("noPrice");
  const { low, expected, high, about } = price;
  const short = (sum: { amount: number; currency: string }) =>
    formatMoneyShort(BigInt(sum.amount), sum.currency, locale);
  return (
    <>
      <span className="block text-sm text-ink-soft">
        {nameOf("treatment", price.treatment)}
        {price.device === null ? "" : `, ${nameOf("device", price.device)}`}
      </span>
      {price.deviceStatus === "trial" ? <StateTag tone="attention">{priceWords("trial")}</StateTag> : null}
      <span className="text-lg font-semibold">
        <Price amountMinor={BigInt(expected.amount)} currency={expected.currency} locale={locale} short />
      </span>{" "}
      <span className="text-sm">{t("expected")}</span>
      <span className="block text-sm text-ink-soft">
        <bdi>{t("range", { low: short(low), high: short(high) })}</bdi>
      </span>
      {about === null ? null : (
        <span className="block text-sm">{t("about", { amount: short(roundedAbout(about)) })}</span>
      )}
    </>
  );
}
