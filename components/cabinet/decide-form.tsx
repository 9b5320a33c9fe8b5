import { useTranslations } from "next-intl";
import { AnswerRows } from "@/components/cabinet/answer-rows";
import { ActionForm } from "@/components/ui/action-form";
import { RadioGroup } from "@/components/ui/choices";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { DEVICES, deviceFacts, isDeviceApproved } from "@/lib/guides/device";
import { ACCESS_ROUTES, TREATMENTS } from "@/lib/guides/treatment";
import { FITNESS, URGENCIES, VERDICTS } from "@/lib/reviews/review";

interface DecideFormProps {
  /** The centre's country: only devices that may be used there can be named. */
  country: string;
  action: FormAction;
}

/** The structured answer of a heart team; only the verdict, and what it asks for, must be filled. */
export function DecideForm({ country, action }: DecideFormProps) {
  const t = useTranslations("cabinet.decide");
  const verdicts = useTranslations("verdicts");
  return (
    <ActionForm action={action} className="max-w-4xl space-y-gap-l">
      <RadioGroup
        name="verdict"
        legend={t("verdict")}
        required
        options={VERDICTS.map((value) => ({ value, label: verdicts(value) }))}
      />
      <div className="grid gap-gap-m md:grid-cols-3">
        <Long name="reason" label={t("reason")} hint={t("reasonHint")} />
        <Long name="conditions" label={t("conditions")} hint={t("conditionsHint")} />
        <Long name="requests" label={t("requests")} hint={t("requestsHint")} />
      </div>
      <ClinicalPicture />
      <Plan country={country} />
      <AnswerRows />
      <Long name="whatElse" label={t("whatElse")} />
      <div className="space-y-gap border-t border-line pt-gap-m">
        <p className="text-sm text-ink-soft">{t("signLead")}</p>
        <SubmitButton>{t("sign")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function ClinicalPicture() {
  const t = useTranslations("cabinet.decide");
  const words = useTranslations("answers");
  return (
    <Fieldset legend={t("clinical")}>
      <div className="grid gap-gap sm:grid-cols-2 lg:grid-cols-3">
        <Short name="diagnosis.text" label={t("diagnosis")} />
        <Short name="diagnosis.grade" label={t("grade")} />
        <Pick
          name="dataQuality"
          label={t("dataQuality")}
          options={(["good", "limited", "not_assessable"] as const).map((value) => ({
            value,
            label: words(`quality.${value}`),
          }))}
        />
        <Pick
          name="urgency"
          label={t("urgency")}
          hint={t("urgencyHint")}
          options={URGENCIES.map((value) => ({ value, label: words(`urgencies.${value}`) }))}
        />
        <Pick
          name="fitToTravel"
          label={t("fitToTravel")}
          options={FITNESS.map((value) => ({ value, label: words(`fitness.${value}`) }))}
        />
      </div>
    </Fieldset>
  );
}

function Plan({ country }: { country: string }) {
  const t = useTranslations("cabinet.decide");
  const treatments = useTranslations("treatments");
  const access = useTranslations("guides.access");
  const may = DEVICES.filter((slug) => isDeviceApproved(slug, country) !== "not_approved");
  return (
    <Fieldset legend={t("plan")}>
      <div className="grid gap-gap sm:grid-cols-2 lg:grid-cols-3">
        <Pick
          name="proposedTreatment"
          label={t("treatment")}
          options={TREATMENTS.map((value) => ({ value, label: treatments(value) }))}
        />
        <Pick
          name="device"
          label={t("device")}
          hint={t("deviceHint")}
          options={may.map((value) => ({ value, label: deviceFacts(value).name }))}
        />
        <Short name="deviceSize" label={t("deviceSize")} />
        <Pick
          name="access"
          label={t("access")}
          options={ACCESS_ROUTES.map((value) => ({ value, label: access(value) }))}
        />
        <Short name="guidelineClass" label={t("guidelineClass")} />
      </div>
    </Fieldset>
  );
}

function Short({ name, label }: { name: string; label: string }) {
  return (
    <Field name={name} label={label}>
      <TextInput maxLength={300} />
    </Field>
  );
}

function Long({ name, label, hint }: { name: string; label: string; hint?: string }) {
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <TextArea rows={3} />
    </Field>
  );
}

interface PickProps {
  name: string;
  label: string;
  hint?: string;
  options: readonly { value: string; label: string }[];
}

function Pick({ name, label, hint, options }: PickProps) {
  const t = useTranslations("cabinet.decide");
  return (
    <Field name={name} label={label} {...(hint ? { hint } : {})}>
      <Select options={options} empty={t("choose")} />
    </Field>
  );
}
