import { useLocale, useTranslations } from "next-intl";
import { formatBytes, formatDay } from "@/components/ui/format";
import { type Study } from "@/lib/records/study";
import type { RecordView } from "@/lib/records/views/record";

interface StudyDownloadsProps {
  caseId: string;
  studies: readonly Study<RecordView>[];
}

/** Each examination of a case as one download. */
export function StudyDownloads({ caseId, studies }: StudyDownloadsProps) {
  const t = useTranslations("studies");
  const locale = useLocale();
  if (studies.length === 0) return null;
  return (
    <section aria-labelledby="studies" className="space-y-gap">
      <h2 id="studies" className="text-md">
        {t("heading")}
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {studies.map((study) => (
          <li key={study.uid} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-gap">
            <div className="min-w-0 flex-1 basis-52">
              <p className="wrap-anywhere">
                {t("what", {
                  kinds: study.modalities.join(", ") || "DICOM",
                  day: study.examOn ? formatDay(study.examOn, locale) : t("noDay"),
                })}
                {study.description ? (
                  <span className="text-ink-soft">
                    {" · "}
                    <bdi>{study.description}</bdi>
                  </span>
                ) : null}
              </p>
              <p className="text-sm text-ink-soft">
                {t("amount", { files: study.files, size: formatBytes(study.sizeBytes, locale) })}
              </p>
              <WithheldLine study={study} />
            </div>
            <a
              className="link inline-flex min-h-control items-center"
              href={`/api/v1/cases/${caseId}/studies/${study.uid}/archive`}
              download
            >
              {t("download")}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WithheldLine({ study }: { study: Study<RecordView> }) {
  const t = useTranslations("studies");
  const files = study.series.flatMap(({ instances }) => instances);
  const count = files.filter(({ isNameless, withoutName }) => isNameless && withoutName !== "copy").length;
  return count === 0 ? null : <p className="text-sm">{t("withheld", { count })}</p>;
}
