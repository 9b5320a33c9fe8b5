import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SupplierJob } from "@/lib/logistics/views/part";

interface JobActsProps {
  job: SupplierJob;
  report: (word: string, before: FormState, form: FormData) => Promise<FormState>;
}

/** One button for each thing that can happen next; closing a talk asks for its minutes. */
export function JobActs({ job, report }: JobActsProps) {
  const t = useTranslations("job");
  const words = useTranslations("job.events");
  if (job.events.length === 0) return <p className="text-ink-soft">{t("nothing")}</p>;
  const side = job.kind === "transfer" ? "ride" : "talk";
  return (
    <section className="space-y-gap-m" aria-labelledby="report">
      <h2 id="report" className="text-xl">
        {t("report")}
      </h2>
      {job.events.map((event) => (
        <ActionForm key={event} action={report.bind(null, event)}>
          {side === "talk" && event === "finish" ? (
            <Field name="minutes" label={t("minutes")}>
              <TextInput type="number" inputMode="numeric" min={1} max={1440} required />
            </Field>
          ) : null}
          <SubmitButton look={event === "miss" ? "quiet" : "primary"}>
            {words(`${side}.${event}` as "ride.wait")}
          </SubmitButton>
        </ActionForm>
      ))}
    </section>
  );
}
