import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BillsView } from "@/lib/payments/bill-view";

/** A question about one line, or all of it: it goes into the messages of the case. */
export function BillQuestion({ bills, action }: { bills: BillsView; action: FormAction }) {
  const t = useTranslations("bills.question");
  const lines = [...bills.rows.flatMap((row) => row.lines), ...bills.others];
  return (
    <section aria-labelledby="ask" className="max-w-prose space-y-gap">
      <h2 id="ask" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="text-ink-soft">{t("lead")}</p>
      <ActionForm id="ask-about-bill" action={action}>
        <Field name="line" label={t("line")}>
          <Select
            empty={t("whole")}
            options={lines.map(({ id, wording }) => ({ value: id, label: wording }))}
          />
        </Field>
        <Field name="body" label={t("body")}>
          <TextArea required rows={3} maxLength={2000} />
        </Field>
        <SubmitButton look="quiet">{t("send")}</SubmitButton>
      </ActionForm>
    </section>
  );
}
