import { useTranslations } from "next-intl";
import { formatDay } from "@/components/ui/format";
import { StateTag } from "@/components/ui/tag";
import type { ClinicFacts } from "@/lib/clinics/views/catalogue";

/** Certificates with their expiry; one that ran out stays in sight and says so. */
export function ProofList({ proofs, locale }: { proofs: ClinicFacts["accreditations"]; locale: string }) {
  const t = useTranslations("clinics.clinic.proofs");
  if (proofs.length === 0) return <p>{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {proofs.map(({ body, proof, validUntil, expired }) => (
        <li key={body} className="flex flex-wrap items-baseline justify-between gap-2 py-cell">
          <span>
            <strong>{body}</strong> <span className="text-sm text-ink-soft">{proof}</span>
          </span>
          <StateTag tone={expired ? "attention" : "good"}>
            {t(expired ? "expired" : "valid", { day: formatDay(validUntil, locale) })}
          </StateTag>
        </li>
      ))}
    </ul>
  );
}
