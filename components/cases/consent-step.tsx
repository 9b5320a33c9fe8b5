import { useTranslations } from "next-intl";
import { ConsentWording } from "@/components/cases/consent-wording";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentText } from "@/lib/cases/consent-text";

/** Nothing about somebody's health is stored before this page was agreed to. */
export function ConsentStep({ text, action }: { text: ConsentText; action: FormAction }) {
  const t = useTranslations("intake.consent");
  return (
    <Card heading={t("title")}>
      <ConsentWording text={text} />
      <ActionForm action={action} className="mt-gap-m space-y-gap-m">
        <Checkbox name="agree" label={t("agree")} required />
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
