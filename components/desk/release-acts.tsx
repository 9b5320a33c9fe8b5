import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

export interface ReleaseActions {
  approve: FormAction;
  refuse: FormAction;
  pay: FormAction;
}

interface ReleaseActsProps {
  releaseId: string;
  state: "proposed" | "approved" | "paid" | "refused";
  /** Whether whoever looks proposed it. */
  isOwn: boolean;
  actions: ReleaseActions;
}

/** What can be done with a release: another person approves or refuses, then the bank's payment is written down. */
export function ReleaseActs({ releaseId, state, isOwn, actions }: ReleaseActsProps) {
  const t = useTranslations("books.releases");
  const named = <input type="hidden" name="releaseId" value={releaseId} />;
  if (state === "approved") {
    return (
      <ActionForm action={actions.pay} className="space-y-gap">
        {named}
        <Field name="bankReference" label={t("bankReference")}>
          <TextInput maxLength={140} autoComplete="off" dir="auto" required />
        </Field>
        <SubmitButton>{t("pay")}</SubmitButton>
      </ActionForm>
    );
  }
  if (state !== "proposed") return null;
  return (
    <div className="space-y-gap">
      {isOwn ? (
        <p className="max-w-60 text-ink-soft">{t("own")}</p>
      ) : (
        <ActionForm action={actions.approve}>
          {named}
          <SubmitButton>{t("approve")}</SubmitButton>
        </ActionForm>
      )}
      <details>
        <summary className="link inline-flex min-h-11 items-center">{t("refuse")}</summary>
        <ActionForm action={actions.refuse} className="space-y-gap">
          {named}
          <Field name="reason" label={t("reason")}>
            <TextInput maxLength={500} autoComplete="off" dir="auto" required />
          </Field>
          <SubmitButton look="quiet">{t("refuseDo")}</SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
