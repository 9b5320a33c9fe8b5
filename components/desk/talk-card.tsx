import { useLocale, useTranslations } from "next-intl";
import { eventsFrom, Fold, PartEvents, PartFrame } from "@/components/desk/part-frame";
import { personWords, StaffForm, staffState } from "@/components/desk/staff-form";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatLanguage, formatMoment, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Talk } from "@/lib/desk/queries/journey";
import { ASSIGNMENT_EDGES } from "@/lib/logistics/interpreter-assignment";

interface TalkCardProps {
  talk: Talk;
  change: FormAction;
  move: FormAction;
}

/** One talk with an interpreter on the desk: when, in which languages, who interprets, how it was closed. */
export function TalkCard({ talk, change, move }: TalkCardProps) {
  const t = useTranslations("journey");
  const locale = useLocale();
  const { row, interpreter, candidates } = talk;
  const toStaff = row.state === "requested" || row.state === "offered";
  const mayChange = toStaff || row.state === "confirmed" || row.state === "in_session";
  const language = (code: string) => formatLanguage(code, locale);
  const from = formatMoment(row.startsAt, row.timeZone, locale);
  return (
    <PartFrame
      title={<PurposeWords purpose={row.purpose} />}
      state={row.state}
      stateWords={t(`states.talk.${staffState(row)}`)}
      facts={[
        { term: t("talk.startsAt"), value: from },
        { term: t("talk.endsAt"), value: formatMoment(row.endsAt, row.timeZone, locale) },
        { term: t("talk.languages"), value: `${language(row.fromLang)} – ${language(row.toLang)}` },
        { term: t("talk.place"), value: <bdi>{row.place}</bdi>, source: t(`modes.${row.mode as "video"}`) },
        ...(row.genderWish
          ? [{ term: t("talk.genderWish"), value: t(`genders.${row.genderWish as "female"}`) }]
          : []),
        {
          term: t("talk.interpreter"),
          value: interpreter ? <bdi>{personWords(interpreter, locale)}</bdi> : "–",
          ...(interpreter
            ? {
                source: <bdi>{[interpreter.certificate, interpreter.phone].filter(Boolean).join(" · ")}</bdi>,
              }
            : {}),
        },
        ...(row.minutes === null
          ? []
          : [{ term: t("talk.minutes"), value: formatNumber(row.minutes, locale) }]),
        ...(row.state === "done" && row.purpose === "consent_talk"
          ? [{ term: t("talk.understoodFact"), value: t(row.understood ? "yes" : "no") }]
          : []),
      ]}
    >
      {toStaff ? <StaffForm kind="talk" of={row} candidates={candidates} action={move} /> : null}
      {row.state === "in_session" ? <FinishForm talk={row} action={move} /> : null}
      <PartEvents
        kind="talk"
        events={eventsFrom(ASSIGNMENT_EDGES, row.state, ["offer", "finish"])}
        action={move}
      />
      {mayChange ? (
        <Fold title={t("talk.change")}>
          <ActionForm action={change} className="space-y-gap">
            <PlaceFields place={row.place} mode={row.mode} />
            <SubmitButton look="quiet">{t("save")}</SubmitButton>
          </ActionForm>
        </Fold>
      ) : null}
    </PartFrame>
  );
}

/** A talk is closed with its minutes; the one before the procedure also with the patient's own word. */
function FinishForm({ talk, action }: { talk: Talk["row"]; action: FormAction }) {
  const t = useTranslations("journey");
  return (
    <ActionForm action={action} className="space-y-gap">
      <input type="hidden" name="event" value="finish" />
      <Field name="minutes" label={t("talk.minutes")}>
        <TextInput required type="number" min={1} max={1440} defaultValue={talk.minutes ?? ""} />
      </Field>
      {talk.purpose === "consent_talk" ? (
        <Checkbox name="understood" label={t("talk.understood")} defaultChecked={talk.understood} />
      ) : null}
      <SubmitButton>{t("events.talk.finish")}</SubmitButton>
    </ActionForm>
  );
}

export function PlaceFields({ place, mode }: { place?: string; mode?: string }) {
  const t = useTranslations("journey");
  const modes = (["on_site", "video", "phone"] as const).map((value) => ({
    value,
    label: t(`modes.${value}`),
  }));
  return (
    <div className="grid gap-gap sm:grid-cols-2">
      <Field name="place" label={t("talk.place")}>
        <TextInput required maxLength={200} defaultValue={place} />
      </Field>
      <Field name="mode" label={t("talk.mode")}>
        <Select required options={modes} defaultValue={mode ?? "on_site"} />
      </Field>
    </div>
  );
}

/** The portal's own two talks have names; any other is called as the coordinator wrote it. */
function PurposeWords({ purpose }: { purpose: string }) {
  const t = useTranslations("journey.purposes");
  return t.has(purpose as "consent_talk") ? t(purpose as "consent_talk") : <bdi>{purpose}</bdi>;
}
