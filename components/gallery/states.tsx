import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/gallery/section";
import { stateWords } from "@/components/shell/state-words";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { MissingPart } from "@/components/ui/missing-part";
import { StatePage } from "@/components/ui/state-page";
import { isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

export function States() {
  const t = useTranslations("gallery.say");
  const locale = useLocale();
  const { problem, common } = messagesOf(isLocale(locale) ? locale : "en");
  const states = [
    ["missing", { ...problem.missing, title: common.notFound.title }],
    ["error", problem.error],
    ["offline", problem.offline],
    ["maintenance", problem.maintenance],
    ["crowded", problem.tooMany],
  ] as const;
  return (
    <Section name="states">
      <EmptyState title={t("none")} act={<Button look="primary">{t("noneAct")}</Button>}>
        {t("noneWhy")}
      </EmptyState>
      <MissingPart reference="4f2a91c0" here="#states" />
      {states.map(([kind, words]) => (
        <StatePage
          key={kind}
          kind={kind}
          words={stateWords(problem, words)}
          acts={<Button look="primary">{problem.retry}</Button>}
        />
      ))}
    </Section>
  );
}
