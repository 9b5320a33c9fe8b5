import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { formatList, formatMoney, formatWeekday } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EstimateView } from "@/lib/estimates/views";
import { PART_OF, TripNeeds } from "./trip-needs";

interface HoldFormProps {
  estimate: EstimateView;
  slots: readonly { slotId: string; on: string; free: number; treatment?: string; isAnswered?: boolean }[];
  /** There is one day, kept for this patient: nothing to choose. */
  isOffered?: boolean;
  /** What the estimate is for; where nobody has named it, each day says what it is a day of. */
  treatment?: string | undefined;
  /** The patient's language, for the interpreter. */
  language: string;
  locale: string;
  action: FormAction;
}

/** One day, the services of one's choice, and how the medicines come home: held together or not at all. */
export function HoldForm(props: HoldFormProps) {
  const { estimate, slots, isOffered = false, treatment = "not-sure", language, locale, action } = props;
  const t = useTranslations("my.booking");
  const treatments = useTranslations("treatments");
  const kinds = useTranslations("lineKinds");
  if (slots.length === 0) return <p>{t("noDays")}</p>;
  const name = (line: EstimateView["lines"][number]) =>
    line.label ?? (kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind);
  const price = (line: EstimateView["lines"][number]) =>
    formatMoney(BigInt(line.expected.amount), estimate.currency, locale);
  const isNamed = treatment !== "not-sure";
  const days = slots.map(({ slotId, on, treatment: kind, isAnswered = true }) => {
    const said = [formatWeekday(on, locale)];
    if (!isNamed && kind) said.push(treatments(kind as "teer"));
    if (!isAnswered) said.push(t("dayConfirm"));
    return { value: slotId, label: formatList(said, locale) };
  });
  const hasLater = slots.some(({ isAnswered = true }) => !isAnswered);
  const sum = formatMoney(BigInt(estimate.totals.expected.amount), estimate.currency, locale);
  const named = treatments((treatments.has(treatment as "teer") ? treatment : "not-sure") as "teer");
  return (
    <ActionForm action={action} className="group/trip space-y-gap-m">
      <p>{t("chosen", { clinic: estimate.clinicName, treatment: named, sum })}</p>
      {isOffered ? (
        <div>
          <p className="font-semibold">{t("day")}</p>
          {days.map(({ value, label }) => (
            <p key={value}>
              <input type="hidden" name="slotId" value={value} />
              {label}
            </p>
          ))}
        </div>
      ) : (
        <Field name="slotId" label={t("day")} {...(hasLater ? { hint: t("dayConfirmHint") } : {})}>
          <Select options={days} required />
        </Field>
      )}
      <Fieldset legend={t("services")} hint={t("servicesHint")}>
        {estimate.lines
          .filter((line) => line.optional)
          .map((line) => (
            <div key={line.id} data-part={PART_OF[line.kind]}>
              <Checkbox
                name="services"
                value={line.id}
                label={
                  <>
                    <span dir="auto">{name(line)}</span> · {price(line)}
                  </>
                }
              />
            </div>
          ))}
      </Fieldset>
      <TripNeeds lines={estimate.lines} language={language} locale={locale} />
      <SubmitButton>{t("hold")}</SubmitButton>
    </ActionForm>
  );
}
