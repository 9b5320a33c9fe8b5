import { useTranslations } from "next-intl";
import { FindingWords } from "@/components/records/finding-words";
import { RecordActs } from "@/components/records/record-acts";
import { RecordTag } from "@/components/records/record-tag";
import { StudyActs } from "@/components/records/study-acts";
import { StudyLine } from "@/components/records/study-line";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes, formatMoment } from "@/components/ui/format";
import type { FormAction } from "@/components/ui/form-state";
import { TextLink } from "@/components/ui/text-link";
import { linesOf, type Study } from "@/lib/records/study";
import { photosInsteadOfLoops } from "@/lib/records/study-note";
import type { RecordView } from "@/lib/records/views/record";

interface RecordListProps {
  records: readonly RecordView[];
  /** Where one record is looked at: `${base}/${id}`. */
  base: string;
  /** Lines of the checklist a file may be put under. */
  items: readonly { value: string; label: string }[];
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
  acts: RecordListActs;
}

/** What this reader may still do with a file, or with a whole examination; null where it is not theirs to say. */
export interface RecordListActs {
  /** Whether they may send files. */
  add: boolean;
  label: (record: RecordView) => FormAction | null;
  remove: (record: RecordView) => FormAction | null;
  labelStudy: (study: Study<RecordView>) => FormAction | null;
  removeStudy: (study: Study<RecordView>) => FormAction | null;
}

/** The files of a case: what each is, what was found in it, and what to do about it. */
export function RecordList({ records, base, items, locale, zone, acts }: RecordListProps) {
  const t = useTranslations("records");
  const words = useTranslations("recordList");
  const { studies, singles } = linesOf(records);
  const photos = photosInsteadOfLoops(records);
  if (records.length === 0)
    return <EmptyState title={words("none")}>{acts.add ? words("noneLead") : undefined}</EmptyState>;
  return (
    <ul className="divide-y divide-line">
      {photos === null ? null : <li className="py-gap">{t("study.photosOnly", { count: photos })}</li>}
      {studies.map((study) => (
        <li key={study.uid} className="space-y-1 py-gap-m">
          <StudyLine study={study} base={base}>
            <StudyActs
              study={study}
              items={items}
              label={acts.labelStudy(study)}
              remove={acts.removeStudy(study)}
            />
          </StudyLine>
        </li>
      ))}
      {singles.map((record) => (
        <li key={record.id} className="space-y-1 py-gap-m">
          <p className="flex flex-wrap items-center gap-gap">
            <bdi className="font-semibold wrap-anywhere">{record.filename}</bdi>
            <RecordTag state={record.state} />
          </p>
          <p className="text-sm text-ink-soft">
            {record.kind ? `${t(`kinds.${record.kind}` as "kinds.pdf")} · ` : ""}
            {formatBytes(record.sizeBytes, locale)} · {formatMoment(new Date(record.createdAt), zone, locale)}
            {record.uploadedVia ? (
              <>
                {" · "}
                <bdi>{record.uploadedVia}</bdi>
              </>
            ) : null}
          </p>
          {record.item ? (
            <p className="text-sm">
              {items.find(({ value }) => value === record.item)?.label ?? record.item}
            </p>
          ) : null}
          {record.findings.map((finding) => (
            <p key={finding.code}>
              <FindingWords finding={finding} isAccepted={record.state === "accepted"} />
            </p>
          ))}
          {record.reason ? <p>{t(`reasons.${record.reason}` as "reasons.other")}</p> : null}
          {record.note ? <p dir="auto">{words("note", { note: record.note })}</p> : null}
          {!record.item &&
          record.state === "readable" &&
          record.kind !== "disc_index" &&
          acts.label(record) ? (
            <p>{words("unnamed")}</p>
          ) : null}
          {["readable", "accepted", "rejected"].includes(record.state) && record.kind !== "disc_index" ? (
            <p>
              <TextLink href={`${base}/${record.id}`}>{words("look")}</TextLink>
            </p>
          ) : null}
          <RecordActs
            record={record}
            items={items}
            label={record.state === "readable" ? acts.label(record) : null}
            remove={record.state === "uploading" ? null : acts.remove(record)}
          />
        </li>
      ))}
    </ul>
  );
}
