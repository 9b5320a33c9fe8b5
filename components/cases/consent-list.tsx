import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";

interface ConsentListProps {
  consents: readonly { id: string; clinic: string | null; givenAt: string }[];
  names: readonly { slug: string; name: string }[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  /** Absent for somebody who only helps. */
  action: FormAction | null;
}

/** Which clinics may look, since when, and the way to take it back. */
export function ConsentList({ consents, names, locale, zone, action }: ConsentListProps) {
  const t = useTranslations("my.clinics");
  if (consents.length === 0) return <p className="text-ink-soft">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {consents.map((consent) => (
        <li key={consent.id} className="flex flex-wrap items-center justify-between gap-gap py-gap">
          <p>
            <bdi className="font-semibold">
              {names.find(({ slug }) => slug === consent.clinic)?.name ?? consent.clinic}
            </bdi>{" "}
            <span className="text-ink-soft">
              {t("since", { when: formatMoment(new Date(consent.givenAt), zone, locale) })}
            </span>
          </p>
          {action === null ? null : (
            <ActionForm action={action}>
              <input type="hidden" name="consentId" value={consent.id} />
              <SubmitButton look="quiet">{t("withdraw")}</SubmitButton>
            </ActionForm>
          )}
        </li>
      ))}
    </ul>
  );
}
