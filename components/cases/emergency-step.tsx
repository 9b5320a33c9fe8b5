import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";

interface EmergencyStepProps {
  emergency: { number: string };
  locale: string;
  /** Absent for somebody who may not answer for the patient. */
  action: (() => Promise<void>) | null;
  /** On a page of its own, whose heading says it already: where the answers can be changed. */
  again?: string;
}

/** What to do now, the number to call, nothing to buy, one way on for somebody a doctor has seen. */
export function EmergencyStep({ emergency, locale, action, again }: EmergencyStepProps) {
  const t = useTranslations("intake.emergency");
  const told = useTranslations("cases");
  return (
    <div className="space-y-gap-l">
      <Notice tone="danger" title={again === undefined ? t("title") : undefined} live>
        <p>{told("emergency")}</p>
        <p className="mt-gap text-xl">
          <a href={`tel:${emergency.number}`} className="font-semibold underline">
            {t("call", { number: emergency.number })}
          </a>
        </p>
        <p>{t("unknown")}</p>
      </Notice>
      <p>
        <TextLink href={`/${locale}/emergency`}>{t("more")}</TextLink>
      </p>
      {again === undefined ? null : (
        <p>
          <TextLink href={again}>{t("again")}</TextLink>
        </p>
      )}
      {action === null ? null : (
        <form action={action} className="space-y-gap">
          <p className="text-ink-soft">{t("kept")}</p>
          <SubmitButton look="quiet">{t("seen")}</SubmitButton>
        </form>
      )}
    </div>
  );
}
