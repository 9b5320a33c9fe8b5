import { useTranslations } from "next-intl";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
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
    <Fieldset legend={t("cancellationBands")} hint={t("cancellationBandsHint")}>
      {rows.map((row, index) => (
        <div key={index} className="grid gap-gap sm:grid-cols-2">
          <Field name={`cancellationBands.${index}.fromDays`} label={t("bandFrom")}>
            <TextInput inputMode="numeric" maxLength={2} defaultValue={row.fromDays} />
          </Field>
          <Field name={`cancellationBands.${index}.keptBp`} label={t("bandKept")}>
            <TextInput inputMode="decimal" maxLength={6} defaultValue={row.kept} />
          </Field>
        </div>
      ))}
      <p className="text-ink-soft">{t("bandsShown", { sentence: cancellationSentence(bands) })}</p>
    </Fieldset>
  );
}
