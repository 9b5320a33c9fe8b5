import { useLocale, useTranslations } from "next-intl";
import { eventsFrom, Fold, PartEvents, PartFrame } from "@/components/desk/part-frame";
import { ActionForm } from "@/components/ui/action-form";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry, formatDay } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { dayOf } from "@/lib/kernel/day";
import type { VisaRow } from "@/lib/logistics/queries";
import { VISA_EDGES } from "@/lib/logistics/visa";

interface VisaCardProps {
  visa: VisaRow;
  change: FormAction;
  move: FormAction;
}

/** The papers for entry into one country: from the invitation letter to the embassy's answer. */
export function VisaCard({ visa, change, move }: VisaCardProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  return (
    <PartFrame
      title={t("visa.for", { country: formatCountry(visa.country, locale) })}
      state={visa.state}
      stateWords={t(`states.visa.${visa.state}`)}
      facts={[
        ...(visa.decidedOn
          ? [{ term: t("visa.decidedOn"), value: formatDay(dayOf(visa.decidedOn), locale) }]
          : []),
        ...(visa.note
          ? [
              {
                term: t("visa.note"),
                value: (
                  <span dir="auto" className="wrap-anywhere">
                    {visa.note}
                  </span>
                ),
              },
            ]
          : []),
      ]}
    >
      <PartEvents kind="visa" events={eventsFrom(VISA_EDGES, visa.state)} action={move} />
      <Fold title={t("visa.change")}>
        <ActionForm action={change} className="space-y-gap">
          <Field name="note" label={t("visa.note")} hint={t("visa.noteHint")}>
            <TextArea required rows={2} maxLength={500} defaultValue={visa.note ?? ""} />
          </Field>
          <SubmitButton look="quiet">{t("save")}</SubmitButton>
        </ActionForm>
      </Fold>
    </PartFrame>
  );
}
