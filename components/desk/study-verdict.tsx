import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { ITEM_CODES } from "@/lib/records/checklist";
import { REJECT_REASONS } from "@/lib/records/record";

interface StudyVerdictProps {
  studyUid: string;
  /** How many of its files wait for a word. */
  waiting: number;
  /** The line most of its files stand under. */
  item: string | null;
  /** How many of them ask whose they are. */
  asked: number;
  action: FormAction;
}

/** One word on every file of an examination that waits for it. */
export function StudyVerdict({ studyUid, waiting, item, asked, action }: StudyVerdictProps) {
  const t = useTranslations("desk.records");
  const words = useTranslations("records");
  const items = ITEM_CODES.map((code) => ({ value: code, label: words(`items.${code}.title`) }));
  const reasons = REJECT_REASONS.map((reason) => ({ value: reason, label: words(`reasons.${reason}`) }));
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center text-sm">
        {t("study.judge", { count: waiting })}
      </summary>
      <div className="grid gap-gap-m py-1 md:grid-cols-2">
        <ActionForm action={action} className="space-y-gap">
          <input type="hidden" name="studyUid" value={studyUid} />
          <input type="hidden" name="state" value="accepted" />
          <Field name="item" label={t("fileUnder")}>
            <Select options={items} empty={t("keepItem")} defaultValue={item ?? ""} />
          </Field>
          {asked > 0 ? <Checkbox name="clearance" label={t("study.cleared", { count: asked })} /> : null}
          <SubmitButton look="quiet">{t("study.accept")}</SubmitButton>
        </ActionForm>
        <ActionForm action={action} className="space-y-gap">
          <input type="hidden" name="studyUid" value={studyUid} />
          <input type="hidden" name="state" value="rejected" />
          <Field name="reason" label={t("rejectReason")}>
            <Select required options={reasons} />
          </Field>
          <Field name="note" label={t("note")}>
            <TextInput maxLength={500} />
          </Field>
          <SubmitButton look="quiet">{t("study.reject")}</SubmitButton>
        </ActionForm>
      </div>
    </details>
  );
}
