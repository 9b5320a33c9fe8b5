import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { formatLanguage } from "@/components/ui/format";
import { supplyModeOf } from "@/lib/estimates/line-supply";
import type { EstimateView } from "@/lib/estimates/views";
import { LINE_ALWAYS } from "@/lib/logistics/care-plan";
import { MEDICINE_ROWS } from "@/lib/logistics/forms";
import { INTERPRETER_LANGUAGES } from "@/lib/logistics/interpreter-assignment";
import { SUPPLY_MODES, type SupplyMode } from "@/lib/guides/medicine-rules";

interface TripNeedsProps {
  lines: EstimateView["lines"];
  /** The patient's language, for the interpreter. */
  language: string;
  locale: string;
}

/** Which part of a trip the box of a line brings along; the sheet of styles shows its questions once it is ticked, with scripts or without. */
export const PART_OF: Readonly<Record<string, string>> = {
  transfer_arrival: "arrival",
  transfer_return: "return",
  interpreter: "talk",
  medicine_supply: "supply",
};

const SHOWN = {
  arrival: "group-not-has-[[data-part=arrival]_:checked]/trip:hidden",
  return: "group-not-has-[[data-part=return]_:checked]/trip:hidden",
  talk: "group-not-has-[[data-part=talk]_:checked]/trip:hidden",
  supply: "group-not-has-[[data-part=supply]_:checked]/trip:hidden",
  ride: "group-not-has-[:is([data-part=arrival],[data-part=return])_:checked]/trip:hidden",
  home: "group-not-has-[:is([data-part=return],[data-part=talk])_:checked]/trip:hidden",
} as const;

const ASKED_BY = {
  arrival: ["transfer_arrival"],
  return: ["transfer_return"],
  talk: ["interpreter"],
  supply: ["medicine_supply"],
  ride: ["transfer_arrival", "transfer_return"],
  home: ["transfer_return", "interpreter"],
} as const;

/** What the chosen services need to know: each is asked only where its line is chosen, or belongs to the trip in any case. */
export function TripNeeds({ lines, language, locale }: TripNeedsProps) {
  const t = useTranslations("my.booking.trip");
  const passengers = useTranslations("my.booking")("passengers");
  return (
    <>
      {lines.map(({ id, kind, optional }) =>
        PART_OF[kind] ? (
          <input key={id} type="hidden" name={`${PART_OF[kind]}Line`} value={optional ? id : LINE_ALWAYS} />
        ) : null,
      )}
      <Asked lines={lines} part="arrival">
        <Fieldset legend={t("arrival.title")}>
          <div className="grid items-end gap-gap sm:grid-cols-3">
            <Field
              name="arrivalOn"
              label={t("arrival.on")}
              hint={t("arrival.onHint")}
              optional={t("optional")}
            >
              <TextInput type="date" dir="ltr" />
            </Field>
            <Field
              name="arrivalTime"
              label={t("arrival.time")}
              hint={t("arrival.timeHint")}
              optional={t("optional")}
            >
              <TextInput type="time" dir="ltr" />
            </Field>
            <Field name="flight" label={t("arrival.flight")} optional={t("optional")}>
              <TextInput dir="ltr" maxLength={20} autoComplete="off" />
            </Field>
          </div>
        </Fieldset>
      </Asked>
      <Asked lines={lines} part="home">
        <Field name="returnOn" label={t("return.on")} hint={t("return.onHint")} optional={t("optional")}>
          <TextInput type="date" dir="ltr" />
        </Field>
      </Asked>
      <Asked lines={lines} part="ride">
        <Fieldset legend={t("ride.title")} hint={t("ride.hint")}>
          <Field name="passengers" label={passengers}>
            <TextInput type="number" min={1} max={8} defaultValue={1} inputMode="numeric" dir="ltr" />
          </Field>
          {(["wheelchair", "stretcher", "oxygen"] as const).map((need) => (
            <Checkbox key={need} name={need} label={t(`ride.${need}`)} />
          ))}
        </Fieldset>
      </Asked>
      <Asked lines={lines} part="talk">
        <TalkFields language={language} locale={locale} />
      </Asked>
      <Asked lines={lines} part="supply">
        <SupplyFields priced={lines.map(supplyModeOf).find((mode) => mode !== null) ?? null} />
      </Asked>
    </>
  );
}

/** Questions that are there once a line that asks them is. */
function Asked({
  lines,
  part,
  children,
}: {
  lines: EstimateView["lines"];
  part: keyof typeof SHOWN;
  children: ReactNode;
}) {
  const own = lines.filter((line) => ASKED_BY[part].some((kind) => kind === line.kind));
  if (own.length === 0) return null;
  return <div className={own.some((line) => !line.optional) ? "" : SHOWN[part]}>{children}</div>;
}

function TalkFields({ language, locale }: Pick<TripNeedsProps, "language" | "locale">) {
  const t = useTranslations("my.booking");
  const options = INTERPRETER_LANGUAGES.map((code) => ({ value: code, label: formatLanguage(code, locale) }));
  const known = options.some(({ value }) => value === language);
  const genders = (["female", "male"] as const).map((value) => ({ value, label: t(`trip.talk.${value}`) }));
  return (
    <div className="grid items-end gap-gap sm:grid-cols-2">
      <Field name="language" label={t("language")}>
        <Select empty={t("languageChoose")} options={options} defaultValue={known ? language : ""} />
      </Field>
      <Field name="interpreterGender" label={t("trip.talk.gender")}>
        <Select empty={t("trip.talk.any")} options={genders} />
      </Field>
    </div>
  );
}

/** The way home of the medicines, and each of them; a further row appears once the one before it is begun. */
function SupplyFields({ priced }: { priced: SupplyMode | null }) {
  const t = useTranslations("my.booking");
  // What a line was priced for is what it brings: nothing is left to choose.
  const modes = SUPPLY_MODES.filter((mode) => priced === null || mode === priced).map((mode) => ({
    value: mode,
    label: t(mode),
  }));
  return (
    <Fieldset legend={t("supply")} hint={t("trip.medicines.hint")}>
      <Field name="supplyMode" label={t("trip.medicines.way")}>
        <Select options={modes} empty={priced ? undefined : t("noSupply")} />
      </Field>
      {Array.from({ length: MEDICINE_ROWS }, (_, row) => (
        <MedicineRow key={row} row={row} />
      ))}
    </Fieldset>
  );
}

// The style sheet knows an empty field only by its placeholder being shown, so each field of a row shows a blank one
// (`:placeholder-shown`): a row is there when it, or the row before it, has something in it. Without it all would be hidden or none.
const NEXT_ROW =
  "[fieldset:not(:has(input:not(:placeholder-shown)))+&:not(:has(input:not(:placeholder-shown)))]:hidden";

function MedicineRow({ row }: { row: number }) {
  const t = useTranslations("my.booking.trip.medicines");
  const name = (field: string) => `medicines.${row}.${field}`;
  return (
    <fieldset className={`mt-gap ${NEXT_ROW}`}>
      <legend className="field-label">{t("name", { n: row + 1 })}</legend>
      {/* The blank placeholders are read by NEXT_ROW; people see nothing of them. */}
      <div className="grid items-end gap-gap sm:grid-cols-2 lg:grid-cols-4">
        <Field name={name("inn")} label={t("inn")}>
          <TextInput placeholder=" " maxLength={120} autoComplete="off" />
        </Field>
        <Field name={name("strength")} label={t("strength")}>
          <TextInput placeholder=" " maxLength={60} autoComplete="off" />
        </Field>
        <Field name={name("quantity")} label={t("quantity")}>
          <TextInput placeholder=" " inputMode="decimal" dir="ltr" maxLength={9} />
        </Field>
        <Field name={name("perDay")} label={t("perDay")}>
          <TextInput placeholder=" " inputMode="decimal" dir="ltr" maxLength={9} />
        </Field>
      </div>
    </fieldset>
  );
}
