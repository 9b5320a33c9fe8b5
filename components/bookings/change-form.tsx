import { useTranslations } from "next-intl";
import { ChangeEmergency } from "@/components/bookings/change-emergency";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextArea, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/fieldset";
import { GroupError } from "@/components/ui/group-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { CHANGE_REASONS } from "@/lib/bookings/price-change";
import type { BookingView } from "@/lib/bookings/views/booking";
import { typedSum } from "@/lib/kernel/typed-sum";
import { isCurrency } from "@/lib/kernel/money";

interface ChangeFormProps {
  booking: BookingView;
  contract: "A" | "B";
  /** Minor units up to which an emergency may go; null where none can be written down now. */
  emergencyUpTo: bigint | null;
  action: FormAction;
}

const HOURS = [24, 72, 168, 336] as const;
const NEW_LINES = 2;
/** What a change may add: the fee never changes, and a bed or a flight would make a package of the trip. */
const ADDABLE = {
  A: ["treatment", "device", "workup", "stay", "rehabilitation", "other"],
  B: [
    "transfer_arrival",
    "transfer_return",
    "interpreter",
    "medicine_supply",
    "translation",
    "visa",
    "other",
  ],
} as const;

/** Every line at what it costs now, to be changed where it changes; new lines; the reason in the patient's words. */
export function ChangeForm({ booking, contract, emergencyUpTo, action }: ChangeFormProps) {
  const t = useTranslations("changeOrders.propose");
  const reasons = useTranslations("changeOrders.reasons");
  const options = CHANGE_REASONS.map((value) => ({ value, label: reasons(value) }));
  return (
    <details>
      <summary className="link inline-flex min-h-control items-center">{t("open", { contract })}</summary>
      <ActionForm id={`change-${contract}`} action={action} className="max-w-3xl space-y-gap-m py-gap">
        <input type="hidden" name="contract" value={contract} />
        <div className="grid gap-gap sm:grid-cols-2">
          <Field name="reason" label={t("reason")}>
            <Select required empty={t("choose")} options={options} />
          </Field>
          <Field name="validHours" label={t("validHours")}>
            <Select
              defaultValue="72"
              options={HOURS.map((hours) => ({ value: String(hours), label: t(`hours.h${hours}`) }))}
            />
          </Field>
        </div>
        <Field name="explanation" label={t("explanation")}>
          <TextArea rows={3} required maxLength={2000} />
        </Field>
        <GroupError name="lines" />
        <BookedLines booking={booking} contract={contract} />
        <NewLines booking={booking} contract={contract} />
        {emergencyUpTo === null ? null : (
          <ChangeEmergency upToMinor={emergencyUpTo} currency={booking.currency} />
        )}
        <SubmitButton>{t("send")}</SubmitButton>
      </ActionForm>
    </details>
  );
}

type LinesProps = Pick<ChangeFormProps, "booking" | "contract">;

function BookedLines({ booking, contract }: LinesProps) {
  const t = useTranslations("changeOrders.propose");
  const kinds = useTranslations("lineKinds");
  const { currency } = booking;
  const lines = booking.services.filter((one) => one.contract === contract && one.kind !== "operator_fee");
  const nameOf = ({ label, kind }: BookingView["services"][number]) =>
    label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind);
  if (lines.length === 0) return null;
  const now = (amount: number) => (isCurrency(currency) ? typedSum(BigInt(amount), currency) : `${amount}`);
  return (
    <Fieldset legend={<span className="text-md">{t("lines")}</span>}>
      {lines.map((line, index) => (
        <div
          key={line.lineId}
          role="group"
          aria-label={nameOf(line)}
          className="grid gap-gap sm:grid-cols-[14rem_minmax(0,1fr)]"
        >
          <input type="hidden" name={`lines.${index}.lineId`} value={line.lineId} />
          <input type="hidden" name={`lines.${index}.was`} value={now(line.amount.amount)} />
          <Field name={`lines.${index}.amount`} label={t("sum", { name: nameOf(line), currency })}>
            <TextInput
              inputMode="decimal"
              dir="ltr"
              className="text-end"
              required
              defaultValue={now(line.amount.amount)}
            />
          </Field>
          <Field name={`lines.${index}.cause`} label={t("why")}>
            <TextInput maxLength={500} />
          </Field>
        </div>
      ))}
    </Fieldset>
  );
}

function NewLines({ booking, contract }: LinesProps) {
  const t = useTranslations("changeOrders.propose");
  const kinds = useTranslations("lineKinds");
  const first = booking.services.length;
  const options = ADDABLE[contract].map((value) => ({ value, label: kinds(value) }));
  return (
    <Fieldset legend={<span className="text-md">{t("addedLead")}</span>}>
      {Array.from({ length: NEW_LINES }, (_, index) => ({ place: first + index, n: index + 1 })).map(
        ({ place, n }) => (
          <fieldset key={place} className="border-t border-line pt-gap">
            <legend className="float-start mb-gap text-sm font-semibold text-ink-soft">
              {t("newLine", { n })}
            </legend>
            <div className="clear-both grid gap-gap sm:grid-cols-[10rem_minmax(0,1fr)_10rem_minmax(0,1fr)]">
              <Field name={`lines.${place}.kind`} label={t("kind")}>
                <Select empty={t("choose")} options={options} />
              </Field>
              <Field name={`lines.${place}.label`} label={t("label")}>
                <TextInput maxLength={200} />
              </Field>
              <Field name={`lines.${place}.amount`} label={t("newSum", { currency: booking.currency })}>
                <TextInput inputMode="decimal" dir="ltr" className="text-end" />
              </Field>
              <Field name={`lines.${place}.cause`} label={t("why")}>
                <TextInput maxLength={500} />
              </Field>
            </div>
          </fieldset>
        ),
      )}
    </Fieldset>
  );
}
