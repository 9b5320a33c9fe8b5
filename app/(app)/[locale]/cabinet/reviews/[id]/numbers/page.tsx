import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ReviewFrame } from "@/components/cabinet/review-frame";
import { Measurements } from "@/components/records/measurements";
import { SeverityPanel } from "@/components/reviews/severity-panel";
import { visitCase } from "@/lib/cases/open-case";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { requireClinicReviewer } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { unreadOfCases } from "@/lib/messages/queries";
import { keySetOf } from "@/lib/records/key-set";
import { measurementsOfCase, recordsOfCase } from "@/lib/records/queries";
import { showMeasurement } from "@/lib/records/views/measurement";
import { paperChoices } from "@/lib/records/views/record";
import { reviewForActor, severitiesForReview } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { showSeverity } from "@/lib/reviews/views/severity";
import { addMeasurementsAction, removeMeasurementAction } from "./actions";

interface NumbersProps {
  params: Promise<{ id: string }>;
}

const FILES_SHOWN = 6_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.review.tabs");
  return { title: t("numbers") };
}

export default async function NumbersPage({ params }: NumbersProps) {
  const reviewer = await requireClinicReviewer();
  const { id } = await params;
  const now = new Date();
  const review = isUuid(id) ? await reviewForActor(reviewer, id) : null;
  const facts = review && (await visitCase(reviewer, review.caseId, now));
  if (!review || !facts) notFound();
  const { caseId } = review;
  const rows = (await measurementsOfCase(reviewer, caseId)) ?? [];
  const severities = await severitiesForReview(reviewer, id);
  const files = await recordsOfCase(reviewer, caseId, { limit: FILES_SHOWN });
  const { timeZone } = await ownClinic(reviewer);
  const unread = (await unreadOfCases(reviewer, [caseId])).get(caseId) ?? 0;
  const base = `/${await getLocale()}/cabinet/reviews/${id}/records`;
  return (
    <ReviewFrame
      review={reviewViewOf(review, "clinic_reviewer")}
      zone={timeZone}
      unread={unread}
      current="numbers"
    >
      <div className="max-w-5xl space-y-gap-l">
        {severities.ok ? <SeverityPanel severities={severities.value.map(showSeverity)} /> : null}
        <Measurements
          measurements={rows.map(showMeasurement)}
          base={base}
          acts={{
            sources: ["clinic"],
            add: addMeasurementsAction.bind(null, id),
            remove: removeMeasurementAction,
          }}
          form={{
            files: paperChoices(files?.items ?? []),
            first: keySetOf(facts.treatment),
            today: dayOf(now),
            keep: reviewer.personId,
          }}
        />
      </div>
    </ReviewFrame>
  );
}
