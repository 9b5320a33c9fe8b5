import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Study } from "@/lib/records/study";
import type { RecordView } from "@/lib/records/views/record";

interface StudyActsProps {
  study: Study<RecordView>;
  items: readonly { value: string; label: string }[];
  label: FormAction | null;
  remove: FormAction | null;
}

/** What a sender may still do with a whole examination: say what it is, or take all of it back for good. */
export function StudyActs({ study, items, label, remove }: StudyActsProps) {
  const t = useTranslations("recordList");
  const files = study.series.flatMap(({ instances }) => instances);
  const mayLabel = label !== null && files.some(({ state }) => state === "readable");
  if (!mayLabel && remove === null) return null;
  return (
    <details>
      <summary className="link inline-flex min-h-11 items-center text-sm">{t("change")}</summary>
      <div className="mt-gap grid max-w-prose gap-gap-m rounded-md border border-line p-gap-m">
        {mayLabel ? (
          <ActionForm action={label}>
            <input type="hidden" name="studyUid" value={study.uid} />
            <Field name="item" label={t("whatIs")}>
              <Select
                options={items}
                empty={t("notOnList")}
                defaultValue={files.find(({ item }) => item !== null)?.item ?? ""}
              />
            </Field>
            <SubmitButton look="quiet">{t("keep")}</SubmitButton>
          </ActionForm>
        ) : null}
        {remove === null ? null : (
          <ActionForm action={remove}>
            <input type="hidden" name="studyUid" value={study.uid} />
            <p className="text-ink-soft">{t("removeStudyLead")}</p>
            <SubmitButton look="danger">{t("removeStudy", { count: files.length })}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </details>
  );
}
