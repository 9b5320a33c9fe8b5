import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RecordView } from "@/lib/records/views/record";

interface RecordActsProps {
  record: RecordView;
  items: readonly { value: string; label: string }[];
  label: FormAction | null;
  remove: FormAction | null;
}

/** What a sender may still do with one file: say what it is, or take it back for good. */
export function RecordActs({ record, items, label, remove }: RecordActsProps) {
  const t = useTranslations("recordList");
  if (label === null && remove === null) return null;
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center text-sm">{t("change")}</summary>
      <div className="mt-gap grid max-w-prose gap-gap-m rounded-md border border-line p-gap-m">
        {label ? (
          <ActionForm action={label}>
            <Field name="item" label={t("whatIs")}>
              <Select options={items} empty={t("notOnList")} defaultValue={record.item ?? ""} />
            </Field>
            <SubmitButton look="quiet">{t("keep")}</SubmitButton>
          </ActionForm>
        ) : null}
        {remove ? (
          <ActionForm action={remove}>
            <p className="text-ink-soft">{t("removeLead")}</p>
            <SubmitButton look="danger">{t("remove")}</SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </details>
  );
}
