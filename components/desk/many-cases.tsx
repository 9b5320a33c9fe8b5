import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RowHands } from "@/components/desk/row-hands";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ManyCasesProps {
  colleagues: readonly { id: string; name: string }[];
  /** Takes or hands over the chosen cases, one after the other. */
  action: FormAction;
  /** The table, whose boxes are named "caseId". */
  children: ReactNode;
}

/** The table of cases as one form: what is chosen in it is taken or handed over together. */
export function ManyCases({ colleagues, action, children }: ManyCasesProps) {
  const t = useTranslations("desk.cases");
  const bar = (
    <div className="flex flex-wrap items-end gap-gap-m">
      <p className="self-center font-semibold">{t("chosen")}</p>
      <SubmitButton look="quiet" name="act" value="take">
        {t("takeThem")}
      </SubmitButton>
      <div className="flex flex-wrap items-end gap-gap">
        <Field name="coordinatorId" label={t("handTo")}>
          <Select
            empty={t("chooseColleague")}
            options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <SubmitButton look="quiet" name="act" value="assign">
          {t("handOver")}
        </SubmitButton>
      </div>
    </div>
  );
  return (
    <ActionForm action={action} className="space-y-gap">
      <RowHands label={t("keys")} bar={bar}>
        {children}
      </RowHands>
    </ActionForm>
  );
}
