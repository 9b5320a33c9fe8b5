import { useTranslations } from "next-intl";
import { Section } from "@/components/gallery/section";

/** Each ground with the words that may stand on it. */
const GROUNDS = [
  ["bg-paper text-ink", "ink", "paper"],
  ["bg-paper text-ink-soft", "ink-soft", "paper"],
  ["bg-card text-ink", "ink", "card"],
  ["bg-primary text-on-primary", "on-primary", "primary"],
  ["bg-primary-tint text-primary", "primary", "primary-tint"],
  ["bg-attention-tint text-attention", "attention", "attention-tint"],
  ["bg-danger-tint text-danger", "danger", "danger-tint"],
  ["bg-good-tint text-good", "good", "good-tint"],
] as const;

const SIZES = [
  ["text-sm", 14],
  ["text-base", 16],
  ["text-md", 18],
  ["text-lg", 20],
  ["text-xl", 25],
  ["text-2xl", 31],
  ["text-3xl", 39],
] as const;

export function Ground() {
  const t = useTranslations("gallery.say");
  return (
    <Section name="ground">
      <h3 className="text-lg">{t("colours")}</h3>
      <ul className="grid grid-cols-2 gap-gap md:grid-cols-4">
        {GROUNDS.map(([look, words, ground]) => (
          <li key={look} className={`rounded-md border border-line p-4 text-sm ${look}`}>
            <bdi dir="ltr">
              {words} / {ground}
            </bdi>
          </li>
        ))}
      </ul>
      <h3 className="text-lg">{t("scale")}</h3>
      <ul className="space-y-gap">
        {SIZES.map(([look, size]) => (
          <li key={look} className="flex flex-wrap items-baseline gap-x-4">
            <span className="w-8 text-sm text-ink-soft">{size}</span>
            <span className={`${look} min-w-0 leading-tight`}>{t("read")}</span>
            <span className={`${look} min-w-0 font-serif leading-tight`}>{t("read")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
