import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { BILL_CAUSES } from "@/lib/payments/bill";
import type { BilledLineView, BillsView } from "@/lib/payments/bill-view";

interface Said {
  line: BilledLineView;
  /** Null for a line that stands for nothing agreed. */
  lineId: string | null;
}

interface BillMatchingProps {
  bills: BillsView;
  action: FormAction;
}

/** Every billed line as it is printed: an invoice after the other, and each by its own numbers. */
export function linesOf({ bills, rows, others }: Pick<BillsView, "bills" | "rows" | "others">): Said[] {
  const all: Said[] = [
    ...rows.flatMap((row) => row.lines.map((line) => ({ line, lineId: row.lineId }))),
    ...others.map((line) => ({ line, lineId: null })),
  ];
  const place = ({ line }: Said) => bills.findIndex((bill) => bill.id === line.billId);
  return all.toSorted((one, other) => place(one) - place(other) || one.line.position - other.line.position);
}

/** Which agreed line each billed line stands for, why they differ, and the words for the patient. */
export function BillMatching({ bills, action }: BillMatchingProps) {
  const t = useTranslations("bills.match");
  const kinds = useTranslations("lineKinds");
  const causes = useTranslations("bills.causes");
  const said = linesOf(bills);
  const agreed = bills.rows.map(({ lineId, label, kind }) => ({
    value: lineId,
    label: label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind),
  }));
  const options = BILL_CAUSES.filter((cause) => cause !== "not_delivered").map((value) => ({
    ...{ value, label: causes(value) },
  }));
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center text-md">{t("open")}</summary>
      <ActionForm id="match" action={action} className="max-w-4xl space-y-gap-m py-gap">
        {said.map(({ line, lineId }, index) => (
          <Fieldset
            key={line.id}
            legend={
              <bdi dir="auto" className="text-base font-semibold">
                {t("row", { position: line.position, wording: line.wording })}
              </bdi>
            }
          >
            <div className="grid gap-gap sm:grid-cols-3">
              <input type="hidden" name={`lines.${index}.billLineId`} value={line.id} />
              <input type="hidden" name={`lines.${index}.position`} value={line.position} />
              <Field name={`lines.${index}.lineId`} label={t("line")}>
                <Select empty={t("alone")} options={agreed} defaultValue={lineId ?? ""} />
              </Field>
              <Field name={`lines.${index}.cause`} label={t("cause")}>
                <Select empty={t("causeAuto")} options={options} defaultValue="" />
              </Field>
              <Field name={`lines.${index}.note`} label={t("note")}>
                <TextInput maxLength={500} dir="auto" defaultValue={line.note ?? ""} />
              </Field>
            </div>
          </Fieldset>
        ))}
        <SubmitButton>{t("save")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
