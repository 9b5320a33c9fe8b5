import { useLocale, useTranslations } from "next-intl";
import { reasonWords } from "@/components/records/reason-words";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { formatAge } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { StateTag } from "@/components/ui/tag";
import { type ChecklistLine, openRequired } from "@/lib/records/checklist";

interface ChecklistPanelProps {
  lines: readonly ChecklistLine[];
  /** Closes one gap: the form names the item. Absent for whoever does not own the case. */
  close: FormAction | null;
}

const TONES = {
  missing: "attention",
  given: "info",
  accepted: "good",
  too_old: "attention",
  rejected: "attention",
  waived: "still",
  not_available: "still",
} as const;

/** What the treatment asks for in its two phases, and the way to close a gap with a reason. */
export function ChecklistPanel({ lines, close }: ChecklistPanelProps) {
  const t = useTranslations("desk.records");
  const words = useTranslations("records");
  const open = openRequired(lines);
  return (
    <section aria-labelledby="checklist" className="space-y-gap">
      <h2 id="checklist" className="text-md">
        {t("checklist")}
      </h2>
      {open.length > 0 ? (
        <Notice tone="attention">
          {t("openRequired", { items: open.map((item) => words(`items.${item}.title`)).join(", ") })}
        </Notice>
      ) : (
        <Notice tone="good">{t("complete")}</Notice>
      )}
      {([1, 2] as const).map((phase) => (
        <div key={phase}>
          <h3 className="text-sm text-ink-soft">{words(`phases.${phase}`)}</h3>
          <ul className="divide-y divide-line">
            {lines
              .filter((line) => line.phase === phase)
              .map((line) => (
                <Line key={line.item} line={line} close={close} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Line({ line, close }: { line: ChecklistLine; close: FormAction | null }) {
  const words = useTranslations("records");
  const locale = useLocale();
  const isGap = ["missing", "given", "rejected", "too_old"].includes(line.status);
  return (
    <li className="py-cell">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-52">
          {words(`items.${line.item}.title`)}{" "}
          <span className="text-sm text-ink-soft">({words(`needs.${line.need}`)})</span>
          {line.centre !== null && line.maxAgeDays !== null ? (
            <span className="block text-sm">
              {words("centreAge", {
                centre: `\u2068${line.centre}\u2069`,
                age: formatAge(line.maxAgeDays, locale),
              })}
            </span>
          ) : null}
          {line.reason ? (
            <span className="block text-sm text-ink-soft" dir="auto">
              {reasonWords(words, line.reason)}
            </span>
          ) : null}
        </span>
        <StateTag tone={isGap && line.need !== "required" ? "still" : TONES[line.status]}>
          {words(`statuses.${line.status}`)}
        </StateTag>
        {isGap && close ? <CloseGap item={line.item} close={close} /> : null}
      </div>
    </li>
  );
}

function CloseGap({ item, close }: { item: string; close: FormAction }) {
  const t = useTranslations("desk.records");
  return (
    <details className="w-24 open:w-full">
      <summary className="link inline-flex min-h-control items-center text-sm">{t("close")}</summary>
      <ActionForm action={close} className="flex flex-wrap items-end gap-gap py-1">
        <input type="hidden" name="item" value={item} />
        <Field name="status" label={t("closeAs")}>
          <Select
            options={[
              { value: "waived", label: t("waived") },
              { value: "not_available", label: t("not_available") },
            ]}
          />
        </Field>
        <div className="min-w-48 flex-1">
          <Field name="reason" label={t("reason")}>
            <TextInput required maxLength={500} />
          </Field>
        </div>
        <SubmitButton look="quiet">{t("closeDo")}</SubmitButton>
      </ActionForm>
    </details>
  );
}
