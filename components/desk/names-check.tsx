import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { formatDay } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { dayOf } from "@/lib/kernel/day";
import type { RecordView } from "@/lib/records/views/record";

/** One file before a centre that is asked without the name: what it gets, and the coordinator's look. */
export function NamesCheck({ record, action }: { record: RecordView; action: FormAction }) {
  const t = useTranslations("nameless");
  const locale = useLocale();
  const { withoutName, namesCheckedAt } = record;
  const isOpen = withoutName === "not_looked_at";
  if (!isOpen && !namesCheckedAt)
    return withoutName === "copy" ? null : (
      <p className="text-sm text-ink-soft">{t(`desk.${withoutName}`)}</p>
    );
  return (
    <ActionForm
      action={action}
      id={`names-${record.id}`}
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
    >
      <input type="hidden" name="records" value={record.id} />
      <input type="hidden" name="result" value={isOpen ? "no_name" : "name_found"} />
      <p className="min-w-0 flex-1 basis-52 text-sm text-ink-soft">
        {namesCheckedAt
          ? t("checkedOn", { day: formatDay(dayOf(new Date(namesCheckedAt)), locale) })
          : t("desk.not_looked_at")}
      </p>
      <SubmitButton look="quiet">{isOpen ? t("release") : t("takeBack")}</SubmitButton>
    </ActionForm>
  );
}

/** All files that wait for the look, in one word: for whoever has gone through a whole study. */
export function NamesCheckAll({ records, action }: { records: readonly RecordView[]; action: FormAction }) {
  const t = useTranslations("nameless");
  const waiting = records.filter(isWaiting);
  const count = waiting.length;
  return (
    <section aria-labelledby="names" className="space-y-gap border-b border-line pb-gap-m">
      <h2 id="names" className="text-md">
        {t("title")}
      </h2>
      <p className="max-w-prose text-sm">{t("lead")}</p>
      {count === 0 ? (
        <p className="text-sm text-ink-soft">{t("none")}</p>
      ) : (
        <ActionForm action={action} id="names-all" className="space-y-gap">
          <p className="text-sm font-semibold">{t("waiting", { count })}</p>
          <input type="hidden" name="records" value={waiting.map(({ id }) => id).join(",")} />
          <input type="hidden" name="result" value="no_name" />
          <Checkbox name="looked" label={t("lookedAll", { count })} required />
          <SubmitButton look="quiet">{t("releaseAll")}</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}

function isWaiting({ withoutName, state }: RecordView): boolean {
  return withoutName === "not_looked_at" && (state === "readable" || state === "accepted");
}
