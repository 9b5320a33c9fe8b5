import { useTranslations } from "next-intl";
import { ConsentWording } from "@/components/cases/consent-wording";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentText } from "@/lib/cases/consent-text";

interface SendCardProps {
  text: ConsentText;
  isPatient: boolean;
  locale: string;
  action: FormAction;
}

/** The last act: who has an account agrees and sends, anybody else opens one first. */
export function SendCard({ text, isPatient, locale, action }: SendCardProps) {
  const t = useTranslations("intake.send");
  const next = encodeURIComponent(`/${locale}/start?step=check`);
  return (
    <Card heading={t("title")} id="send">
      <p className="mb-gap-m text-ink-soft">{t("lead")}</p>
      {isPatient ? (
        <ActionForm action={action}>
          <ConsentWording text={text} />
          <Checkbox name="consent" label={t("agree")} required />
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      ) : (
        <div className="space-y-gap-m">
          <p>{t("account")}</p>
          <div className="flex flex-wrap gap-gap">
            <LinkButton look="primary" href={`/${locale}/signin/new?next=${next}`}>
              {t("new")}
            </LinkButton>
            <LinkButton href={`/${locale}/signin?next=${next}`}>{t("signIn")}</LinkButton>
          </div>
        </div>
      )}
    </Card>
  );
}
