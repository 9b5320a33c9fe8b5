import { useTranslations } from "next-intl";
import { useChoices, useImportWords, useRowWords } from "@/components/estimates/estimate-builder";
import { EstimateBuilderRows } from "@/components/estimates/estimate-builder-rows";
import type { ReadLines } from "@/components/estimates/line-import";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TypedLine } from "@/lib/desk/first-lines";
import { CURRENCIES } from "@/lib/kernel/money";

interface LineTemplateFormProps {
  start: { currency: string; lines: readonly TypedLine[] };
  /** The centre's country: only devices that may be used there can be chosen. */
  country: string;
  action: FormAction;
  read: ReadLines;
  /** Who writes: what is not sent is kept for them. */
  writerId: string;
}

/** The lines a centre's estimates of a treatment begin with, as they are typed. */
export function LineTemplateForm({ start, country, action, read, writerId }: LineTemplateFormProps) {
  const t = useTranslations("lineTemplates");
  const words = useTranslations("desk.builder");
  return (
    <ActionForm action={action} className="space-y-gap-l" keep={writerId}>
      <div className="max-w-60">
        <Field name="currency" label={words("currency")}>
          <Select
            options={CURRENCIES.map((code) => ({ value: code, label: code }))}
            defaultValue={start.currency}
          />
        </Field>
      </div>
      <Fieldset legend={t("lines")} hint={words("linesLead")}>
        <EstimateBuilderRows
          first={start.lines}
          words={useRowWords()}
          choices={useChoices(country, ["A"])}
          sheet={{ words: useImportWords(), read }}
        />
      </Fieldset>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}
