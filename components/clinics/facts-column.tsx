import { useTranslations } from "next-intl";
import { formatBasisPoints } from "@/components/ui/format";
import { RANKING_FULL } from "@/lib/clinics/ranking";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";
import { LabelGroup } from "./label-group";
import { useDeathLines, useMoneyLines, useProofLines, useReachLines, useVolumeLines } from "./label-lines";

/** The column that reads like the label of a medicine: each number with its year and source. */
export function FactsColumn({ clinic, locale }: { clinic: ClinicFacts; locale: string }) {
  const t = useTranslations("clinics.clinic.label");
  return (
    <section
      aria-labelledby="label-title"
      className="rounded-md border-2 border-ink bg-card px-4 pt-3 pb-2 tabular"
    >
      <h2 id="label-title" className="text-2xl font-semibold font-sans!">
        {t("title")}
      </h2>
      <p className="pb-2 text-sm text-ink-soft">
        <bdi>{clinic.legalName}</bdi>
      </p>
      <AnswerTime answer={clinic.answer} />
      <QuotedVersusPaid score={clinic.quotedVersusPaid} locale={locale} />
      <LabelGroup title={t("volumes")} lines={useVolumeLines(clinic)} />
      <LabelGroup title={t("deaths")} lines={useDeathLines(clinic, locale)} />
      <LabelGroup title={t("proofs")} lines={useProofLines(clinic, locale)} />
      <LabelGroup title={t("money")} lines={useMoneyLines(clinic, locale)} />
      <LabelGroup title={t("reach")} lines={useReachLines(clinic, locale)} />
    </section>
  );
}

interface PaidProps {
  score: ClinicFacts["quotedVersusPaid"];
  locale: string;
}

/** What the hospital billed in the end, by what the accepted estimate had expected. */
function QuotedVersusPaid({ score, locale }: PaidProps) {
  const t = useTranslations("clinics.clinic.label");
  const { cases, medianBp, lowBp, highBp } = score;
  const percent = (basisPoints: number) => formatBasisPoints(basisPoints, locale);
  const isKnown = medianBp !== null && lowBp !== null && highBp !== null;
  return (
    <dl className="border-t border-line py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <dt className="grow basis-28 font-semibold">{t("paid")}</dt>
        <dd className="font-semibold">
          {isKnown ? t("paidValue", { median: percent(medianBp) }) : t("paidFew")}
        </dd>
        <dd className="w-full text-sm text-ink-soft">
          {isKnown
            ? t("paidSource", { low: percent(lowBp), high: percent(highBp), n: cases })
            : t("paidFewSource")}
        </dd>
      </div>
    </dl>
  );
}

/** The line set largest: how long records wait for an answer. */
function AnswerTime({ answer }: { answer: ClinicFacts["answer"] }) {
  const t = useTranslations("clinics.clinic.label");
  const isMeasured = answer.hours !== null && answer.measuredOn >= RANKING_FULL.answersLeast;
  return (
    <dl className="border-t-8 border-ink py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <dt className="font-semibold">{t("answer")}</dt>
        <dd className={`font-semibold ${isMeasured ? "text-xl" : ""}`}>
          {isMeasured ? t("answerValue", { hours: answer.hours ?? 0 }) : t("answerFew")}
        </dd>
        <dd className="w-full text-sm text-ink-soft">
          {isMeasured ? t("answerSource", { count: answer.measuredOn }) : t("answerFewSource")}
        </dd>
      </div>
    </dl>
  );
}
