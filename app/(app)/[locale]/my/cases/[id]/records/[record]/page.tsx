import { getLocale } from "next-intl/server";
import { notFound } from "next/navigation";
import { RecordPicture } from "@/components/records/record-picture";
import { PageHeader } from "@/components/ui/page-header";
import { Words } from "@/i18n/words";
import { isUuid } from "@/lib/kernel/ids";
import { requirePatient } from "@/lib/infra/session";
import { recordFor } from "@/lib/records/queries";
import { showRecord } from "@/lib/records/views/record";

interface RecordProps {
  params: Promise<{ id: string; record: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RecordPage({ params, searchParams }: RecordProps) {
  const patient = await requirePatient();
  const { id, record } = await params;
  const found = isUuid(record) ? await recordFor(patient, record) : null;
  if (!found || found.caseId !== id) notFound();
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
          frame={frame}
          path={`/${locale}/my/cases/${id}/records/${record}`}
        />
      </Words>
    </>
  );
}
