import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/components/ui/format";
import { ownRuleOf } from "@/lib/estimates/line-rule";
import arabic from "@/locales/ar/estimateWords.json";
import english from "@/locales/en/estimateWords.json";

type Known = keyof typeof english.known;

/** By its words in any language somebody built an estimate in, so that it can be read in another. */
const KNOWN: ReadonlyMap<string, Known> = new Map(
  [english, arabic].flatMap(({ known }) =>
    Object.entries(known).map(([key, words]) => [words, key as Known] as const),
  ),
);

/** The sentences the product itself supplies for estimates: which of them this is, or null for a person's own words. */
export function knownWords(text: string): Known | null {
  return KNOWN.get(text.trim()) ?? null;
}

/** Words of an estimate: the product's own in the reader's language, a person's as they wrote them. */
export function Said({ text }: { text: string }) {
  const t = useTranslations("estimateWords");
  const known = knownWords(text);
  return known ? t(`known.${known}`) : <bdi>{text}</bdi>;
}

/** "4 hours": how much of something; nothing for one of it. */
export function Quantity({ quantity, unit }: { quantity: number; unit: string }) {
  const t = useTranslations("estimateWords.unit");
  const words = useTranslations("my.estimates");
  const locale = useLocale();
  if (quantity === 1) return null;
  if (t.has(unit as "hour")) return t(unit as "hour", { count: quantity });
  return <bdi>{words("quantityOf", { quantity: formatNumber(quantity, locale), unit })}</bdi>;
}

/** What a service says comes back of it; nothing where the days of our terms hold. */
export function RefundWords({ line }: { line: { contract: string; kind: string; options: unknown } }) {
  const t = useTranslations("estimateWords.refund");
  const rule = ownRuleOf(line);
  return rule ? <span className="block text-sm text-ink-soft">{t("says", { rule: t(rule) })}</span> : null;
}

/** Sentences one accepts, each a line of its own. */
export function SaidList({ items }: { items: readonly string[] }) {
  return (
    <ul className="list-disc ps-5">
      {items.map((item) => (
        <li key={item}>
          <Said text={item} />
        </li>
      ))}
    </ul>
  );
}
