import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, RadioGroup } from "@/components/ui/choices";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { PATIENT_CAUSES, proofFor } from "@/lib/bookings/refund-policy";

interface Quoted {
  cause: string;
  due: { amount: number };
  total: { owed: { amount: number } };
}

interface CancelFormProps {
  quotes: readonly Quoted[];
  /** Nothing was captured yet, so nothing can come back. */
  unpaid: boolean;
  currency: string;
  locale: string;
  action: FormAction;
}

/** Ending a booking: the reason, with what comes back for it beside each, and a word that it was read. */
export function CancelForm({ quotes, unpaid, currency, locale, action }: CancelFormProps) {
  const t = useTranslations("my.booking");
  const causes = useTranslations("causes");
  const backFor = (cause: string) => {
    const quote = quotes.find((one) => one.cause === cause);
    if (!quote || unpaid) return undefined;
    const sum = ({ amount }: { amount: number }) => formatMoney(BigInt(amount), currency, locale);
    const back = t("comesBack", { amount: sum(quote.due) });
    const { owed } = quote.total;
    const proof = proofFor(cause);
    const more = [
      ...(owed.amount > 0 ? [t("notCovered", { amount: sum(owed) })] : []),
      ...(proof ? [t(`proof.${proof}`)] : []),
    ];
    return more.length > 0 ? `${back}. ${more.join(" ")}` : back;
  };
  return (
    <ActionForm action={action} className="mt-gap space-y-gap-m">
      <p className="text-ink-soft">{unpaid ? t("cancelUnpaid") : t("cancelLead")}</p>
      {unpaid ? null : <ShownSums quotes={quotes} />}
      <RadioGroup
        name="cause"
        legend={t("cancelCause")}
        required
        options={PATIENT_CAUSES.map((cause) => ({
          value: cause,
          label: <span className="inline-block first-letter:uppercase">{causes(cause)}</span>,
          hint: backFor(cause),
        }))}
      />
      <Checkbox name="sure" required label={t("cancelSure")} />
      <SubmitButton look="danger">{t("cancel")}</SubmitButton>
    </ActionForm>
  );
}

/** What stands beside each reason goes with the click: where less would come back by then, nothing is ended. */
export function ShownSums({ quotes }: Pick<CancelFormProps, "quotes">) {
  return quotes.map(({ cause, due, total }) => (
    <span key={cause} hidden>
      <input type="hidden" name={`due.${cause}`} value={due.amount} />
      <input type="hidden" name={`owed.${cause}`} value={total.owed.amount} />
    </span>
  ));
}
