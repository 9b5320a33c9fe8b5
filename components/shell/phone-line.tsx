import { useTranslations } from "next-intl";

interface PhoneLineProps {
  /** International, as it is dialled: "+49 221 4710 123". */
  phone: string;
}

/** A number to call, wherever a patient looks. */
export function PhoneLine({ phone }: PhoneLineProps) {
  const t = useTranslations("common.phone");
  return (
    <div className="space-y-1">
      <p>
        <a
          className="link inline-flex min-h-11 items-center font-semibold"
          href={`tel:${phone.replaceAll(" ", "")}`}
        >
          <span>{t.rich("line", { phone, number: (digits) => <bdi dir="ltr">{digits}</bdi> })}</span>
        </a>
      </p>
      <p className="text-sm text-ink-soft">{t("hours")}</p>
    </div>
  );
}
