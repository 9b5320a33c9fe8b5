import { useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";

interface TemplateChoiceProps {
  /** Newest first. */
  templates: readonly { id: string; savedAt: Date }[];
  /** What the lines below begin with: a template by its id, or the price list. */
  chosen: string;
  /** Whether there is a price list to begin with instead. */
  hasList: boolean;
  hrefOf: (template: string) => string;
  locale: string;
}

/** What the lines begin with, and what else they could begin with. */
export function TemplateChoice({ templates, chosen, hasList, hrefOf, locale }: TemplateChoiceProps) {
  const t = useTranslations("lineTemplates");
  const day = (at: Date) => formatDay(at.toISOString().slice(0, 10), locale);
  const choices = [
    ...templates.map(({ id, savedAt }, place) => ({
      id,
      words: t(place === 0 ? "template" : "earlier", { day: day(savedAt) }),
    })),
    ...(hasList ? [{ id: "none", words: t("list") }] : []),
  ];
  const current = choices.find(({ id }) => id === chosen);
  if (templates.length === 0) return <p className="mb-gap text-sm text-ink-soft">{t("noTemplate")}</p>;
  return (
    <div className="mb-gap text-sm">
      <p>{t("beginsWith", { what: current?.words ?? t("nothing") })}</p>
      <ul className="flex flex-wrap gap-x-gap">
        {choices
          .filter((choice) => choice !== current)
          .map(({ id, words }) => (
            <li key={id}>
              <TextLink href={hrefOf(id)}>{words}</TextLink>
            </li>
          ))}
      </ul>
    </div>
  );
}
