import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { ITEM_CODES } from "@/lib/records/checklist";
import { REJECT_REASONS } from "@/lib/records/record";
import type { RecordView } from "@/lib/records/views/record";

/** Accept a file under a line of the checklist, or say why not. */
export function RecordVerdict({ record, action }: { record: RecordView; action: FormAction }) {
  const t = useTranslations("desk.records");
  const words = useTranslations("records");
  const isDamaged = record.findings.some(({ code }) => code === "damaged");
  const mayAccept = !isDamaged && (record.state === "readable" || record.state === "rejected");
  if (isDamaged && record.state === "rejected") return null;
  const items = ITEM_CODES.map((item) => ({ value: item, label: words(`items.${item}.title`) }));
  return (
    <details open={record.state === "readable"}>
      <summary className="link inline-flex min-h-control items-center text-sm">{t("judge")}</summary>
      <div className="grid gap-gap-m py-1 md:grid-cols-2">
        {mayAccept ? (
          <ActionForm action={action} className="space-y-gap">
            <input type="hidden" name="recordId" value={record.id} />
            <input type="hidden" name="state" value="accepted" />
            <Field name="item" label={t("fileUnder")}>
              <Select options={items} empty={t("keepItem")} defaultValue={record.item ?? ""} />
            </Field>
            {record.needsClearance ? <Checkbox name="clearance" label={t("acceptCleared")} required /> : null}
            <SubmitButton look="quiet">{t("accept")}</SubmitButton>
          </ActionForm>
        ) : null}
        {record.state === "rejected" ? null : (
          <ActionForm action={action} className="space-y-gap">
            <input type="hidden" name="recordId" value={record.id} />
            <input type="hidden" name="state" value="rejected" />
            <Field name="reason" label={t("rejectReason")}>
              <Select
                required
                options={REJECT_REASONS.map((reason) => ({
                  value: reason,
                  label: words(`reasons.${reason}`),
                }))}
              />
            </Field>
            <Field name="note" label={t("note")}>
              <TextInput maxLength={500} />
            </Field>
            <SubmitButton look="quiet">{t("reject")}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </details>
  );
}
