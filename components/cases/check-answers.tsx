import { useLocale, useTranslations } from "next-intl";
import { formatCountry, formatDay } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { feelingOf, unitWord, VALUE_CODES } from "@/lib/cases/feeling";
import { OPTIONAL_QUESTIONS, type Question, QUESTIONS, RED_FLAG_QUESTIONS } from "@/lib/cases/intake";
import { EVERYDAY_CODES } from "@/lib/cases/intake-answer";
import type { CaseView } from "@/lib/cases/views";

interface CheckAnswersProps {
  draft: CaseView;
  missing: readonly Question[];
  locale: string;
}

const OPTIONAL: readonly Question[] = OPTIONAL_QUESTIONS;

/** Every answer once more, each with the way to change it, before anything is sent. */
export function CheckAnswers({ draft, missing, locale }: CheckAnswersProps) {
  const t = useTranslations("intake.check");
  const answers = { ...useIllness(draft), ...useDays(draft), ...useContact(draft) };
  return (
    <dl className="divide-y divide-line border-y border-line">
      {QUESTIONS.map((question) => {
        const { term, lines } = answers[question];
        const isOpen = missing.includes(question);
        return (
          <div key={question} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-gap py-gap">
            <dt className="text-base text-ink-soft">{term}</dt>
            {lines.map((line) => (
              <dd
                key={line}
                dir="auto"
                className="col-start-1 whitespace-pre-line [unicode-bidi:plaintext] wrap-anywhere"
              >
                {line}
              </dd>
            ))}
            {isOpen ? <dd className="col-start-1 font-semibold text-attention">{t("open")}</dd> : null}
            {!isOpen && lines.length === 0 && OPTIONAL.includes(question) ? (
              <dd className="col-start-1 text-ink-soft">{t("none")}</dd>
            ) : null}
            <dd className="col-start-2 row-span-2 row-start-1 inline-flex min-h-11 items-center text-base">
              <TextLink href={`/${locale}/start?step=${question}&from=check`}>
                <span aria-hidden>{isOpen ? t("answer") : t("change")}</span>
                <span className="sr-only">
                  {isOpen ? t("answerOf", { question: term }) : t("changeOf", { question: term })}
                </span>
              </TextLink>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface Answered {
  term: string;
  lines: string[];
}

function useIllness(draft: CaseView): Record<"flags" | "problem" | "treatment", Answered> {
  const t = useTranslations("intake");
  const names = useTranslations("treatments");
  const { redFlags, problem, treatment } = draft;
  const signs = RED_FLAG_QUESTIONS.filter((sign) => redFlags?.[sign]).map((sign) => t(`flags.${sign}`));
  const wish = treatment === "not-sure" ? t("treatment.notSure") : treatment;
  return {
    flags: {
      term: t("check.flags"),
      lines: [
        ...(signs.length > 0 ? signs : [t("check.noFlags")]),
        ...(redFlags?.oxygenBelow92 === null ? [t("check.noOxygen")] : []),
      ],
    },
    problem: { term: t("check.problem"), lines: filled(problem) },
    treatment: {
      term: t("check.treatment"),
      lines: filled(wish === treatment && wish ? names(wish as Parameters<typeof names>[0]) : wish),
    },
  };
}

function useDays(draft: CaseView): Record<"born" | "breath" | "everyday" | "values", Answered> {
  const t = useTranslations("intake");
  const locale = useLocale();
  const { symptoms, values } = feelingOf(draft);
  const felt = (code: keyof typeof symptoms) =>
    symptoms[code] ? t(`feeling.answer.${code}.${symptoms[code]}` as "feeling.answer.nyha.I") : null;
  return {
    born: { term: t("check.day"), lines: draft.birthOn ? [formatDay(draft.birthOn, locale)] : [] },
    breath: { term: t("check.breath"), lines: filled(felt("nyha")) },
    everyday: {
      term: t("everyday.title"),
      lines: EVERYDAY_CODES.flatMap((code) =>
        felt(code) ? [`${t(`feeling.question.${code}`)} ${felt(code)}`] : [],
      ),
    },
    values: {
      term: t("check.values"),
      lines: VALUE_CODES.flatMap((code) => {
        const value = values[code];
        return value ? [`${t(`feeling.value.${code}`)}: ${value.value} ${unitWord(value.unit)}`] : [];
      }),
    },
  };
}

function useContact({ contact }: CaseView): Record<"patient" | "reach", Answered> {
  const t = useTranslations("intake");
  const locale = useLocale();
  const country = contact.country && formatCountry(contact.country, locale);
  return {
    patient: { term: t("check.patient"), lines: [...filled(contact.name), ...filled(country)] },
    reach: { term: t("check.reach"), lines: [...filled(contact.email), ...filled(contact.phone)] },
  };
}

function filled(text: string | null | undefined): string[] {
  return text ? [text] : [];
}
