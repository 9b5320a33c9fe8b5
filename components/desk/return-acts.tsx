import { useTranslations } from "next-intl";
import { SecondWord } from "@/components/desk/second-word";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

export interface ReturnActions {
  approve: FormAction;
  refuse: FormAction;
  send: FormAction;
  withdraw: FormAction;
}

interface ReturnActsProps {
  returnId: string;
  state: "proposed" | "approved" | "sent" | "refused" | "withdrawn";
  /** Whether whoever looks proposed it. */
  isOwn: boolean;
  actions: ReturnActions;
}

/** What can be done with a way back: another person approves or refuses, then the bank's payment is written down. */
export function ReturnActs({ returnId, state, isOwn, actions }: ReturnActsProps) {
  const t = useTranslations("transfers");
  if (state === "approved") {
    return (
      <div className="space-y-gap">
        <ActionForm action={actions.send} className="space-y-gap">
          <input type="hidden" name="returnId" value={returnId} />
          <Field name="bankReference" label={t("bankReference")}>
            <TextInput maxLength={140} autoComplete="off" dir="auto" required />
          </Field>
          <SubmitButton>{t("send")}</SubmitButton>
        </ActionForm>
        <details>
          <summary className="link inline-flex min-h-11 items-center">{t("withdraw")}</summary>
          <ActionForm action={actions.withdraw} className="space-y-gap">
            <input type="hidden" name="returnId" value={returnId} />
            <Field name="reason" label={t("whyNot")}>
              <TextInput maxLength={500} autoComplete="off" dir="auto" required />
            </Field>
            <SubmitButton look="quiet">{t("withdrawDo")}</SubmitButton>
          </ActionForm>
        </details>
      </div>
    );
  }
  if (state !== "proposed") return null;
  return (
    <div className="space-y-gap">
      <SecondWord
        name="returnId"
        id={returnId}
        isOwn={isOwn}
        words={{
          ...{ own: t("own"), approve: t("approve"), refuse: t("refuse") },
          ...{ reason: t("whyNot"), refuseDo: t("refuseDo") },
        }}
        actions={actions}
      />
    </div>
  );
}
