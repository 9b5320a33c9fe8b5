import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { RecordPanel } from "@/components/desk/record-panel";
import { RecordPicture } from "@/components/records/record-picture";
import { Words } from "@/i18n/words";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { requireCoordinator } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { measurementsOfCase, recordFor, recordsOfCase } from "@/lib/records/queries";
import { SHOWN_MAX } from "@/lib/records/stack";
import { showMeasurement } from "@/lib/records/views/measurement";
import { showRecord } from "@/lib/records/views/record";
import { clinicalAidsFor } from "@/lib/reviews/queries";
import { moveCaseAction, takeCaseAction } from "../../actions";
import { judgeRecordAction } from "../actions";

interface RecordProps {
  params: Promise<{ id: string; record: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.records");
  return { title: t("file") };
}

export default async function RecordPage({ params, searchParams }: RecordProps) {
  const coordinator = await requireCoordinator();
  const { id, record } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  const row = facts && isUuid(record) ? await recordFor(coordinator, record) : null;
  if (!facts || row?.caseId !== id) notFound();
  const wanted = Number(paramsOf(await searchParams).frame ?? "1");
  const frame =
    Number.isInteger(wanted) && wanted >= 1 && wanted <= (row.frameCount ?? row.pageCount ?? 1) ? wanted : 1;
  const [others, numbers, aids] = await Promise.all([
    recordsOfCase(coordinator, id, { limit: SHOWN_MAX }),
    measurementsOfCase(coordinator, id),
    clinicalAidsFor(coordinator),
  ]);
  const base = `/${await getLocale()}/desk/cases/${id}/records`;
  const view = showRecord(row);
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="records"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
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
        <RecordPanel records={[view]} base={base} judge={judgeRecordAction} />
      </div>
    </CaseFrame>
  );
}
