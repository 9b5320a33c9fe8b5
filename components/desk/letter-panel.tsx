import { useLocale, useTranslations } from "next-intl";
import { SecondLook } from "@/components/desk/second-look";
import { ActionForm } from "@/components/ui/action-form";
import { type Option, Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatDay } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import type { LetterStage, LetterState } from "@/lib/bookings/letter";

interface Letter {
  id: string;
  state: LetterState;
  to: string;
  happenedOn: string;
  reason: string | null;
  enteredById: string;
}

interface LetterPanelProps {
  letters: readonly Letter[];
  /** What a letter could say now; null when nothing. */
  next: LetterStage | null;
  files: readonly Option[];
  today: string;
  meId: string;
  enter: FormAction;
  judge: FormAction;
}

const TONES = { entered: "attention", confirmed: "good", rejected: "still" } as const;

/** What a centre says on paper: entered by one coordinator, believed when a second one has read it. */
export function LetterPanel({ letters, next, files, today, meId, enter, judge }: LetterPanelProps) {
  const t = useTranslations("desk.letters");
  const stages = useTranslations("desk.stages");
  const locale = useLocale();
  return (
    <section aria-labelledby="letters" className="space-y-gap border-t border-line py-gap-m">
      <h2 id="letters" className="text-md">
        {t("title")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      <ul className="divide-y divide-line">
        {letters.map((letter) => (
          <li key={letter.id} className="space-y-gap py-gap">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold">{stages(letter.to as LetterStage)}</span>
              <span>{formatDay(letter.happenedOn, locale)}</span>
              <StateTag tone={TONES[letter.state]}>{t(`states.${letter.state}`)}</StateTag>
              {letter.reason ? <span className="text-ink-soft">{letter.reason}</span> : null}
            </p>
            {letter.state === "entered" ? (
              <SecondLook
                name="letterId"
                id={letter.id}
                isOwn={letter.enteredById === meId}
                words={{ own: t("own"), confirm: t("confirm"), reason: t("reason"), reject: t("reject") }}
                action={judge}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {next && !letters.some((letter) => letter.state === "entered") ? (
        <details>
          <summary className="link inline-flex min-h-control items-center">
            {t("enter", { stage: stages(next) })}
          </summary>
          <ActionForm id="letter" action={enter} className="max-w-2xl space-y-gap py-gap" keep={meId}>
            <input type="hidden" name="to" value={next} />
            <Field name="recordId" label={t("file")} hint={t("fileHint")}>
              <Select required empty={t("choose")} options={files} />
            </Field>
            <Field name="happenedOn" label={t("day")}>
              <TextInput type="date" required max={today} defaultValue={today} />
            </Field>
            <SubmitButton>{t("enterDo")}</SubmitButton>
          </ActionForm>
        </details>
      ) : null}
    </section>
  );
}
