import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";

interface ReopenedDraftProps {
  draft: { id: string; number: string };
  locale: string;
  leave: () => Promise<void>;
}

/** Which case of their own a signed-in patient is changing here, and the ways out. */
export function ReopenedDraft({ draft, locale, leave }: ReopenedDraftProps) {
  const t = useTranslations("intake.reopened");
  return (
    <div className="mb-gap-m">
      <Notice tone="info">
        <p>{t.rich("changing", { number: draft.number, case: (words) => <bdi>{words}</bdi> })}</p>
        <div className="flex flex-wrap items-center gap-x-gap-m">
          <TextLink href={`/${locale}/my/cases/${draft.id}`}>{t("back")}</TextLink>
          <form action={leave}>
            <SubmitButton look="quiet">{t("another")}</SubmitButton>
          </form>
        </div>
      </Notice>
    </div>
  );
}
