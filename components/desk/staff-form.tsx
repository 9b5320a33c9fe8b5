import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatLanguage } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Candidate, JourneyPerson } from "@/lib/desk/queries/journey";

const EVENTS = { ride: "assign", talk: "offer" } as const;

interface StaffFormProps {
  kind: "ride" | "talk";
  /** Who has the work now. */
  current: string | null;
  candidates: readonly Candidate[];
  action: FormAction;
}

/** Gives a ride or a talk to somebody who fits: the free ones first, the others marked as busy. */
export function StaffForm({ kind, current, candidates, action }: StaffFormProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  if (candidates.length === 0) return <p className="text-attention">{t(`nobody.${kind}`)}</p>;
  const options = candidates.map(({ person, isFree }) => ({
    value: person.id,
    label: [personWords(person, locale), isFree ? "" : t("busy")].filter(Boolean).join(" · "),
  }));
  return (
    <ActionForm action={action} className="space-y-gap">
      <input type="hidden" name="event" value={EVENTS[kind]} />
      <Field name="resourceId" label={t(`staff.${kind}`)} hint={t("staffHint")}>
        <Select required empty={t("choose")} options={options} defaultValue={current ?? ""} />
      </Field>
      <SubmitButton look={current === null ? "primary" : "quiet"}>
        {current === null
          ? t(kind === "ride" ? "events.ride.assign" : "events.talk.offer")
          : t(`again.${kind}`)}
      </SubmitButton>
    </ActionForm>
  );
}

/** "Ana Kurz · Mercedes V · K-VA 12" or "Omar Said · Arabic, German". */
export function personWords(person: JourneyPerson, locale: string): string {
  const languages = person.languages.map((code) => formatLanguage(code, locale)).join(", ");
  return [person.name, person.vehicle, person.plate, person.vehicle ? "" : languages]
    .filter(Boolean)
    .join(" · ");
}
