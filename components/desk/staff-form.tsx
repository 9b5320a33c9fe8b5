import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatLanguage } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Candidate, JourneyPerson } from "@/lib/desk/queries/journey";

const EVENTS = { ride: "assign", talk: "offer" } as const;

interface Staffed {
  state: string;
  /** Who has the work, or is kept free for it since the booking was held. */
  resourceId: string | null;
}

/** A part nobody was told of: somebody may be kept free for it all the same, and then nobody has to be looked for. */
export function staffState<State extends string>({ state, resourceId }: Staffed & { state: State }) {
  return state === "requested" && resourceId !== null ? "kept" : state;
}

interface StaffFormProps {
  kind: "ride" | "talk";
  of: Staffed;
  candidates: readonly Candidate[];
  action: FormAction;
}

/** Gives a ride or a talk to somebody who fits: the free ones first, the others marked as busy. */
export function StaffForm({ kind, of, candidates, action }: StaffFormProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  const isTold = of.state !== "requested";
  if (candidates.length === 0) return <p className="text-attention">{t(`nobody.${kind}`)}</p>;
  const words = wordsApart(
    candidates.map(({ person }) => person),
    locale,
  );
  const options = candidates.map(({ person, isFree }) => ({
    value: person.id,
    label: [words.get(person.id), isFree ? "" : t("busy")].filter(Boolean).join(" · "),
  }));
  return (
    <ActionForm action={action} className="space-y-gap">
      <input type="hidden" name="event" value={EVENTS[kind]} />
      <Field name="resourceId" label={t(`staff.${kind}`)} hint={t("staffHint")}>
        <Select required empty={t("choose")} options={options} defaultValue={of.resourceId ?? ""} />
      </Field>
      <SubmitButton look={isTold ? "quiet" : "primary"}>
        {isTold ? t(`again.${kind}`) : t(kind === "ride" ? "events.ride.assign" : "events.talk.offer")}
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

/**
 * The same for a choice among several, by their ids: with the city and whom they work for, as two people may share a name.
 * Who still reads like another is told by number and certificate.
 */
export function wordsApart(people: readonly JourneyPerson[], locale: string): ReadonlyMap<string, string> {
  const placed = people.map((person) => ({
    person,
    words: [personWords(person, locale), person.city, person.supplier.name].join(" · "),
  }));
  return new Map(
    placed.map(({ person: { id, phone, certificate }, words }) => {
      const isAlike = placed.filter((other) => other.words === words).length > 1;
      return [id, [words, ...(isAlike ? [phone, certificate] : [])].filter(Boolean).join(" · ")];
    }),
  );
}
