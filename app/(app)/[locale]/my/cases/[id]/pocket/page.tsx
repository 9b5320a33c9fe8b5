import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CarePlan } from "@/components/bookings/care-plan";
import { KeepOnPhone } from "@/components/cases/keep-on-phone";
import { PhoneLine } from "@/components/shell/phone-line";
import { Card } from "@/components/ui/card";
import { formatCountry, formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { bookingFor, bookingsFor } from "@/lib/bookings/queries";
import { bookingView } from "@/lib/bookings/views/booking";
import { caseForActor } from "@/lib/cases/queries";
import { clinicPlace } from "@/lib/clinics/queries/clinic-place";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { documentsOfCase } from "@/lib/documents/queries";
import { documentView } from "@/lib/documents/views";
import { emergencyNumbersOf } from "@/lib/guides/emergency";
import { OPERATOR } from "@/lib/guides/operator";
import { readerZone, toldZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import type { Patient } from "@/lib/kernel/actor";

interface PocketProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.pocket");
  return { title: t("title") };
}

/** What somebody needs on the way, on one page that can be kept on the phone and read without a line. */
export default async function PocketPage({ params }: PocketProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const found = await caseForActor(patient, id);
  const papers = found && (await documentsOfCase(patient, id));
  if (!found || !papers) notFound();
  const now = new Date();
  const booking = await readBooking(patient, id, now);
  const documents = papers.map(documentView);
  const t = await getTranslations("my.pocket");
  const tabs = await getTranslations("my.tabs");
  const kinds = await getTranslations("documents.kind");
  const locale = await getLocale();
  const base = `/${locale}/my/cases/${id}`;
  const contracts = documents.filter(({ kind }) => kind === "contract_a" || kind === "contract_b");
  const pages = [
    { path: `${base}/pocket`, title: t("title") },
    { path: `${base}/documents`, title: tabs("documents") },
    ...contracts.map((paper) => ({
      path: `/api/v1/documents/${paper.id}/content`,
      title: `${kinds(paper.kind)} ${paper.label}`,
    })),
  ];
  const words = ["title", "lead", "keep", "again", "kept", "forget", "failed"] as const;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={<p>{t("asOf", { when: formatMoment(now, await readerZone(), locale) })}</p>}
      />
      <div className="max-w-prose space-y-gap-l">
        <KeepOnPhone
          personId={patient.personId}
          pages={pages}
          words={
            Object.fromEntries(words.map((word) => [word, t(`keep.${word}`)])) as Record<
              (typeof words)[number],
              string
            >
          }
        />
        {booking ? (
          <Card heading={t("plan")}>
            <p className="text-base text-ink-soft">
              <bdi>{t("number", { case: found.number })}</bdi> ·{" "}
              <bdi>{t("booking", { booking: booking.number })}</bdi>
            </p>
            <CarePlan
              booking={booking}
              locale={locale}
              place={(await clinicPlace(booking.clinic))?.city ?? null}
              readerZone={await toldZone()}
            />
          </Card>
        ) : (
          <p>{t("none")}</p>
        )}
        <Help country={await countryOf(booking?.clinic)} locale={locale} />
        {contracts.length === 0 ? null : (
          <Card heading={t("papers")}>
            <ul className="divide-y divide-line">
              {contracts.map((paper) => (
                <li key={paper.id} className="py-2">
                  <a
                    className="link inline-flex min-h-11 items-center"
                    href={`/api/v1/documents/${paper.id}/content`}
                  >
                    {kinds(paper.kind)}
                  </a>{" "}
                  <bdi>{paper.label}</bdi>
                  <span className="block text-base text-ink-soft">
                    <bdi>{t("code", { code: paper.checkCode })}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}

async function readBooking(patient: Patient, caseId: string, now: Date) {
  const [newest] = (await bookingsFor(patient, { caseId, limit: 1 })).items;
  const facts = newest && newest.state !== "cancelled" ? await bookingFor(patient, newest.id) : null;
  return facts ? bookingView(facts, "patient", now) : null;
}

async function countryOf(clinic: string | undefined): Promise<string | null> {
  return (await clinicNames()).find(({ slug }) => slug === clinic)?.country ?? null;
}

/** Whom to call on the way: the ambulance of the country of the treatment, and a person of ours. */
async function Help({ country, locale }: { country: string | null; locale: string }) {
  const t = await getTranslations("my.pocket");
  const number = (country && emergencyNumbersOf(country)?.[0]) ?? "112";
  return (
    <Card heading={t("help")}>
      {country ? (
        <p>
          <a href={`tel:${number}`} className="link inline-flex min-h-11 items-center font-semibold">
            {t("ambulance", { country: formatCountry(country, locale), number })}
          </a>
        </p>
      ) : null}
      <PhoneLine phone={OPERATOR.phone} />
    </Card>
  );
}
