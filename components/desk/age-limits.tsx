import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ItemCode } from "@/lib/records/checklist";

interface AgeLimitsProps {
  lines: readonly { item: ItemCode; maxAgeDays: number | null; usualDays: number | null }[];
  /** When the limits were last changed, as this page saw them. */
  seenAt: string;
  action: FormAction;
  /** Whose limits: the operator's, or one centre's own. */
  of?: "ages" | "centreAges";
}

/** How many days each kind of record may be old. */
export function AgeLimits({ lines, seenAt, action, of = "ages" }: AgeLimitsProps) {
  const t = useTranslations(`settings.${of}`);
  const items = useTranslations("records.items");
  return (
    <Card heading={t("title")} as="section">
      <p className="mb-gap-m max-w-prose text-ink-soft">{t("lead")}</p>
      <ActionForm action={action} className="space-y-gap-m">
        <input type="hidden" name="seenAt" value={seenAt} />
        <div className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
          {lines.map(({ item, maxAgeDays, usualDays }) => (
            <Field
              key={item}
              name={`ages.${item}`}
              label={<bdi>{items(`${item}.title`)}</bdi>}
              hint={t("usual", { days: usualDays ?? 0 })}
            >
              <div className="flex items-center gap-2">
                <TextInput
                  inputMode="numeric"
                  maxLength={4}
                  autoComplete="off"
                  dir="ltr"
                  className="max-w-28"
                  defaultValue={maxAgeDays ?? ""}
                />
                <span className="text-ink-soft">{t("days")}</span>
              </div>
            </Field>
          ))}
        </div>
        <SubmitButton>{t("submit")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
