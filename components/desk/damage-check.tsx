import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { isBeingRead } from "@/lib/records/finding";
import type { RecordView } from "@/lib/records/views/record";

export interface DamageCheckProps {
  /** The files of one line of the list. */
  files: readonly RecordView[];
  /** The act, and the moment from which its readings are seen. */
  restore: { action: FormAction; now: Date };
}

/** Files that were found damaged: after their bytes were put back from a backup they are read again, every byte. */
export function DamageCheck({ files, restore: { action, now } }: DamageCheckProps) {
  const t = useTranslations("desk.records.damage");
  const damaged = files.filter(({ findings }) => findings.some(({ code }) => code === "damaged"));
  const count = damaged.length;
  if (count === 0) return null;
  const stateOf = (all: readonly RecordView[]) => {
    const facts = all.flatMap(({ findings }) => findings.filter(({ code }) => code === "damaged"));
    const reading = facts.filter((one) => isBeingRead(one, now)).length;
    const read = facts.filter(({ facts: { readAt } }) => readAt !== undefined).length;
    if (reading > 0) return t("reading", { count: reading });
    return read > 0 ? `${t("still", { count: read })} ${t("lead")}` : t("lead");
  };
  return (
    <ActionForm
      action={action}
      id={`damage-${damaged[0]?.id}`}
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
    >
      <input type="hidden" name="records" value={damaged.map(({ id }) => id).join(",")} />
      <p className="min-w-0 flex-1 basis-52 text-sm text-ink-soft" role="status">
        {stateOf(damaged)}
      </p>
      <SubmitButton look="quiet">{t("check", { count })}</SubmitButton>
    </ActionForm>
  );
}
