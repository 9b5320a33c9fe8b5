import { useLocale, useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { FactsLabel } from "@/components/ui/facts";
import { MoneyRange } from "@/components/ui/money-range";
import { Price } from "@/components/ui/price";

export function Money() {
  const t = useTranslations("gallery.say");
  const locale = useLocale();
  const words = { low: t("low"), expected: t("expected"), high: t("high") };
  const facts = [
    { term: t("procedures"), value: "412", source: t("source") },
    { term: t("deaths"), value: t("deathsValue"), source: t("source") },
    { term: t("speak"), value: t("speakValue") },
    { term: t("price"), value: <Price amountMinor={3_150_001n} currency="EUR" locale={locale} /> },
    { term: t("about"), value: t("aboutValue") },
  ];
  const spread = { lowMinor: 2_800_000n, expectedMinor: 3_150_000n, highMinor: 3_600_000n, currency: "EUR" };
  const fixed = { lowMinor: 2_800_000n, expectedMinor: 2_800_000n, highMinor: 2_800_000n, currency: "CNY" };
  return (
    <Section name="money">
      <Densities>
        <FactsLabel heading={t("facts")} facts={facts} />
        <MoneyRange range={spread} locale={locale} words={words} causes={t("causes")} />
        <MoneyRange range={fixed} locale={locale} words={words} causes={t("fixed")} />
      </Densities>
    </Section>
  );
}
