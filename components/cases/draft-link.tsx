import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface DraftLinkProps {
  /** Where one wants to be written to, if that was answered already. */
  email: string | null;
  action: FormAction;
  close: FormAction;
}

/** The way back by mail, and the way out on a device that is not one's own. */
export function DraftLink({ email, action, close }: DraftLinkProps) {
  const t = useTranslations("intake.later");
  return (
    <>
      <ActionForm action={action}>
        <Field name="email" label={t("mail")} hint={t("mailHint")}>
          <TextInput
            type="email"
            dir="ltr"
            autoComplete="email"
            required
            defaultValue={email ?? ""}
            className="rtl:text-end"
          />
        </Field>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
      <ActionForm action={close} className="mt-gap-l space-y-gap border-t border-line pt-gap-m">
        <p className="font-semibold">{t("shared")}</p>
        <p className="text-ink-soft">{t("sharedHint")}</p>
        <Checkbox name="sure" label={t("sure")} required />
        <SubmitButton look="quiet">{t("close")}</SubmitButton>
      </ActionForm>
    </>
  );
}
