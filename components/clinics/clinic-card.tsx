import { useTranslations } from "next-intl";
import {
  formatCountry,
  formatDay,
  formatLanguage,
  formatList,
  formatMoneyShort,
} from "@/components/ui/format";
import { Price } from "@/components/ui/price";
import { StateTag } from "@/components/ui/tag";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { FoundClinic } from "@/lib/clinics/views/catalogue";
import { roundedAbout } from "@/lib/kernel/money";
import { CityScene } from "./city-scene";
import { useFacetName } from "./facet-name";

/** One centre in the list: what it would cost, how much it does, how fast it answers, when it is free. */
export function ClinicCard({ clinic, locale }: { clinic: FoundClinic; locale: string }) {
  const { slug, name, city, country, summary } = clinic;
  return (
    <article className="hit keep">
      <CityScene slug={slug} locale={locale} className="max-md:hidden" />
      <div>
        <h3>
          <a href={`/${locale}/clinics/${slug}`} className="link">
            {name}
          </a>
        </h3>
        <p className="hit-soft">{formatList([city, formatCountry(country, locale)], locale)}</p>
        <p dir="auto">{summary}</p>
        <p className="hit-soft">
          <CardFacts clinic={clinic} locale={locale} />
        </p>
      </div>
      <CardNumbers clinic={clinic} locale={locale} />
    </article>
  );
}

const LANGUAGES_SHOWN = 6;

/** Heart team, certificates and languages as one line of words. */
function CardFacts({ clinic, locale }: { clinic: FoundClinic; locale: string }) {
  const t = useTranslations("clinics.card");
  const team = clinic.departments.includes("heart_team") ? [t("heartTeam")] : [];
  const certificates = clinic.accreditations.map(({ body }) => body);
  const languages = clinic.languages.slice(0, LANGUAGES_SHOWN).map((code) => formatLanguage(code, locale));
  return [team, certificates, languages]
    .filter((group) => group.length > 0)
    .map((group) => formatList(group, locale))
    .join(" · ");
}

function CardNumbers({ clinic, locale }: { clinic: FoundClinic; locale: string }) {
  const t = useTranslations("clinics.card");
  const isMeasured = clinic.answerHours !== null && clinic.answerCount >= RANKING_FULL.answersLeast;
  const { price } = clinic;
  return (
    <ul>
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
      <li>
        <label className="choice no-print">
          <input
            type="checkbox"
            name="c"
            value={clinic.slug}
            aria-label={t("compareOne", { name: clinic.name })}
          />
          <span aria-hidden>{t("compare")}</span>
        </label>
      </li>
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
      <span className="hit-soft">
        {nameOf("treatment", price.treatment)}
        {price.device === null ? "" : `, ${nameOf("device", price.device)}`}
      </span>
      {price.deviceStatus === "trial" ? <StateTag tone="attention">{priceWords("trial")}</StateTag> : null}
      <strong>
        <Price amountMinor={BigInt(expected.amount)} currency={expected.currency} locale={locale} short />
      </strong>{" "}
      <small>{t("expected")}</small>
      <span className="hit-soft">
        <bdi>{t("range", { low: short(low), high: short(high) })}</bdi>
      </span>
      {about === null ? null : (
        <span className="hit-soft">{t("about", { amount: short(roundedAbout(about)) })}</span>
      )}
    </>
  );
}
