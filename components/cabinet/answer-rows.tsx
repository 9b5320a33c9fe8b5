import { useTranslations } from "next-intl";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";

/** The tables of an answer: risks, scores, stay, medicines, follow-up, team. Rows left empty are not kept. */
export function AnswerRows() {
  const t = useTranslations("cabinet.decide");
  const scores = useTranslations("answers.scores");
  const text = (key: string, label: string) => ({ key, label });
  const figure = (key: string, label: string) => ({ key, label, isFigure: true });
  return (
    <>
      <Rows
        list="risks"
        legend={t("risks")}
        hint={t("risksLead")}
        count={4}
        columns={[
          text("event", t("event")),
          figure("percent", t("percent")),
          figure("lowPercent", t("low")),
          figure("highPercent", t("high")),
          text("source", t("source")),
          text("ownFigure", t("ownFigure")),
        ]}
      />
      <Single
        legend={t("scores")}
        columns={[
          figure("riskScores.euroScoreII", scores("euroScoreII")),
          figure("riskScores.stsProm", scores("stsProm")),
          figure("riskScores.triScore", scores("triScore")),
          figure("riskScores.clinicalFrailty", scores("clinicalFrailty")),
          text("riskScores.override", scores("override")),
        ]}
      />
      <Single
        legend={t("stay")}
        columns={[
          figure("stay.icuDays", t("icuDays")),
          figure("stay.wardDays", t("wardDays")),
          figure("stay.nearbyDaysLow", t("nearbyDaysLow")),
          figure("stay.nearbyDaysHigh", t("nearbyDaysHigh")),
        ]}
      />
      <Rows
        list="alternatives"
        legend={t("alternatives")}
        count={2}
        columns={[text("treatment", t("treatment")), text("whyNot", t("whyNot"))]}
      />
      <Rows
        list="medicines"
        legend={t("medicines")}
        count={3}
        columns={[
          text("drug", t("drug")),
          text("dose", t("dose")),
          text("duration", t("duration")),
          text("monitoredBy", t("monitoredBy")),
        ]}
      />
      <Rows
        list="followUp"
        legend={t("followUp")}
        count={3}
        columns={[text("what", t("what")), text("when", t("when"))]}
      />
      <Rows
        list="reviewers"
        legend={t("team")}
        hint={t("teamLead")}
        count={3}
        columns={[text("name", t("name")), text("role", t("role")), text("conflict", t("conflict"))]}
      />
    </>
  );
}

interface Column {
  key: string;
  label: string;
  isFigure?: boolean;
}

interface RowsProps {
  list: string;
  legend: string;
  hint?: string;
  count: number;
  columns: readonly Column[];
}

function Rows({ list, legend, hint, count, columns }: RowsProps) {
  return (
    <Fieldset legend={legend} {...(hint ? { hint } : {})}>
      <div className="space-y-2 py-1">
        {Array.from({ length: count }, (_, row) => (
          <div key={row} className="grid grid-cols-2 gap-2 sm:flex">
            {columns.map((column) => (
              <div key={column.key} className={column.isFigure ? "sm:w-24" : "min-w-0 sm:flex-1"}>
                <Field
                  name={`${list}.${row}.${column.key}`}
                  label={<span className={row === 0 ? "text-sm" : "sr-only"}>{column.label}</span>}
                >
                  <TextInput {...entryOf(column)} />
                </Field>
              </div>
            ))}
          </div>
        ))}
      </div>
    </Fieldset>
  );
}

function Single({ legend, columns }: { legend: string; columns: readonly Column[] }) {
  return (
    <Fieldset legend={legend}>
      <div className="grid grid-cols-2 gap-gap lg:grid-cols-5">
        {columns.map((column) => (
          <Field key={column.key} name={column.key} label={column.label}>
            <TextInput {...entryOf(column)} />
          </Field>
        ))}
      </div>
    </Fieldset>
  );
}

function entryOf(column: Column) {
  return column.isFigure ? ({ inputMode: "decimal", dir: "ltr" } as const) : { maxLength: 200 };
}
