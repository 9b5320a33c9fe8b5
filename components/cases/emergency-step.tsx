import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";

interface EmergencyStepProps {
  emergency: { message: string; number: string };
  locale: string;
  action: () => Promise<void>;
}

/** What to do now, the number to call, nothing to buy, one way on for somebody a doctor has seen. */
export function EmergencyStep({ emergency, locale, action }: EmergencyStepProps) {
  const t = useTranslations("intake.emergency");
  return (
    <div className="space-y-gap-l">
      <Notice tone="danger" title={t("title")} live>
        <p>{emergency.message}</p>
        <p className="mt-gap text-xl">
          <a href={`tel:${emergency.number}`} className="font-semibold underline">
            {t("call", { number: emergency.number })}
          </a>
        </p>
      </Notice>
      <p>
        <TextLink href={`/${locale}/emergency`}>{t("more")}</TextLink>
      </p>
      <form action={action} className="space-y-gap">
        <p className="text-ink-soft">{t("kept")}</p>
        <SubmitButton look="quiet">{t("seen")}</SubmitButton>
      </form>
    </div>
  );
}
