import { useTranslations } from "next-intl";
import { AnswerBlock } from "@/components/cabinet/answer-block";
import { Figures, Line, Long, Pick } from "@/components/cabinet/answer-fields";
import { ConditionRow, MedicineRow, PairRow, RiskRow, Rows } from "@/components/cabinet/answer-rows";
import { SignStep } from "@/components/cabinet/sign-step";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, RadioGroup } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { DEVICES, deviceFacts, isDeviceApproved } from "@/lib/guides/device";
import { ACCESS_ROUTES, TREATMENTS } from "@/lib/guides/treatment";
import { ITEM_CODES } from "@/lib/records/checklist";
import { FITNESS, URGENCIES, VERDICTS } from "@/lib/reviews/review";

interface DecideFormProps {
  /** The centre's country: only devices that may be used there can be named. */
  country: string;
  /** Whose unsent words are kept in this tab. */
  writerId: string;
  action: FormAction;
}

/** The structured answer of a heart team: the verdict first, then one question after the other, as far as the verdict asks them. */
export function DecideForm({ country, writerId, action }: DecideFormProps) {
  const t = useTranslations("cabinet.decide");
  const verdicts = useTranslations("verdicts");
  const words = {
    check: t("check"),
    checkLead: t("checkLead"),
    summary: t("summary"),
    change: t("change"),
    back: t("back"),
    sign: t("sign"),
    signLead: t("signLead"),
  };
  return (
    <ActionForm action={action} className="answer max-w-2xl space-y-gap-l" keep={writerId}>
      <div data-block>
        <RadioGroup
          name="verdict"
          legend={<span className="text-lg">{t("verdict")}</span>}
          hint={t("verdictHint")}
          required
          options={VERDICTS.map((value) => ({
            value,
            label: verdicts(value),
            hint: t(`verdictHints.${value}`),
          }))}
        />
      </div>
      <OwnToVerdict />
      <ClinicalPicture />
      <Plan country={country} />
      <Weighing />
      <AfterTreatment />
      <AnswerBlock id="team">
        <Rows
          kind="doctor"
          count={3}
          row={(index) => (
            <PairRow
              names={["name", "role", "conflict"].map((field) => `reviewers.${index}.${field}`)}
              labels={[t("name"), t("role"), t("conflict")]}
            />
          )}
        />
      </AnswerBlock>
      <SignStep words={words} />
    </ActionForm>
  );
}

/** Conditions of a yes, what is missing, or why not. */
function OwnToVerdict() {
  const t = useTranslations("cabinet.decide");
  const items = useTranslations("records.items");
  return (
    <>
      <AnswerBlock id="conditions">
        <Rows kind="condition" count={5} row={(index) => <ConditionRow index={index} />} />
      </AnswerBlock>
      <AnswerBlock id="requests">
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("requestItems")}</summary>
          <fieldset>
            <legend className="sr-only">{t("requestItems")}</legend>
            {ITEM_CODES.map((item) => (
              <Checkbox key={item} name={`items.${item}`} label={items(`${item}.title`)} />
            ))}
          </fieldset>
        </details>
        <Long name="requests" label={t("requests")} />
      </AnswerBlock>
      <AnswerBlock id="reason">
        <Long name="reason" label={t("reason")} hint={t("reasonHint")} />
        <Long name="whatElse" label={t("whatElse")} />
      </AnswerBlock>
    </>
  );
}

function ClinicalPicture() {
  const t = useTranslations("cabinet.decide");
  const words = useTranslations("answers");
  const quality = (["good", "limited", "not_assessable"] as const).map((value) => ({
    value,
    label: words(`quality.${value}`),
  }));
  const urgencies = URGENCIES.map((value) => ({ value, label: words(`urgencies.${value}`) }));
  const fitness = FITNESS.map((value) => ({ value, label: words(`fitness.${value}`) }));
  return (
    <AnswerBlock id="picture">
      <Pick name="dataQuality" label={t("dataQuality")} options={quality} />
      <Line name="diagnosis.text" label={t("diagnosis")} />
      <Line name="diagnosis.grade" label={t("grade")} lengthMax={120} />
      <Pick name="urgency" label={t("urgency")} hint={t("urgencyHint")} options={urgencies} />
      <Pick name="fitToTravel" label={t("fitToTravel")} options={fitness} />
    </AnswerBlock>
  );
}

function Plan({ country }: { country: string }) {
  const t = useTranslations("cabinet.decide");
  const treatments = useTranslations("treatments");
  const access = useTranslations("guides.access");
  const may = DEVICES.filter((slug) => isDeviceApproved(slug, country) !== "not_approved");
  const devices = may.map((value) => ({ value, label: deviceFacts(value).name }));
  return (
    <AnswerBlock id="plan">
      <Pick
        name="proposedTreatment"
        label={t("treatment")}
        options={TREATMENTS.map((value) => ({ value, label: treatments(value) }))}
      />
      <Pick name="device" label={t("device")} hint={t("deviceHint")} options={devices} />
      <Line name="deviceSize" label={t("deviceSize")} lengthMax={60} />
      <Pick
        name="access"
        label={t("access")}
        options={ACCESS_ROUTES.map((value) => ({ value, label: access(value) }))}
      />
      <Line name="guidelineClass" label={t("guidelineClass")} />
    </AnswerBlock>
  );
}

/** What speaks for other ways, and what may go wrong. */
function Weighing() {
  const t = useTranslations("cabinet.decide");
  const scores = useTranslations("answers.scores");
  const figures = (["euroScoreII", "stsProm", "triScore", "clinicalFrailty"] as const).map((score) => ({
    name: `riskScores.${score}`,
    label: scores(score),
  }));
  return (
    <>
      <AnswerBlock id="alternatives">
        <Rows
          kind="alternative"
          count={2}
          row={(index) => (
            <PairRow
              names={["treatment", "whyNot"].map((field) => `alternatives.${index}.${field}`)}
              labels={[t("treatment"), t("whyNot")]}
            />
          )}
        />
      </AnswerBlock>
      <AnswerBlock id="risks">
        <Rows kind="risk" count={4} row={(index) => <RiskRow index={index} />} />
      </AnswerBlock>
      <AnswerBlock id="scores">
        <Figures entries={figures} />
        <Line name="riskScores.override" label={scores("override")} />
      </AnswerBlock>
    </>
  );
}

function AfterTreatment() {
  const t = useTranslations("cabinet.decide");
  const days = (["icuDays", "wardDays", "nearbyDaysLow", "nearbyDaysHigh"] as const).map((field) => ({
    name: `stay.${field}`,
    label: t(field),
  }));
  return (
    <>
      <AnswerBlock id="stay">
        <Figures entries={days} />
      </AnswerBlock>
      <AnswerBlock id="discharge">
        <Rows kind="medicine" count={3} row={(index) => <MedicineRow index={index} />} />
        <Rows
          kind="visit"
          count={3}
          row={(index) => (
            <PairRow
              names={["what", "when"].map((field) => `followUp.${index}.${field}`)}
              labels={[t("what"), t("when")]}
            />
          )}
        />
      </AnswerBlock>
    </>
  );
}
