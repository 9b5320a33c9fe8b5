import { useTranslations } from "next-intl";
import { CallList } from "@/components/messages/call-list";
import { ActionForm } from "@/components/ui/action-form";
import { RadioGroup } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CallView } from "@/lib/messages/views";

interface CallPanelProps {
  calls: readonly CallView[];
  /** IANA name of the reader's zone. */
  zone: string;
  /** Writes down a call; null where it is not theirs to say. */
  record: FormAction | null;
}

/** The desk's log of calls, with the one that is waited for on top. */
export function CallPanel({ calls, zone, record }: CallPanelProps) {
  const t = useTranslations("calls");
  const waiting = calls.find(({ state }) => state === "asked");
  return (
    <div className="space-y-gap-m">
      {waiting ? (
        <Notice tone="attention" title={t("desk.open", { name: waiting.askedBy ?? "" })}>
          {t("desk.due")}
        </Notice>
      ) : null}
      {record === null ? null : (
        <ActionForm action={record}>
          <h2 className="text-md">{t("desk.record")}</h2>
          <RadioGroup
            name="state"
            legend={t("desk.state")}
            required
            options={(["reached", "not_reached"] as const).map((value) => ({
              value,
              label: t(`desk.${value}`),
            }))}
          />
          <Field name="note" label={t("desk.note")}>
            <TextArea rows={3} maxLength={500} />
          </Field>
          <SubmitButton>{t("desk.submit")}</SubmitButton>
        </ActionForm>
      )}
      <CallList calls={calls} zone={zone} />
    </div>
  );
}
