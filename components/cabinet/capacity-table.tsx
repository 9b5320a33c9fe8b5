import { useLocale, useTranslations } from "next-intl";
import { CapacityGrid, type CapacityWeekView } from "@/components/cabinet/capacity-grid";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay, formatNumber, formatWeekday } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { cellName } from "@/lib/desk/forms/capacity";
import type { CapacityTable as Rows } from "@/lib/desk/queries/cabinet";
import { addDays, type Day, weekday } from "@/lib/kernel/day";

interface CapacityTableProps {
  table: Rows;
  today: Day;
  action: FormAction;
}

const WEEK_DAYS = [0, 1, 2, 3, 4, 5, 6];

/** How many procedures the centre offers, treatment by treatment and week by week; each row is saved by itself. */
export function CapacityTable({ table, today, action }: CapacityTableProps) {
  const t = useTranslations("cabinet.capacity");
  const mondays = table.days.filter((day) => weekday(day) === 1);
  const weekOf = useWeek(table, today);
  return (
    <ActionForm action={action} className="space-y-gap-l">
      <CapacityGrid
        weeks={mondays.map(weekOf)}
        treatmentLabel={t("treatment")}
        words={{
          saving: t("saving"),
          saved: t("saved"),
          offline: t("offline"),
          signed_out: t("signedOut"),
        }}
        action={action}
      />
      <noscript>
        <SubmitButton>{t("save")}</SubmitButton>
      </noscript>
    </ActionForm>
  );
}

function useWeek(table: Rows, today: Day): (monday: Day) => CapacityWeekView {
  const t = useTranslations("cabinet.capacity");
  const treatments = useTranslations("treatments");
  const locale = useLocale();
  const nameOf = (slug: string) => (treatments.has(slug as "teer") ? treatments(slug as "teer") : slug);
  const cellOf = (on: Day, treatment: string) => {
    const slot = table.slots.get(`${on} ${treatment}`);
    const taken = slot?.taken ?? 0;
    const note = taken > 0 ? t("taken", { n: taken }) : "";
    const label = t("number", { day: formatWeekday(on, locale), treatment: nameOf(treatment) });
    return {
      name: cellName(on, treatment),
      label: note === "" ? label : `${label}, ${note}`,
      shown: slot ? `${slot.capacity}` : "",
      note,
      noteShort: `(${formatNumber(taken, locale)})`,
      isPast: on < today,
      isWeekend: weekday(on) === 0 || weekday(on) === 6,
    };
  };
  return (monday) => {
    const days = WEEK_DAYS.map((index) => addDays(monday, index));
    return {
      id: monday,
      title: t("week", { day: formatDay(monday, locale) }),
      days: days.map((day) => shortDay(day, locale)),
      rows: table.treatments.map((treatment) => ({
        treatment,
        name: nameOf(treatment),
        cells: days.map((on) => cellOf(on, treatment)),
      })),
    };
  };
}

const LETTERS_ON_A_PHONE = 4;

/** "Mon" and "23": the month stands above. Where the short name is a long word, as in Arabic, a phone shows its letter. */
function shortDay(day: Day, locale: string): { name: string; brief: string; number: string } {
  const at = new Date(`${day}T00:00:00Z`);
  const named = (weekday: "short" | "narrow") =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(at);
  const name = named("short");
  const brief = name.length > LETTERS_ON_A_PHONE ? named("narrow") : name;
  return { name, brief, number: `${Number(day.slice(8))}` };
}
