import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/gallery/section";
import { formatBasisPoints, formatDay, formatMoment, formatMoney } from "@/components/ui/format";

/** Every script the product meets, whatever the language of the page. */
const NAMES = [
  "Amal Haddad",
  "أمل حداد",
  "Иван Петров",
  "李明华",
  "王芳 (Wang Fang)",
  "Nguyễn Thị Hoa",
  "Łukasz Żółć",
];

const AT = new Date("2026-05-04T08:00:00Z");

/** Latin device names, numbers and addresses inside sentences of the page's language; names in their own letters. */
export function Letters() {
  const t = useTranslations("gallery.say");
  const locale = useLocale();
  const told = ["letters1", "letters2", "letters3", "letters4", "letters5"] as const;
  return (
    <Section name="letters">
      <div className="prose">
        {told.map((key) => (
          <p key={key}>{t(key)}</p>
        ))}
        <p>
          <bdi>{formatMoment(AT, "Europe/Berlin", locale)}</bdi> ·{" "}
          <bdi>{formatDay("2026-05-04", locale)}</bdi> · <bdi>{formatBasisPoints(2_050, locale)}</bdi> ·{" "}
          <bdi>{formatMoney(370_001n, "EUR", locale)}</bdi>
        </p>
      </div>
      <h3 className="text-lg">{t("people")}</h3>
      <ul className="flex flex-wrap gap-x-6 gap-y-gap">
        {NAMES.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi> <bdi className="font-semibold">{name}</bdi>
          </li>
        ))}
      </ul>
    </Section>
  );
}
