import { useTranslations } from "next-intl";
import { SeenLine } from "@/components/cabinet/seen-line";
import { TreatmentWords } from "@/components/desk/step-words";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ProcedureLine } from "@/lib/clinics/forms/listing";
import { priceKey } from "@/lib/desk/forms/listing";
import { volumeLine } from "@/lib/desk/forms/listing-lines";
import { deviceFacts, isDevice } from "@/lib/guides/device";

interface VolumeFormProps {
  lines: readonly ProcedureLine[];
  action: FormAction;
}

/** How often each procedure is done in a year, with year and source. */
export function VolumeForm({ lines, action }: VolumeFormProps) {
  const t = useTranslations("cabinet.results");
  if (lines.length === 0) return <p className="text-ink-soft">{t("noVolumes")}</p>;
  return (
    <ActionForm action={action} className="max-w-4xl space-y-gap-m">
      <ul className="divide-y divide-line border-y border-line">
        {lines.map((line) => (
          <li key={priceKey(line)}>
            <VolumeRow line={line} />
          </li>
        ))}
      </ul>
      <SubmitButton look="quiet">{t("saveVolumes")}</SubmitButton>
    </ActionForm>
  );
}

function VolumeRow({ line }: { line: ProcedureLine }) {
  const t = useTranslations("cabinet.results");
  const seen = volumeLine(line);
  const name = (field: string) => seen.prefix + field;
  return (
    <fieldset className="py-gap">
      <SeenLine line={seen} />
      <legend className="contents font-semibold">
        <TreatmentWords slug={line.treatment} />
        {line.device && isDevice(line.device) ? ` · ${deviceFacts(line.device).name}` : ""}
      </legend>
      <div className="mt-1 grid grid-cols-2 gap-gap sm:grid-cols-[7rem_7rem_minmax(0,1fr)]">
        <Field name={name("volume")} label={t("volume")}>
          <TextInput type="number" min={0} max={100000} defaultValue={seen.now[name("volume")]} />
        </Field>
        <Field name={name("volumeYear")} label={t("volumeYear")}>
          <TextInput type="number" min={1990} max={2100} defaultValue={seen.now[name("volumeYear")]} />
        </Field>
        <div className="max-sm:col-span-2">
          <Field name={name("volumeSource")} label={t("volumeSource")}>
            <TextInput maxLength={200} defaultValue={seen.now[name("volumeSource")]} />
          </Field>
        </div>
      </div>
    </fieldset>
  );
}
