import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FindingWords } from "@/components/records/finding-words";
import { RecordTag } from "@/components/records/record-tag";
import { formatBytes, formatDay } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import type { Series, Study } from "@/lib/records/study";
import { countFindings, studyNotes } from "@/lib/records/study-note";
import type { RecordView } from "@/lib/records/views/record";

interface StudyLineProps {
  study: Study<RecordView>;
  /** Where one file is looked at: `${base}/${id}`. */
  base: string;
  /** What this reader may do with all of it. */
  children?: ReactNode;
}

const NAMES_MAX = 60;

/** A whole examination as one line that opens: what it is, how much of it there is, and what can be done with it. */
export function StudyLine({ study, base, children }: StudyLineProps) {
  const t = useTranslations("records.study");
  const words = useTranslations("records");
  const locale = useLocale();
  const files = study.series.flatMap(({ instances }) => instances);
  const states = [...Map.groupBy(files, ({ state }) => state)];
  const facts = [
    study.examOn ? t("examined", { day: formatDay(study.examOn, locale) }) : t("noDay"),
    t("series", { count: study.series.length }),
    t("files", { count: study.files }),
    study.frames > study.files ? t("frames", { count: study.frames }) : null,
    formatBytes(study.sizeBytes, locale),
  ];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 basis-52 font-semibold wrap-anywhere">
          {study.modalities.map((modality) => modalityWords(words, modality)).join(", ") || t("pictures")}
          {study.description ? (
            <>
              {" · "}
              <bdi>{study.description}</bdi>
            </>
          ) : null}
        </p>
        {states.map(([state, found]) => (
          <RecordTag key={state} state={state} {...(states.length > 1 ? { count: found.length } : {})} />
        ))}
      </div>
      <p className="text-sm text-ink-soft">{facts.filter((fact) => fact !== null).join(" · ")}</p>
      <StudyWords study={study} files={files} />
      {children}
      <details>
        <summary className="link inline-flex min-h-control items-center text-sm">{t("open")}</summary>
        <ul className="space-y-gap py-1">
          {study.series.map((series) => (
            <SeriesLine key={series.uid ?? ""} series={series} base={base} />
          ))}
        </ul>
      </details>
    </>
  );
}

function modalityWords(words: ReturnType<typeof useTranslations<"records">>, modality: string): string {
  const known = MODALITIES.find((one) => one === modality);
  return known ? words(`study.modalities.${known}`) : modality;
}

const MODALITIES = ["US", "CT", "XA", "MR", "ECG", "SR"] as const;

/** Slices and loops first, then what the check saw, each once with the number of files. */
function StudyWords({ study, files }: { study: Study<RecordView>; files: readonly RecordView[] }) {
  const t = useTranslations("records.study");
  const counted = countFindings(files).filter(({ finding }) => finding.code !== "thick_slices");
  return (
    <ul className="list-disc ps-5 text-sm">
      {studyNotes(study).map((note) => (
        <li key={note.code}>{t(`notes.${note.code}`, { ...note })}</li>
      ))}
      {counted.map(({ finding, files: count }) => (
        <li
          key={`${finding.code} ${finding.clearedOn}`}
          className={finding.needsClearance ? "font-semibold text-danger" : ""}
        >
          <FindingWords finding={finding} isAccepted={files.every(({ state }) => state === "accepted")} />
          {count < files.length ? ` ${t("ofFiles", { count })}` : null}
        </li>
      ))}
    </ul>
  );
}

function SeriesLine({ series, base }: { series: Series<RecordView>; base: string }) {
  const t = useTranslations("records.study");
  const locale = useLocale();
  const [first] = series.instances;
  const mayLook = first && ["readable", "accepted", "rejected"].includes(first.state);
  return (
    <li className="border-s-2 border-line ps-gap">
      <p className="flex flex-wrap items-baseline gap-x-gap text-sm">
        <bdi className="font-semibold wrap-anywhere">
          {series.description ?? series.modality ?? t("pictures")}
        </bdi>
        <span className="text-ink-soft">
          {[
            t("files", { count: series.files }),
            series.sliceMm === null ? null : t("slice", { sliceMm: series.sliceMm }),
            formatBytes(series.sizeBytes, locale),
          ]
            .filter((fact) => fact !== null)
            .join(" · ")}
        </span>
        {mayLook ? <TextLink href={`${base}/${first.id}`}>{t("look")}</TextLink> : null}
      </p>
      <ul className="columns-[14rem] gap-x-gap-l text-sm">
        {series.instances.slice(0, NAMES_MAX).map(({ id, filename, state }) => (
          <li key={id} className="break-inside-avoid wrap-anywhere">
            {["readable", "accepted", "rejected"].includes(state) ? (
              <TextLink href={`${base}/${id}`}>
                <bdi>{filename}</bdi>
              </TextLink>
            ) : (
              <bdi>{filename}</bdi>
            )}
          </li>
        ))}
      </ul>
      {series.instances.length > NAMES_MAX ? (
        <p className="text-sm text-ink-soft">{t("more", { count: series.instances.length - NAMES_MAX })}</p>
      ) : null}
    </li>
  );
}
