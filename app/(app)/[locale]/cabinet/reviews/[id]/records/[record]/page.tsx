import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ReviewFrame } from "@/components/cabinet/review-frame";
import { RecordPanel } from "@/components/desk/record-panel";
import { RecordPicture } from "@/components/records/record-picture";
import { Words } from "@/i18n/words";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { unreadOfCases } from "@/lib/messages/queries";
import { measurementsOfCase, recordFor, recordsOfCase } from "@/lib/records/queries";
import { SHOWN_MAX } from "@/lib/records/stack";
import { showMeasurement } from "@/lib/records/views/measurement";
import { showRecord } from "@/lib/records/views/record";
import { clinicalAidsFor, reviewForActor } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";

interface RecordProps {
  params: Promise<{ id: string; record: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.review");
  return { title: t("records") };
}

export default async function RecordPage({ params, searchParams }: RecordProps) {
  const reviewer = await requireClinicReviewer();
  const { id, record } = await params;
  const review = isUuid(id) ? await reviewForActor(reviewer, id) : null;
  const row = review && isUuid(record) ? await recordFor(reviewer, record) : null;
  if (!review || row?.caseId !== review.caseId) notFound();
  const wanted = Number(paramsOf(await searchParams).frame ?? "1");
  const frame =
    Number.isInteger(wanted) && wanted >= 1 && wanted <= (row.frameCount ?? row.pageCount ?? 1) ? wanted : 1;
  const { timeZone } = await ownClinic(reviewer);
  const unread = (await unreadOfCases(reviewer, [review.caseId])).get(review.caseId) ?? 0;
  const [others, numbers, aids] = await Promise.all([
    recordsOfCase(reviewer, review.caseId, { limit: SHOWN_MAX }),
    measurementsOfCase(reviewer, review.caseId),
    clinicalAidsFor(reviewer),
  ]);
  const base = `/${await getLocale()}/cabinet/reviews/${id}/records`;
  const view = showRecord(row);
  const t = await getTranslations("cabinet.review");
  const words = { heading: t("records"), none: t("noRecords"), lead: t("recordsLead") };
  return (
    <ReviewFrame
      review={reviewViewOf(review, "clinic_reviewer")}
      zone={timeZone}
      unread={unread}
      current="case"
    >
      <div className="grid gap-gap-l xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Words of={["viewer"]}>
          <RecordPicture
            record={view}
            others={(others?.items ?? []).map(showRecord)}
            frame={frame}
            base={base}
            aids={aids}
            numbers={(numbers ?? []).map(showMeasurement)}
          />
        </Words>
        <RecordPanel records={[view]} base={base} judge={null} words={words} />
      </div>
    </ReviewFrame>
  );
}
