import { useTranslations } from "next-intl";
import { SeenLine } from "@/components/cabinet/seen-line";
import { TreatmentWords } from "@/components/desk/step-words";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ProcedureLine } from "@/lib/clinics/forms/listing";
import { priceKey } from "@/lib/desk/forms/listing";
import { priceLine } from "@/lib/desk/forms/listing-lines";
import { deviceFacts, isDevice } from "@/lib/guides/device";

interface PriceFormProps {
  lines: readonly ProcedureLine[];
  action: FormAction;
}

/** The price list as a table of entries; saving it writes the draft. */
export function PriceForm({ lines, action }: PriceFormProps) {
  const t = useTranslations("cabinet.prices");
  if (lines.length === 0) return <EmptyState title={t("none")}>{t("noneLead")}</EmptyState>;
  return (
    <ActionForm action={action} className="space-y-gap-m">
      <ul className="divide-y divide-line border-y border-line">
        {lines.map((line) => (
          <li key={priceKey(line)}>
            <PriceRow line={line} />
          </li>
        ))}
      </ul>
      <SubmitButton>{t("save")}</SubmitButton>
    </ActionForm>
  );
}

function PriceRow({ line }: { line: ProcedureLine }) {
  const t = useTranslations("cabinet.prices");
  const seen = priceLine(line);
  const name = (field: string) => seen.prefix + field;
  const sum = (field: "low" | "expected" | "high") => (
    <div className="col-span-2 xl:col-span-1">
      <Field name={name(field)} label={t(field)}>
        <TextInput
          required
          inputMode="decimal"
          dir="ltr"
          className="text-end max-sm:px-2"
          defaultValue={seen.now[name(field)]}
        />
      </Field>
    </div>
  );
  const days = (field: "stayDaysLow" | "stayDaysHigh") => (
    <div className="col-span-3 sm:col-span-1">
      <Field name={name(field)} label={t(field)}>
        <TextInput required type="number" min={0} max={365} defaultValue={seen.now[name(field)]} />
      </Field>
    </div>
  );
  const day = (field: "validFrom" | "validTo") => (
    <div className="col-span-3 sm:col-span-2 xl:col-span-1">
      <Field name={name(field)} label={t(field)}>
        <TextInput required type="date" className="max-sm:px-2" defaultValue={seen.now[name(field)]} />
      </Field>
    </div>
  );
  return (
    <fieldset className="py-gap">
      <SeenLine line={seen} />
      <legend className="contents font-semibold">
        <TreatmentWords slug={line.treatment} />
        {line.device && isDevice(line.device) ? ` · ${deviceFacts(line.device).name}` : ""}{" "}
        <span className="text-sm font-normal text-ink-soft">{line.currency}</span>
      </legend>
      <div className="mt-1 grid grid-cols-6 items-end gap-gap xl:grid-cols-[1fr_1fr_1fr_6rem_6rem_10rem_10rem]">
        {sum("low")}
        {sum("expected")}
        {sum("high")}
        {days("stayDaysLow")}
        {days("stayDaysHigh")}
        {day("validFrom")}
        {day("validTo")}
      </div>
    </fieldset>
  );
}
