import { useTranslations } from "next-intl";
import { SeenLine } from "@/components/cabinet/seen-line";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ListingContent } from "@/lib/clinics/forms/listing";
import { doctorLine } from "@/lib/desk/forms/listing-lines";
import { TREATMENTS } from "@/lib/guides/treatment";

type Doctor = ListingContent["doctors"][number];

interface DoctorFormProps {
  /** Left out for a new one. */
  doctor?: Doctor;
  action: FormAction;
}

/** What patients read about a doctor, with the yearly numbers of each treatment. */
export function DoctorForm({ doctor, action }: DoctorFormProps) {
  const t = useTranslations("cabinet.doctors");
  return (
    <ActionForm action={action} className="max-w-3xl space-y-gap">
      {doctor ? <SeenLine line={doctorLine(doctor)} /> : null}
      <div className="grid gap-gap sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field name="title" label={t("doctorTitle")}>
          <TextInput required maxLength={80} defaultValue={doctor?.title} />
        </Field>
        <Field name="name" label={t("name")}>
          <TextInput required maxLength={200} autoComplete="off" defaultValue={doctor?.name} />
        </Field>
      </div>
      <Field name="speciality" label={t("speciality")}>
        <TextInput required maxLength={120} defaultValue={doctor?.speciality} />
      </Field>
      <Field name="languages" label={t("languages")} hint={t("languagesHint")}>
        <TextInput required dir="ltr" defaultValue={doctor?.languages.join(", ")} />
      </Field>
      <Field name="biography" label={t("biography")}>
        <TextArea required rows={4} maxLength={3000} defaultValue={doctor?.biography} />
      </Field>
      <Volumes volumes={doctor?.volumes ?? []} />
      <SubmitButton look={doctor ? "quiet" : "primary"}>
        {doctor ? t("save", { name: doctor.name }) : t("addDo")}
      </SubmitButton>
    </ActionForm>
  );
}

const EMPTY_ROWS = 2;

function Volumes({ volumes }: { volumes: Doctor["volumes"] }) {
  const t = useTranslations("cabinet.doctors");
  const treatments = useTranslations("treatments");
  const options = TREATMENTS.map((value) => ({ value, label: treatments(value) }));
  const rows: { treatment: string; volume: number | string; year: number | string }[] = [
    ...volumes,
    ...Array.from({ length: EMPTY_ROWS }, () => ({ treatment: "", volume: "", year: "" })),
  ];
  return (
    <fieldset className="space-y-gap">
      <legend className="field-label">{t("volumes")}</legend>
      <p className="field-hint">{t("volumesHint")}</p>
      {rows.map((row, index) => (
        <fieldset key={index} className="grid grid-cols-2 gap-gap sm:grid-cols-[minmax(0,1fr)_7rem_7rem]">
          <legend className="sr-only">{t("row", { n: index + 1 })}</legend>
          <div className="max-sm:col-span-2">
            <Field name={`volumes.${index}.treatment`} label={t("treatment")}>
              <Select empty={t("choose")} options={options} defaultValue={row.treatment} />
            </Field>
          </div>
          <Field name={`volumes.${index}.volume`} label={t("volume")}>
            <TextInput type="number" min={0} max={100000} defaultValue={row.volume} />
          </Field>
          <Field name={`volumes.${index}.year`} label={t("year")}>
            <TextInput type="number" min={1990} max={2100} defaultValue={row.year} />
          </Field>
        </fieldset>
      ))}
    </fieldset>
  );
}
