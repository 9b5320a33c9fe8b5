import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import type { ListingContent } from "@/lib/clinics/forms/listing";

const EMPTY_ROWS = 2;

/** Certificates, each with its proof and the last day it holds. The labels stand once, above the first row, where there is room. */
export function Certificates({ lines }: { lines: ListingContent["accreditations"] }) {
  const t = useTranslations("cabinet.listing.fields");
  const rows = [
    ...lines,
    ...Array.from({ length: EMPTY_ROWS }, () => ({ body: "", proof: "", validUntil: "" })),
  ];
  return (
    <fieldset className="space-y-gap">
      <legend className="sr-only">{t("accreditations")}</legend>
      <p className="field-hint">{t("accreditationsHint")}</p>
      {rows.map((row, index) => (
        <fieldset
          key={index}
          className="grid gap-gap max-sm:border-t max-sm:border-line max-sm:pt-gap sm:grid-cols-[8rem_minmax(0,1fr)_11rem]"
        >
          <legend className="sr-only">{t("certificate", { n: index + 1 })}</legend>
          <Cell name={`accreditations.${index}.body`} label={t("body")} isFirst={index === 0}>
            <TextInput maxLength={60} defaultValue={row.body} />
          </Cell>
          <Cell name={`accreditations.${index}.proof`} label={t("proof")} isFirst={index === 0}>
            <TextInput maxLength={300} defaultValue={row.proof} />
          </Cell>
          <Cell name={`accreditations.${index}.validUntil`} label={t("validUntil")} isFirst={index === 0}>
            <TextInput type="date" defaultValue={row.validUntil} />
          </Cell>
        </fieldset>
      ))}
    </fieldset>
  );
}

interface CellProps {
  name: string;
  label: string;
  isFirst: boolean;
  children: ReactNode;
}

function Cell({ name, label, isFirst, children }: CellProps) {
  return (
    <div>
      <Field name={name} label={<span className={isFirst ? "" : "sm:sr-only"}>{label}</span>}>
        {children}
      </Field>
    </div>
  );
}
