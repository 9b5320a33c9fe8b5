import { useTranslations } from "next-intl";
import { ConsentWording } from "@/components/cases/consent-wording";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import { formatList } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { ConsentText } from "@/lib/cases/consent-text";

interface SendStepProps {
  text: ConsentText;
  isPatient: boolean;
  /** Steps that are not complete yet. */
  missing: readonly ("problem" | "contact")[];
  locale: string;
  action: FormAction;
}

export function SendStep({ text, isPatient, missing, locale, action }: SendStepProps) {
  const t = useTranslations("intake.send");
  const steps = useTranslations("intake.path");
  const next = encodeURIComponent(`/${locale}/start?step=send`);
  const [first] = missing;
  if (first) {
    return (
      <Notice tone="attention">
        <p>
          {t("missing", {
            fields: formatList(
              missing.map((step) => steps(step)),
              locale,
            ),
          })}
        </p>
        <TextLink href={`/${locale}/start?step=${first}`}>{t("back")}</TextLink>
      </Notice>
    );
  }
  return (
    <Card heading={t("title")}>
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
      <p className="mt-gap-m">
        <TextLink href={`/${locale}/start?step=problem`}>{t("back")}</TextLink>
      </p>
    </Card>
  );
}
