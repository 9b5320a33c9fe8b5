import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/choices";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsentedClinic } from "@/lib/desk/queries/case";

interface SendToClinicsProps {
  clinics: readonly ConsentedClinic[];
  action: FormAction;
}

const LIVE = ["requested", "opened", "more_info", "decided"];

/** The centres the patient agreed to, to choose from; one that was asked already says so. */
export function SendToClinics({ clinics, action }: SendToClinicsProps) {
  const t = useTranslations("desk.clinics");
  const states = useTranslations("verdicts.state");
  const free = clinics.filter((clinic) => clinic.lastReview === null || !LIVE.includes(clinic.lastReview));
  return (
    <section aria-labelledby="send" className="space-y-gap">
      <h2 id="send" className="text-md">
        {t("send")}
      </h2>
      <p className="text-sm text-ink-soft">{free.length > 0 ? t("sendLead") : t("allAsked")}</p>
      {free.length > 0 ? (
        <ActionForm action={action} className="space-y-gap">
          <fieldset>
            <legend className="sr-only">{t("clinic")}</legend>
            {free.map((clinic) => (
              <Checkbox
                key={clinic.id}
                name={`clinic.${clinic.slug}`}
                label={<bdi>{clinic.name}</bdi>}
                {...(clinic.lastReview
                  ? { hint: t("asked", { state: states(clinic.lastReview as "expired") }) }
                  : {})}
              />
            ))}
          </fieldset>
          <SubmitButton>{t("sendDo")}</SubmitButton>
        </ActionForm>
      ) : null}
    </section>
  );
}
