import { useLocale, useTranslations } from "next-intl";
import { CapacityCell } from "@/components/cabinet/capacity-cell";
import { TreatmentWords } from "@/components/desk/step-words";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { formatWeekday } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { cellName } from "@/lib/desk/forms/capacity";
import type { CapacityTable as Rows } from "@/lib/desk/queries/cabinet";
import { weekday } from "@/lib/kernel/day";

interface CapacityTableProps {
  table: Rows;
  action: FormAction;
}

/** Days down, treatments across: how many procedures the centre offers on each. Weekends stand apart. */
export function CapacityTable({ table, action }: CapacityTableProps) {
  const t = useTranslations("cabinet.capacity");
  const treatments = useTranslations("treatments");
  const locale = useLocale();
  const nameOf = (slug: string) => (treatments.has(slug as "teer") ? treatments(slug as "teer") : slug);
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <div className="overflow-x-auto" role="group" aria-label={t("title")} tabIndex={0}>
        <table className="border-collapse">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr className="border-b border-edge">
              <th scope="col" className="px-cell py-cell text-start text-sm text-ink-soft">
                {t("day")}
              </th>
              {table.treatments.map((treatment) => (
                <th
                  key={treatment}
                  scope="col"
                  className="max-w-40 px-cell py-cell text-start align-bottom text-sm text-ink-soft"
                >
                  <TreatmentWords slug={treatment} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.days.map((on) => (
              <tr key={on} className={`border-b border-line ${isWeekend(on) ? "bg-primary-tint/60" : ""}`}>
                <th scope="row" className="px-cell py-1 text-start font-normal whitespace-nowrap">
                  {formatWeekday(on, locale)}
                </th>
                {table.treatments.map((treatment) => {
                  const slot = table.slots.get(`${on} ${treatment}`);
                  return (
                    <td key={treatment} className="px-cell py-1">
                      <CapacityCell
                        name={cellName(on, treatment)}
                        label={t("number", { day: formatWeekday(on, locale), treatment: nameOf(treatment) })}
                        shown={slot ? `${slot.capacity}` : ""}
                        note={slot && slot.taken > 0 ? t("taken", { n: slot.taken }) : ""}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}

function isWeekend(day: string): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}
