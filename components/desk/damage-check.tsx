import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RecordView } from "@/lib/records/views/record";

interface DamageCheckProps {
  /** The files of one line of the list. */
  files: readonly RecordView[];
  action: FormAction;
}

/** Files that were found damaged: after their bytes were put back from a backup they are read again, every byte. */
export function DamageCheck({ files, action }: DamageCheckProps) {
  const t = useTranslations("desk.records.damage");
  const damaged = files.filter(({ findings }) => findings.some(({ code }) => code === "damaged"));
  const count = damaged.length;
  if (count === 0) return null;
  return (
    <ActionForm
      action={action}
      id={`damage-${damaged[0]?.id}`}
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
    >
      <input type="hidden" name="records" value={damaged.map(({ id }) => id).join(",")} />
      <p className="min-w-0 flex-1 basis-52 text-sm text-ink-soft">{t("lead")}</p>
      <SubmitButton look="quiet">{t("check", { count })}</SubmitButton>
    </ActionForm>
  );
}
