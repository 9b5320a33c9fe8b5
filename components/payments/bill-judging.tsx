import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

/** A second person says whether the entry says what the original says. */
export function BillJudging({
  billId,
  isOwn,
  action,
}: {
  billId: string;
  isOwn: boolean;
  action: FormAction;
}) {
  const t = useTranslations("bills.judge");
  if (isOwn) return <p className="text-sm text-ink-soft">{t("own")}</p>;
  return (
    <div className="flex flex-wrap items-end gap-gap">
      <ActionForm action={action}>
        <input type="hidden" name="billId" value={billId} />
        <input type="hidden" name="state" value="confirmed" />
        <SubmitButton>{t("confirm")}</SubmitButton>
      </ActionForm>
      <ActionForm action={action} className="flex flex-wrap items-end gap-gap">
        <input type="hidden" name="billId" value={billId} />
        <input type="hidden" name="state" value="rejected" />
        <Field name="reason" label={t("reason")}>
          <TextInput required maxLength={500} />
        </Field>
        <SubmitButton look="quiet">{t("reject")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
