import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry, formatLanguage } from "@/components/ui/format";
import { GroupError } from "@/components/ui/group-error";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ResourceRow, SupplierPage } from "@/lib/desk/queries/suppliers";
import { INTERPRETER_LANGUAGES } from "@/lib/logistics/interpreter-assignment";
import { placeKey, type ResourceKind } from "@/lib/logistics/supplier";

interface ResourceFormProps {
  kind: ResourceKind;
  /** Who is changed; nobody where somebody is added. */
  person: ResourceRow | null;
  places: SupplierPage["places"];
  action: FormAction;
}

/** A driver with the vehicle, or an interpreter with the languages. */
export function ResourceForm({ kind, person, places, action }: ResourceFormProps) {
  const t = useTranslations("suppliers.person");
  const common = useTranslations("suppliers");
  const locale = useLocale();
  const own = person ? [{ key: placeKey(person), place: person }] : [];
  const all = [...places, ...own.filter(({ key }) => places.every((place) => place.key !== key))];
  if (all.length === 0) return <p className="text-attention">{t("noPlaces")}</p>;
  const seenAt = person?.changedAt.toISOString() ?? "";
  const options = all.map(({ key, place }) => ({
    value: key,
    label: `${place.city} · ${formatCountry(place.country, locale)}`,
  }));
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <input type="hidden" name="seenAt" value={seenAt} />
      <div key={seenAt} className="space-y-gap-m">
        <div className="grid gap-x-gap-l gap-y-gap-m sm:grid-cols-2">
          <Field name="name" label={t("name")}>
            <TextInput required maxLength={120} autoComplete="off" dir="auto" defaultValue={person?.name} />
          </Field>
          <Field name="phone" label={t("phone")} optional={common("optional")}>
            <TextInput
              type="tel"
              maxLength={60}
              autoComplete="off"
              dir="ltr"
              defaultValue={person?.phone ?? ""}
            />
          </Field>
          <Field name="place" label={t("place")} hint={t("placeHint")}>
            <Select
              required
              empty={common("choose")}
              options={options}
              defaultValue={person ? placeKey(person) : ""}
            />
          </Field>
          <GenderField person={person} />
          {kind === "driver" ? <CarFields person={person} /> : <VoiceFields person={person} />}
        </div>
        <Languages isNeeded={kind === "interpreter"} person={person} />
        {kind === "driver" ? (
          <Checkbox name="wheelchair" label={t("wheelchair")} defaultChecked={person?.wheelchair ?? false} />
        ) : (
          <Checkbox
            name="medicalTraining"
            label={t("medicalTraining")}
            defaultChecked={person?.medicalTraining ?? false}
          />
        )}
      </div>
      <SubmitButton>{person ? common("save") : t("addDo")}</SubmitButton>
    </ActionForm>
  );
}

interface OfPerson {
  person: ResourceRow | null;
}

function GenderField({ person }: OfPerson) {
  const t = useTranslations("suppliers.person");
  const options = (["female", "male"] as const).map((value) => ({ value, label: t(`genders.${value}`) }));
  return (
    <Field name="gender" label={t("gender")}>
      <Select empty={t("unsaid")} options={options} defaultValue={person?.gender ?? ""} />
    </Field>
  );
}

function CarFields({ person }: OfPerson) {
  const t = useTranslations("suppliers.person");
  return (
    <>
      <Field name="vehicle" label={t("vehicle")}>
        <TextInput maxLength={120} autoComplete="off" dir="auto" defaultValue={person?.vehicle ?? ""} />
      </Field>
      <Field name="plate" label={t("plate")}>
        <TextInput maxLength={30} autoComplete="off" dir="ltr" defaultValue={person?.plate ?? ""} />
      </Field>
      <Field name="seats" label={t("seats")}>
        <TextInput
          inputMode="numeric"
          maxLength={2}
          autoComplete="off"
          dir="ltr"
          defaultValue={person?.seats ?? ""}
        />
      </Field>
    </>
  );
}

function VoiceFields({ person }: OfPerson) {
  const t = useTranslations("suppliers.person");
  return (
    <Field name="certificate" label={t("certificate")}>
      <TextInput maxLength={200} autoComplete="off" dir="auto" defaultValue={person?.certificate ?? ""} />
    </Field>
  );
}

function Languages({ isNeeded, person }: OfPerson & { isNeeded: boolean }) {
  const t = useTranslations("suppliers.person");
  const locale = useLocale();
  const spoken = person?.languages ?? [];
  const codes = [...new Set([...INTERPRETER_LANGUAGES, ...spoken])];
  return (
    <fieldset id="languages">
      <legend className="field-label">{t("languages")}</legend>
      {isNeeded ? <p className="field-hint">{t("languagesHint")}</p> : null}
      <GroupError name="languages" />
      <div className="grid grid-cols-2 gap-x-gap sm:grid-cols-4">
        {codes.map((code, index) => (
          <Checkbox
            key={code}
            name={`languages.${index}`}
            value={code}
            label={formatLanguage(code, locale)}
            defaultChecked={spoken.includes(code)}
          />
        ))}
      </div>
    </fieldset>
  );
}
