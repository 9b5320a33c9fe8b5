import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { DefinitionList } from "@/components/ui/facts";
import { Field } from "@/components/ui/field";
import { formatDay } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MoneySettings } from "@/lib/desk/queries/money-settings";

interface CoverFormProps {
  cover: MoneySettings["cover"];
  today: string;
  /** Null for whoever only reads. */
  action: FormAction | null;
}

/** Who pays travellers back should the operator fail, and until when; told before it ends. */
export function CoverForm({ cover: { cover, changedAt }, today, action }: CoverFormProps) {
  const t = useTranslations("moneySettings.cover");
  const locale = useLocale();
  const seenAt = changedAt?.toISOString() ?? "";
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      {cover === null ? <Notice tone="danger">{t("none")}</Notice> : null}
      {cover && cover.state !== "holds" ? (
        <Notice tone={cover.state === "over" ? "danger" : "attention"}>
          {t(cover.state, { day: formatDay(cover.validUntil, locale) })}
        </Notice>
      ) : null}
      {action === null ? (
        cover && (
          <DefinitionList
            facts={[
              { term: t("insurer"), value: <bdi>{cover.insurer}</bdi> },
              { term: t("number"), value: <bdi>{cover.number}</bdi> },
              { term: t("validUntil"), value: formatDay(cover.validUntil, locale) },
            ]}
          />
        )
      ) : (
        <ActionForm action={action} className="space-y-gap-m">
          <input type="hidden" name="seenAt" value={seenAt} />
          <div key={seenAt} className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
            <Field name="insurer" label={t("insurer")}>
              <TextInput
                maxLength={200}
                autoComplete="off"
                dir="auto"
                required
                defaultValue={cover?.insurer}
              />
            </Field>
            <Field name="number" label={t("number")}>
              <TextInput maxLength={80} autoComplete="off" dir="auto" required defaultValue={cover?.number} />
            </Field>
            <Field name="validUntil" label={t("validUntil")}>
              <TextInput type="date" min={today} required defaultValue={cover?.validUntil} />
            </Field>
          </div>
          <SubmitButton>{t("submit")}</SubmitButton>
        </ActionForm>
      )}
    </Card>
  );
}
