import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface AidsSwitchProps {
  on: boolean;
  /** When it was last changed, as this page saw it. */
  seenAt: string;
  action: FormAction;
}

/** Whether doctors are shown grades and can measure in pictures. */
export function AidsSwitch({ on, seenAt, action }: AidsSwitchProps) {
  const t = useTranslations("settings.aids");
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="seenAt" value={seenAt} />
        <Checkbox key={seenAt} name="on" label={t("on")} value="yes" defaultChecked={on} />
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
