import { useTranslations } from "next-intl";
import { MeasurementForm } from "@/components/records/measurement-form";
import { MeasurementList } from "@/components/records/measurement-list";
import type { FormAction } from "@/components/ui/form-state";
import type { KeySet } from "@/lib/records/key-set";
import type { MeasurementView } from "@/lib/records/views/measurement";

interface MeasurementsProps {
  measurements: readonly MeasurementView[];
  /** Where one file is looked at: `${base}/${id}`. */
  base: string;
  /** Whose numbers the reader writes and takes back; null for one who may only look. */
  acts: { sources: readonly MeasurementView["source"][]; add: FormAction; remove: FormAction } | null;
  /** What the form's lead says instead of the staff's. */
  lead?: string;
  form: { files: readonly { id: string; filename: string }[]; first: KeySet; today: string; keep: string };
}

/** The measured numbers of a case, and the form that adds to them. */
export function Measurements({ measurements, base, acts, lead, form }: MeasurementsProps) {
  const t = useTranslations("measures.form");
  return (
    <div className="space-y-gap-m">
      <MeasurementList
        measurements={measurements}
        base={base}
        remove={acts && { sources: acts.sources, action: acts.remove }}
      />
      {acts === null ? null : (
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("title")}</summary>
          <div className="max-w-4xl space-y-gap py-gap">
            <p className="text-ink-soft">{lead ?? t("lead")}</p>
            <MeasurementForm {...form} action={acts.add} />
          </div>
        </details>
      )}
    </div>
  );
}
