import { getLocale } from "next-intl/server";
import { notFound } from "next/navigation";
import { RecordPicture } from "@/components/records/record-picture";
import { PageHeader } from "@/components/ui/page-header";
import { Words } from "@/i18n/words";
import { isUuid } from "@/lib/kernel/ids";
import { requirePatient } from "@/lib/infra/session";
import { measurementsOfCase, recordFor, recordsOfCase } from "@/lib/records/queries";
import { SHOWN_MAX } from "@/lib/records/stack";
import { showMeasurement } from "@/lib/records/views/measurement";
import { showRecord } from "@/lib/records/views/record";
import { clinicalAidsFor } from "@/lib/reviews/queries";

interface RecordProps {
  params: Promise<{ id: string; record: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RecordPage({ params, searchParams }: RecordProps) {
  const patient = await requirePatient();
  const { id, record } = await params;
  const found = isUuid(record) ? await recordFor(patient, record) : null;
  if (!found || found.caseId !== id) notFound();
  const [others, numbers, aids] = await Promise.all([
    recordsOfCase(patient, id, { limit: SHOWN_MAX }),
    measurementsOfCase(patient, id),
    clinicalAidsFor(patient),
  ]);
  const locale = await getLocale();
  const wanted = Number((await searchParams).frame ?? 1);
  const frame =
    Number.isInteger(wanted) && wanted >= 1 && wanted <= (found.frameCount ?? found.pageCount ?? 1)
      ? wanted
      : 1;
  return (
    <>
      <PageHeader title={<bdi className="wrap-anywhere">{found.filename}</bdi>} />
      <Words of={["viewer"]}>
        <RecordPicture
          record={showRecord(found)}
          others={(others?.items ?? []).map(showRecord)}
          frame={frame}
          base={`/${locale}/my/cases/${id}/records`}
          aids={aids}
          numbers={(numbers ?? []).map(showMeasurement)}
        />
      </Words>
    </>
  );
}
