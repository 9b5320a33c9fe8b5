import { useLocale, useTranslations } from "next-intl";
import { MoneyRow } from "@/components/desk/money-row";
import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { formatMoney } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { WaitingLine } from "@/lib/payments/read-releasable";

/** Lines that go to nobody yet, each with what has to happen first. */
export function ReleaseStuck({ lines, name }: { lines: readonly WaitingLine[]; name: FormAction }) {
  const t = useTranslations("books.releases");
  const kinds = useTranslations("lineKinds");
  const bills = useTranslations("bills.links");
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="stuck" className="space-y-gap pt-gap-l">
      <h3 id="stuck" className="text-base font-semibold">
        {t("stuck")}
      </h3>
      <p className="max-w-prose text-ink-soft">{t("stuckHint")}</p>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <MoneyRow
            key={line.serviceId}
            sum={<bdi className="font-normal">{formatMoney(line.amountMinor, line.currency, locale)}</bdi>}
          >
            <p>
              <bdi>{line.bookingNumber}</bdi>
              {" · "}
              {kinds.has(line.kind as "other") ? kinds(line.kind as "other") : line.kind}
            </p>
            <p className="text-sm text-ink-soft">{t(`waits.${line.reason}`)}</p>
            {line.suppliers ? <PayeeForm line={line} suppliers={line.suppliers} name={name} /> : null}
            {line.reason === "no_account" ? (
              <TextLink href={`/${locale}/desk/money/bills/${line.bookingId}`}>{bills("billStaff")}</TextLink>
            ) : null}
          </MoneyRow>
        ))}
      </ul>
    </section>
  );
}

interface PayeeFormProps {
  line: WaitingLine;
  suppliers: readonly { id: string; name: string }[];
  name: FormAction;
}

/** Which of those who shared a line is paid for it, and why. */
function PayeeForm({ line, suppliers, name }: PayeeFormProps) {
  const t = useTranslations("books.releases");
  const options = suppliers.map(({ id, name: label }) => ({ value: id, label }));
  return (
    <ActionForm action={name} className="mt-gap space-y-gap">
      <input type="hidden" name="serviceId" value={line.serviceId} />
      <div className="grid items-end gap-gap sm:grid-cols-2">
        <Field name="supplierId" label={t("payeeOf")} hint={t("payeeOfHint")}>
          <Select empty={t("payeeChoose")} options={options} required />
        </Field>
        <Field name="reason" label={t("payeeWhy")}>
          <TextInput maxLength={500} dir="auto" autoComplete="off" required />
        </Field>
      </div>
      <SubmitButton look="quiet">{t("payeeName")}</SubmitButton>
    </ActionForm>
  );
}
