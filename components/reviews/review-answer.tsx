import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DefinitionList, type Fact } from "@/components/ui/facts";
import { formatList, formatNumber } from "@/components/ui/format";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { answerForm, type AnswerForm } from "@/lib/reviews/forms";

/** The structured part of a centre's answer; what the centre did not say is not shown. */
export function ReviewAnswer({ answer }: { answer: unknown }) {
  const facts = useFacts(answer);
  return facts.length === 0 ? null : (
    <div className="max-w-3xl">
      <DefinitionList facts={facts} />
    </div>
  );
}

function useFacts(stored: unknown): Fact[] {
  const t = useTranslations("answers");
  const treatments = useTranslations("treatments");
  const ways = useTranslations("guides.access");
  const locale = useLocale();
  const read = answerForm.safeParse(stored ?? {});
  if (!read.success) return [];
  const answer = read.data;
  const { dataQuality, urgency, fitToTravel, stay } = answer;
  const rows: [string, ReactNode][] = [
    [t("proposedTreatment"), nameOf(treatments, answer.proposedTreatment)],
    [t("diagnosis"), diagnosisOf(answer, locale)],
    [t("device"), formatList([deviceName(answer.device), answer.deviceSize].filter(isSaid), locale)],
    [t("access"), nameOf(ways, answer.access)],
    [t("urgency"), urgency ? t(`urgencies.${urgency}`) : null],
    [t("fitToTravel"), fitToTravel ? t(`fitness.${fitToTravel}`) : null],
    [t("dataQuality"), dataQuality ? t(`quality.${dataQuality}`) : null],
    [t("guidelineClass"), answer.guidelineClass],
    [t("stay"), stay ? <StayWords stay={stay} /> : null],
    [t("risks"), answer.risks ? <RiskList risks={answer.risks} /> : null],
    [
      t("riskScores"),
      scoresOf(answer)
        .map(
          ([name, value]) =>
            `${t(`scores.${name}`)} ${typeof value === "number" ? formatNumber(value, locale) : value}`,
        )
        .join("; "),
    ],
    [
      t("alternatives"),
      answer.alternatives ? (
        <Lines
          lines={answer.alternatives.map(({ treatment, whyNot }) =>
            [treatment, whyNot].filter(Boolean).join(": "),
          )}
        />
      ) : null,
    ],
    [
      t("medicines"),
      answer.medicines ? (
        <Lines
          lines={answer.medicines.map((one) =>
            formatList([one.drug, one.dose, one.duration, one.monitoredBy].filter(isSaid), locale),
          )}
        />
      ) : null,
    ],
    [
      t("followUp"),
      answer.followUp ? <Lines lines={answer.followUp.map(({ what, when }) => `${when}: ${what}`)} /> : null,
    ],
    [t("whatElse"), answer.whatElse],
    [
      t("reviewers"),
      answer.reviewers ? (
        <Lines
          lines={answer.reviewers.map((one) =>
            formatList(
              [one.name, one.role, one.conflict ? t("conflict", { text: one.conflict }) : null].filter(
                isSaid,
              ),
              locale,
            ),
          )}
        />
      ) : null,
    ],
  ];
  return rows.flatMap(([term, value]) =>
    value
      ? [
          {
            term,
            value: <span dir="auto">{value}</span>,
            prose: typeof value !== "string" || value.length > 32,
          },
        ]
      : [],
  );
}

/** The word of a catalogue for a code; what a doctor wrote freely stays as it is. */
function nameOf(
  words: { (key: never): string; has(key: never): boolean },
  said: string | undefined,
): string | undefined {
  return said !== undefined && words.has(said as never) ? words(said as never) : said;
}

/** A part of a line that was filled in. */
function isSaid(part: string | null | undefined): part is string {
  return part !== null && part !== undefined && part !== "";
}

function deviceName(said: string | undefined): string | undefined {
  return said !== undefined && isDevice(said) ? deviceFacts(said).name : said;
}

function diagnosisOf({ diagnosis }: AnswerForm, locale: string): string | null {
  if (diagnosis === undefined) return null;
  if (typeof diagnosis === "string") return diagnosis;
  return formatList([diagnosis.text, diagnosis.grade, diagnosis.code].filter(isSaid), locale);
}

const SCORES = ["euroScoreII", "stsProm", "triScore", "clinicalFrailty", "override"] as const;

function scoresOf({ riskScores }: AnswerForm): [(typeof SCORES)[number], number | string][] {
  return SCORES.flatMap((name) => {
    const value = riskScores?.[name];
    return value === undefined ? [] : [[name, value]];
  });
}

function StayWords({ stay }: { stay: NonNullable<AnswerForm["stay"]> }) {
  const t = useTranslations("answers");
  const { icuDays, wardDays, nearbyDaysLow: low, nearbyDaysHigh: high } = stay;
  const lines = [
    icuDays === undefined ? null : t("icuDays", { n: icuDays }),
    wardDays === undefined ? null : t("wardDays", { n: wardDays }),
    low !== undefined && high !== undefined && low !== high ? t("nearbyDays", { low, high }) : null,
    low !== undefined && (high === undefined || low === high) ? t("nearbyDaysOne", { n: low }) : null,
  ];
  return <Lines lines={lines.filter((line) => line !== null)} />;
}

function RiskList({ risks }: { risks: NonNullable<AnswerForm["risks"]> }) {
  const t = useTranslations("answers");
  const lines = risks.map(({ event, percent, lowPercent: low, highPercent: high, source, ownFigure }) => {
    const figure =
      percent === undefined
        ? low === undefined || high === undefined
          ? null
          : t("riskRange", { low, high })
        : t("riskPercent", { percent });
    return [`${event}${figure ? `: ${figure}` : ""}`, source, ownFigure].filter(Boolean).join(" · ");
  });
  return <Lines lines={lines} />;
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  );
}
