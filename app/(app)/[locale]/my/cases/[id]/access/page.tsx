import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { aboutStudy } from "@/components/cases/about-study";
import { AccessSentences } from "@/components/cases/access-sentences";
import { formatCountry, formatList } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { pageQuery } from "@/lib/cases/forms";
import { accessLogForActor, companionsOfCase } from "@/lib/cases/queries";
import type { TraceNames } from "@/lib/cases/read-trace-names";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";

interface AccessProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.access");
  return { title: t("title") };
}

export default async function AccessPage({ params, searchParams }: AccessProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const query = pageQuery.safeParse(await searchParams);
  const page = await accessLogForActor(patient, id, query.success ? query.data : { limit: 50 });
  if (!page) notFound();
  const t = await getTranslations("my.access");
  const studies = await getTranslations("studies");
  const companions = await getTranslations("companions");
  const isOwner = (await companionsOfCase(patient, id)) !== null;
  const locale = await getLocale();
  const older = page.next ? `/${locale}/my/cases/${id}/access?cursor=${page.next}` : null;
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lead={t("lead")} />
      {isOwner ? (
        <p className="mb-gap-m">
          <TextLink href={`/${locale}/my/cases/${id}/companions`}>{companions("link")}</TextLink>
        </p>
      ) : null}
      <AccessSentences
        events={page.items.map((row) => ({
          key: row.id,
          event: row.event,
          actorId: row.actorId,
          actorRole: row.actorRole,
          actorName: row.actorName,
          actorClinic: clinicAt(row.clinicId, page.names, locale),
          about: aboutStudy(row, studies, locale) ?? page.names.things.get(row.objectId ?? "") ?? null,
          objectId: row.objectId,
          at: row.at,
          isYou: row.actorId === patient.personId,
        }))}
        older={older}
        locale={locale}
        zone={await readerZone()}
      />
    </div>
  );
}

/** "Herzzentrum Rheintal, Germany": who looked works there. */
function clinicAt(id: string | null, names: TraceNames, locale: string): string | null {
  const clinic = names.clinics.get(id ?? "");
  if (!clinic) return null;
  const country = names.countries.get(id ?? "");
  return country ? formatList([clinic, formatCountry(country, locale)], locale) : clinic;
}
