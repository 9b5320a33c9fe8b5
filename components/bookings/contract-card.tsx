import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatDay, formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { BookingView } from "@/lib/bookings/views/booking";

interface ContractCardProps {
  contract: BookingView["contracts"][number];
  /** The day of the booking, as the reader sees it. */
  slotId: string;
  zone: string;
  locale: string;
  /** Absent when there is nothing to sign now. */
  action: FormAction | null;
  /** The page that begins a withdrawal, for a contract that still has that right; null for who may not decide. */
  withdraw: string | null;
}

/** The text first, then the signature: a typed name with its time and the fingerprint of what was signed. */
export function ContractCard({ contract, slotId, zone, locale, action, withdraw }: ContractCardProps) {
  const t = useTranslations("my.booking");
  const when = (at: string) => formatMoment(new Date(at), zone, locale);
  return (
    <section className="space-y-gap">
      <h3 className="text-lg">{contract.kind === "A" ? t("contractA") : t("contractB")}</h3>
      <details>
        <summary className="link inline-flex min-h-11 items-center">{t("read")}</summary>
        <div
          lang={contract.language}
          dir="auto"
          // On a phone it takes the whole card: a contract is long, and lines of a few words are hard to read.
          className="rounded-md border border-line bg-paper p-gap-m whitespace-pre-line max-sm:-mx-[5vw] max-sm:rounded-none max-sm:border-x-0 max-sm:px-[5vw]"
        >
          {contract.text}
        </div>
        <p className="mt-gap text-sm wrap-anywhere text-ink-soft">
          {t("hash")}: <bdi>{contract.textHash}</bdi>
        </p>
      </details>
      {contract.signedAt ? (
        <p>{t("signedAt", { name: contract.signedName ?? "", when: when(contract.signedAt) })}</p>
      ) : null}
      {contract.countersignedAt ? (
        <p>
          {t("counter", { name: contract.countersignedName ?? "", when: when(contract.countersignedAt) })}
        </p>
      ) : null}
      {contract.withdrawnAt ? <p>{t("withdrawnAt", { when: when(contract.withdrawnAt) })}</p> : null}
      {contract.withdrawableUntil && withdraw ? (
        <p>
          <TextLink href={withdraw}>{t("withdraw")}</TextLink>{" "}
          <span className="text-ink-soft">
            {t("withdrawUntil", { day: formatDay(contract.withdrawableUntil, locale) })}
          </span>
        </p>
      ) : null}
      {!contract.signedAt && action ? (
        <ActionForm action={action}>
          <input type="hidden" name="contract" value={contract.kind} />
          <input type="hidden" name="slotId" value={slotId} />
          <Field name="typedName" label={t("typedName")}>
            <TextInput autoComplete="name" required maxLength={200} />
          </Field>
          <SubmitButton>{contract.kind === "A" ? t("signA") : t("signB")}</SubmitButton>
        </ActionForm>
      ) : null}
    </section>
  );
}
