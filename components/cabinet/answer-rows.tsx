import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Figures, Line } from "@/components/cabinet/answer-fields";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";

type Kind = "condition" | "risk" | "alternative" | "medicine" | "visit" | "doctor";

interface RowsProps {
  kind: Kind;
  count: number;
  row: (index: number) => ReactNode;
}

/** Rows of the same questions: the first is open, one more waits behind each. Rows left empty are not kept. */
export function Rows({ kind, count, row }: RowsProps) {
  return <RowsFrom kind={kind} count={count} row={row} index={0} />;
}

function RowsFrom({ kind, count, row, index }: RowsProps & { index: number }) {
  const t = useTranslations("cabinet.decide");
  return (
    <div className="space-y-gap">
      <fieldset className="space-y-gap border-s-2 border-line ps-gap-m">
        <legend className="font-semibold">{t(`rows.${kind}`, { n: index + 1 })}</legend>
        {row(index)}
      </fieldset>
      {index + 1 < count ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">{t(`more.${kind}`)}</summary>
          <RowsFrom kind={kind} count={count} row={row} index={index + 1} />
        </details>
      ) : null}
    </div>
  );
}

export function ConditionRow({ index }: { index: number }) {
  const t = useTranslations("cabinet.decide");
  const name = (field: string) => `conditions.${index}.${field}`;
  return (
    <>
      <Line name={name("text")} label={t("condition")} lengthMax={1000} />
      <div className="grid items-end gap-gap sm:grid-cols-[minmax(0,1fr)_11rem]">
        <Line name={name("owner")} label={t("conditionOwner")} lengthMax={120} />
        <Field name={name("dueOn")} label={t("conditionDue")}>
          <TextInput type="date" />
        </Field>
      </div>
    </>
  );
}

export function RiskRow({ index }: { index: number }) {
  const t = useTranslations("cabinet.decide");
  const name = (field: string) => `risks.${index}.${field}`;
  return (
    <>
      <Line name={name("event")} label={t("event")} lengthMax={200} />
      <Figures
        entries={[
          { name: name("percent"), label: t("percent") },
          { name: name("lowPercent"), label: t("low") },
          { name: name("highPercent"), label: t("high") },
        ]}
      />
      <Line name={name("source")} label={t("source")} />
      <Line name={name("ownFigure")} label={t("ownFigure")} lengthMax={200} />
    </>
  );
}

export function MedicineRow({ index }: { index: number }) {
  const t = useTranslations("cabinet.decide");
  const name = (field: string) => `medicines.${index}.${field}`;
  return (
    <>
      <Line name={name("drug")} label={t("drug")} lengthMax={200} />
      <div className="grid items-end gap-gap sm:grid-cols-2">
        <Line name={name("dose")} label={t("dose")} lengthMax={120} />
        <Line name={name("duration")} label={t("duration")} lengthMax={120} />
      </div>
      <Line name={name("monitoredBy")} label={t("monitoredBy")} lengthMax={120} />
    </>
  );
}

/** Two lines one below the other, such as a treatment and why not. */
export function PairRow({ names, labels }: { names: readonly string[]; labels: readonly string[] }) {
  return names.map((name, index) => <Line key={name} name={name} label={labels[index] ?? ""} />);
}
