import { useLocale, useTranslations } from "next-intl";
import { Fold } from "@/components/desk/part-frame";
import { RideFields } from "@/components/desk/ride-card";
import { SupplyFields } from "@/components/desk/supply-card";
import { PlaceFields } from "@/components/desk/talk-card";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatCountry } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { COUNTRIES } from "@/lib/guides/country";

interface AddProps {
  action: FormAction;
}

/** Times are typed on the clock of the centre's city. */
export function AddRide({ action, zone }: AddProps & { zone: string }) {
  const t = useTranslations("journey");
  const directions = (["arrival", "return"] as const).map((value) => ({ value, label: t(`ride.${value}`) }));
  return (
    <Fold title={t("ride.add")}>
      <ActionForm action={action} className="space-y-gap">
        <div className="grid gap-gap sm:grid-cols-2">
          <Field name="direction" label={t("ride.direction")}>
            <Select required empty={t("choose")} options={directions} />
          </Field>
          <Field name="pickupAt" label={t("ride.pickupAt")} hint={t("clockOf", { zone })}>
            <TextInput type="datetime-local" required />
          </Field>
        </div>
        <RideFields />
        <SubmitButton look="quiet">{t("ride.addDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}

export function AddTalk({ action, zone }: AddProps & { zone: string }) {
  const t = useTranslations("journey");
  const genders = (["female", "male"] as const).map((value) => ({ value, label: t(`genders.${value}`) }));
  return (
    <Fold title={t("talk.add")}>
      <ActionForm action={action} className="space-y-gap">
        <Field name="purpose" label={t("talk.purpose")} hint={t("talk.purposeHint")}>
          <TextInput required maxLength={60} />
        </Field>
        <div className="grid gap-gap sm:grid-cols-2">
          <Field name="startsAt" label={t("talk.startsAt")} hint={t("clockOf", { zone })}>
            <TextInput type="datetime-local" required />
          </Field>
          <Field name="endsAt" label={t("talk.endsAt")} hint={t("clockOf", { zone })}>
            <TextInput type="datetime-local" required />
          </Field>
          <Field name="fromLang" label={t("talk.fromLang")} hint={t("talk.codeHint")}>
            <TextInput required dir="ltr" maxLength={3} />
          </Field>
          <Field name="toLang" label={t("talk.toLang")} hint={t("talk.codeHint")}>
            <TextInput required dir="ltr" maxLength={3} />
          </Field>
        </div>
        <PlaceFields />
        <Field name="genderWish" label={t("talk.genderWish")} optional={t("optional")}>
          <Select empty={t("genders.any")} options={genders} />
        </Field>
        <SubmitButton look="quiet">{t("talk.addDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}

export function AddSupply({ action }: AddProps) {
  const t = useTranslations("journey");
  return (
    <Fold title={t("supply.add")}>
      <ActionForm action={action} className="space-y-gap">
        <p className="text-sm text-ink-soft">{t("supply.addLead")}</p>
        <SupplyFields items={[]} />
        <SubmitButton look="quiet">{t("supply.addDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}

export function AddVisa({ action, country }: AddProps & { country: string | null }) {
  const t = useTranslations("journey");
  const locale = useLocale();
  const countries = COUNTRIES.map((value) => ({ value, label: formatCountry(value, locale) })).toSorted(
    (one, other) => one.label.localeCompare(other.label, locale),
  );
  return (
    <Fold title={t("visa.add")}>
      <ActionForm action={action} className="space-y-gap">
        <Field name="country" label={t("visa.country")}>
          <Select required empty={t("choose")} options={countries} defaultValue={country ?? ""} />
        </Field>
        <Field name="note" label={t("visa.note")} hint={t("visa.noteHint")} optional={t("optional")}>
          <TextArea rows={2} maxLength={500} />
        </Field>
        <SubmitButton look="quiet">{t("visa.addDo")}</SubmitButton>
      </ActionForm>
    </Fold>
  );
}
