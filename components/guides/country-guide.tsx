import { useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/facts";
import { formatDay, formatLanguage, formatList } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { type CountryCode, countryFacts } from "@/lib/guides/country";
import { emergencyNumbersOf } from "@/lib/guides/emergency";
import { daysBetween } from "@/lib/kernel/day";
import { GuidePart } from "./guide-part";

const NOTES_LAST_DAYS = 180;

interface CountryGuideProps {
  code: CountryCode;
  locale: string;
  today: string;
  cities: readonly { city: string; centres: number }[];
}

/** Entry, visa, medicines and what still works when the border is closed; old notes say that they are old. */
export function CountryGuide({ code, locale, today, cities }: CountryGuideProps) {
  const t = useTranslations("guides");
  const { writtenOn } = countryFacts(code);
  const isOld = daysBetween(writtenOn, today) > NOTES_LAST_DAYS;
  return (
    <div className="grid gap-gap-l lg:grid-cols-[1fr_20rem]">
      <div className="space-y-gap-l">
        <Notice tone={isOld ? "attention" : "info"}>
          {isOld ? t("label.old") : t("label.written", { day: formatDay(writtenOn, locale) })}
        </Notice>
        {(["entry", "visa", "medicines", "closed"] as const).map((part) => (
          <GuidePart key={part} id={part} title={t(`label.${part}`)}>
            <p className="max-w-prose">{t(`country.${code}.${part}`)}</p>
          </GuidePart>
        ))}
      </div>
      <aside>
        <Facts code={code} locale={locale} cities={cities} />
      </aside>
    </div>
  );
}

function Facts({ code, locale, cities }: Omit<CountryGuideProps, "today">) {
  const t = useTranslations("guides.label");
  const facts = countryFacts(code);
  const count = useTranslations("clinics.country");
  return (
    <DefinitionList
      facts={[
        { term: t("emergency"), value: formatList(emergencyNumbersOf(code) ?? [], locale) },
        { term: t("currency"), value: facts.currency },
        {
          term: t("languages"),
          value: formatList(
            facts.languages.map((language) => formatLanguage(language, locale)),
            locale,
          ),
        },
        { term: t("commission"), value: facts.commissionVoid ? t("commissionVoid") : t("commissionNone") },
        {
          term: t("cities"),
          value: cities.map(({ city, centres }) => (
            <span key={city} className="block">
              {city}: {count("cityCount", { count: centres })}
            </span>
          )),
        },
      ]}
    />
  );
}
