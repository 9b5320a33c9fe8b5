import { useTranslations } from "next-intl";
import { Densities, Section } from "@/components/gallery/section";
import { Checkbox, RadioGroup } from "@/components/ui/choices";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";

export function Forms() {
  const t = useTranslations("gallery.say");
  const countries = [
    { value: "DE", label: t("germany") },
    { value: "EG", label: t("egypt") },
  ];
  const ways = [
    { value: "mail", label: t("byMail") },
    { value: "phone", label: t("byPhone"), hint: t("byPhoneHint") },
  ];
  return (
    <Section name="forms">
      <Densities>
        <Fieldset legend={t("legend")} hint={t("legendHint")}>
          <Field name="name" label={t("name")} hint={t("nameHint")}>
            <TextInput defaultValue={t("typed")} />
          </Field>
          <Field name="phone" label={t("phone")} optional={t("optional")}>
            <TextInput type="tel" defaultValue="+49 221 4710 123" />
          </Field>
          <Field name="mail" label={t("mail")} error={t("mailError")}>
            <TextInput type="email" defaultValue={t("mailTyped")} />
          </Field>
          <Field name="closed" label={t("closed")}>
            <TextInput disabled defaultValue={t("closedValue")} />
          </Field>
          <Field name="country" label={t("country")}>
            <Select empty={t("choose")} options={countries} />
          </Field>
          <Field name="note" label={t("note")} optional={t("optional")}>
            <TextArea defaultValue={t("noteTyped")} />
          </Field>
        </Fieldset>
        <RadioGroup name="how" legend={t("how")} options={ways} defaultValue="phone" />
        <Checkbox name="agree" label={t("agree")} hint={t("agreeHint")} defaultChecked />
        <Checkbox name="call" label={t("call")} />
      </Densities>
    </Section>
  );
}
