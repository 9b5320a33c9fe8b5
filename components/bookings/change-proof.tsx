import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { type Option, Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ChangeProofProps {
  changeOrderId: string;
  files: readonly Option[];
  /** Who wrote it down reads no proof of it. */
  isOwn: boolean;
  acts: { prove: FormAction; decline: FormAction };
}

/** A second person reads what proves an emergency, or says that nothing came. */
export function ChangeProof({ changeOrderId, files, isOwn, acts }: ChangeProofProps) {
  const t = useTranslations("changeOrders.emergency");
  const words = useTranslations("changeOrders");
  return (
    <div className="flex flex-wrap items-end gap-gap-m">
      {isOwn ? (
        <p className="text-ink-soft">{t("own")}</p>
      ) : (
        <ActionForm
          id={`prove-${changeOrderId}`}
          action={acts.prove}
          className="flex flex-wrap items-end gap-gap"
        >
          <input type="hidden" name="changeOrderId" value={changeOrderId} />
          <Field name="recordId" label={t("file")} hint={t("fileHint")}>
            <Select required empty={words("propose.choose")} options={files} />
          </Field>
          <SubmitButton>{t("prove")}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        id={`refuse-${changeOrderId}`}
        action={acts.decline}
        className="flex flex-wrap items-end gap-gap"
      >
        <input type="hidden" name="changeOrderId" value={changeOrderId} />
        <Field name="reason" label={t("why")}>
          <TextInput required maxLength={500} />
        </Field>
        <SubmitButton look="quiet">{t("refuse")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
