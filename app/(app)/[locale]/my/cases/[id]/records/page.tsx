import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { ChecklistTable } from "@/components/records/checklist-table";
import { Measurements } from "@/components/records/measurements";
import { RecordList } from "@/components/records/record-list";
import { StudyDownloads } from "@/components/records/study-downloads";
import { Uploader } from "@/components/records/uploader";
import { RequestList } from "@/components/reviews/request-list";
import { Card } from "@/components/ui/card";
import { formatMoment } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { Words } from "@/i18n/words";
import { caseForActor } from "@/lib/cases/queries";
import { readRights } from "@/lib/cases/read-rights";
import { readerZone } from "@/lib/infra/reader-zone";
import { requirePatient } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { studiesOfCase } from "@/lib/records/find-studies";
import { keySetOf } from "@/lib/records/key-set";
import { findUnfinished } from "@/lib/records/find-known";
import { PATIENT_UNTIL } from "@/lib/records/record";
import { checklistForCase, measurementsOfCase, recordsOfCase } from "@/lib/records/queries";
import type { Study } from "@/lib/records/study";
import { showMeasurement } from "@/lib/records/views/measurement";
import { paperChoices, type RecordView, showChecklist, showRecord } from "@/lib/records/views/record";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import {
  addMeasurementsAction,
  labelRecordAction,
  labelStudyAction,
  removeMeasurementAction,
  removeRecordAction,
  removeStudyAction,
} from "./actions";

/** A CT study is some thousand files, and one line. */
const FILES_SHOWN = 6_000;

interface RecordsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("my.records");
  return { title: t("title") };
}

export default async function RecordsPage({ params }: RecordsProps) {
  const patient = await requirePatient();
  const { id } = await params;
  const [page, numbers, checklist, reviews, studies] = await Promise.all([
    recordsOfCase(patient, id, { limit: FILES_SHOWN }),
    measurementsOfCase(patient, id),
    checklistForCase(patient, id),
    reviewsOfCase(patient, id),
    studiesOfCase(patient, id),
  ]);
  if (!page || !checklist) notFound();
  const t = await getTranslations("my.records");
  const words = await getTranslations("recordList");
  const links = await getTranslations("uploadLinks");
  const itemWords = await getTranslations("records.items");
  const locale = await getLocale();
  const { items } = showChecklist(checklist);
  const lines = items.map(({ item }) => ({ value: item, label: itemWords(`${item}.title`) }));
  const zone = await readerZone();
  const unfinished = await findUnfinished(patient, id, new Date());
  const rights = await readRights(patient, id, new Date());
  const found = await caseForActor(patient, id);
  const mayRemove = found !== null && PATIENT_UNTIL.includes(found.stage);
  // A helper says what the files are that they sent, not the patient's own.
  const isTheirs = ({ uploadedBy }: { uploadedBy: string | null }) =>
    rights.decide || (rights.upload && uploadedBy === patient.personId);
  const isAllTheirs = ({ series }: Study<RecordView>) =>
    series.every(({ instances }) => instances.every(isTheirs));
  const asking = (reviews ?? []).filter((review) => review.state === "more_info");
  return (
    <>
      <LiveRefresh caseId={id} />
      <PageHeader title={t("title")} lead={t(rights.upload ? "lead" : "leadReading")} />
      <div className="space-y-gap-l">
        {asking.length > 0 ? (
          <Card heading={words("asked")}>
            <RequestList
              reviews={asking.map((review) => reviewViewOf(review, "patient"))}
              titles={new Map(items.map(({ item, title }) => [item, title]))}
            />
          </Card>
        ) : null}
        {rights.upload ? (
          <Card heading={words("send")}>
            <Words of={["uploads"]}>
              <Uploader
                endpoint={`/api/v1/cases/${id}/uploads`}
                items={lines}
                unfinished={
                  unfinished && { ...unfinished, keptUntil: formatMoment(unfinished.keptUntil, zone, locale) }
                }
              />
            </Words>
            {rights.decide ? (
              <p className="mt-gap-m text-sm text-ink-soft">
                <TextLink href={`/${locale}/my/cases/${id}/links`}>{links("link")}</TextLink>{" "}
                {links("linkLead")}
              </p>
            ) : null}
          </Card>
        ) : null}
        <Card heading={words(rights.decide ? "given" : "givenOther")}>
          <RecordList
            records={page.items.map(showRecord)}
            base={`/${locale}/my/cases/${id}/records`}
            items={lines}
            acts={{
              add: rights.upload,
              label: (record) => (isTheirs(record) ? labelRecordAction.bind(null, record.id) : null),
              remove: (record) =>
                mayRemove && isTheirs(record) ? removeRecordAction.bind(null, record.id) : null,
              labelStudy: (study) => (isAllTheirs(study) ? labelStudyAction.bind(null, id) : null),
              removeStudy: (study) =>
                mayRemove && isAllTheirs(study) ? removeStudyAction.bind(null, id) : null,
            }}
            locale={locale}
            zone={zone}
          />
        </Card>
        <StudyDownloads caseId={id} studies={studies ?? []} />
        <Card heading={words("checklist")}>
          <ChecklistTable items={items} />
        </Card>
        <Measurements
          measurements={(numbers ?? []).map(showMeasurement)}
          base={`/${locale}/my/cases/${id}/records`}
          acts={
            rights.upload
              ? {
                  sources: ["patient"],
                  add: addMeasurementsAction.bind(null, id),
                  remove: removeMeasurementAction,
                }
              : null
          }
          form={{
            files: paperChoices(page.items),
            first: keySetOf(found?.treatment ?? null),
            today: dayOf(new Date()),
            keep: patient.personId,
          }}
          lead={words("numbers")}
        />
      </div>
    </>
  );
}
