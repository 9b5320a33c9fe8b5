import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { formatLanguage, formatList } from "@/components/ui/format";
import { PlainLink } from "@/components/ui/plain-link";
import type { DoctorFacts } from "@/lib/clinics/views/catalogue";

export function DoctorCards({ doctors, locale }: { doctors: readonly DoctorFacts[]; locale: string }) {
  const t = useTranslations("clinics");
  if (doctors.length === 0) return <p>{t("clinic.team.none")}</p>;
  return (
    <ul className="grid gap-gap sm:grid-cols-2">
      {doctors.map((doctor) => (
        <Card key={doctor.slug} as="li" className="wrap-anywhere">
          <div>
            <h3 className="text-lg">
              <PlainLink
                href={`/${locale}/doctors/${doctor.slug}`}
              >{`${doctor.title} ${doctor.name}`}</PlainLink>
            </h3>
            <p className="text-ink-soft">{doctor.speciality}</p>
            <p className="text-base">
              {t("doctor.languages")}:{" "}
              {formatList(
                doctor.languages.map((code) => formatLanguage(code, locale)),
                locale,
              )}
            </p>
          </div>
        </Card>
      ))}
    </ul>
  );
}
