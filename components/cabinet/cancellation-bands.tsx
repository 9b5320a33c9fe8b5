import { useTranslations } from "next-intl";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { type CancellationBand, cancellationSentence } from "@/lib/clinics/cancellation";

const EMPTY_ROWS = 1;

/** What the centre keeps when a patient cancels, line by line, and the sentence patients and contracts show for it. */
export function CancellationBands({ bands }: { bands: readonly CancellationBand[] }) {
  const t = useTranslations("cabinet.listing.fields");
  const rows = [
    ...bands.map(({ fromDays, keptBp }) => ({ fromDays: `${fromDays}`, kept: `${keptBp / 100}` })),
    ...Array.from({ length: EMPTY_ROWS }, () => ({ fromDays: "", kept: "" })),
  ];
  return (
    <fieldset className="space-y-gap">
      <legend className="field-label">{t("cancellationBands")}</legend>
      <p className="field-hint max-w-prose">{t("cancellationBandsHint")}</p>
      {rows.map((row, index) => (
        <fieldset key={index} className="grid max-w-xl grid-cols-2 items-end gap-gap">
          <legend className="sr-only">{t("band", { n: index + 1 })}</legend>
          <Field
            name={`cancellationBands.${index}.fromDays`}
            label={<span className={index === 0 ? "" : "sr-only"}>{t("bandFrom")}</span>}
          >
            <TextInput inputMode="numeric" dir="ltr" maxLength={2} defaultValue={row.fromDays} />
          </Field>
          <Field
            name={`cancellationBands.${index}.keptBp`}
            label={<span className={index === 0 ? "" : "sr-only"}>{t("bandKept")}</span>}
          >
            <TextInput inputMode="decimal" dir="ltr" maxLength={6} defaultValue={row.kept} />
          </Field>
        </fieldset>
      ))}
      <p className="text-ink-soft">{t("bandsShown", { sentence: cancellationSentence(bands) })}</p>
    </fieldset>
  );
}
