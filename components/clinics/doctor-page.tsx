import { useTranslations } from "next-intl";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { DefinitionList } from "@/components/ui/facts";
import { formatCountry, formatLanguage, formatList } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { PlainLink, PlainLinkButton } from "@/components/ui/plain-link";
import type { DoctorFacts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";

interface DoctorPageProps {
  doctor: DoctorFacts;
  clinic: {
    slug: string;
    name: string;
    city: string;
    country: string;
    doctors: readonly { slug: string; name: string; speciality: string }[];
  };
  locale: string;
}

export function DoctorPage({ doctor, clinic, locale }: DoctorPageProps) {
  const t = useTranslations("clinics");
  const nameOf = useFacetName();
  return (
    <article>
      <PageHeader
        above={
          <Breadcrumbs
            label={t("clinic.way")}
            crumbs={[{ href: `/${locale}/clinics/${clinic.slug}`, label: clinic.name }]}
          />
        }
        title={`${doctor.title} ${doctor.name}`}
        lead={<p>{doctor.speciality}</p>}
        act={
          <PlainLinkButton href={`/${locale}/start?clinic=${clinic.slug}`} look="primary">
            {t("clinic.start")}
          </PlainLinkButton>
        }
      />
      <div className="grid gap-gap-l md:grid-cols-[1fr_20rem]">
        <div className="space-y-gap-l">
          <p dir="auto" className="max-w-prose">
            {doctor.biography}
          </p>
          {clinic.doctors.length === 0 ? null : (
            <section aria-labelledby="others">
              <h2 id="others" className="mb-2 text-xl">
                {t("doctor.others")}
              </h2>
              <ul className="space-y-1">
                {clinic.doctors.map((other) => (
                  <li key={other.slug}>
                    <PlainLink href={`/${locale}/doctors/${other.slug}`}>{other.name}</PlainLink>,{" "}
                    {other.speciality}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <DefinitionList
          facts={[
            {
              term: t("doctor.at"),
              value: clinic.name,
              source: formatList([clinic.city, formatCountry(clinic.country, locale)], locale),
            },
            {
              term: t("doctor.languages"),
              value: formatList(
                doctor.languages.map((code) => formatLanguage(code, locale)),
                locale,
              ),
            },
            ...(doctor.volumes.length === 0
              ? [{ term: t("doctor.volumes"), value: "–", source: t("doctor.none") }]
              : []),
            ...doctor.volumes.map(({ treatment, volume, year }) => ({
              term: nameOf("treatment", treatment),
              value: t("doctor.count", { count: volume, year: String(year) }),
            })),
          ]}
        />
      </div>
    </article>
  );
}
