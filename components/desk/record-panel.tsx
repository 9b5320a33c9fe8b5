import { useLocale, useTranslations } from "next-intl";
import { DamageCheck, type DamageCheckProps } from "@/components/desk/damage-check";
import { NamesCheck } from "@/components/desk/names-check";
import { RecordVerdict } from "@/components/desk/record-verdict";
import { StudyVerdict } from "@/components/desk/study-verdict";
import { FindingWords } from "@/components/records/finding-words";
import { RecordTag } from "@/components/records/record-tag";
import { StudyLine } from "@/components/records/study-line";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { formatBytes, formatDay } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";
import { linesOf, type Study } from "@/lib/records/study";
import type { RecordView } from "@/lib/records/views/record";

interface RecordPanelProps {
  records: readonly RecordView[];
  /** Where one file is looked at: `${base}/${id}`. */
  base: string;
  /** Judges one file: the form names it. Absent for a reader who may only look. */
  judge: FormAction | null;
  /** Notes a look for names, where a centre is asked without one. */
  names?: FormAction | null;
  /** Judges a whole examination: the form names it. */
  judgeStudy?: FormAction | null;
  /** Reads damaged files again after their bytes were put back: the form names them. */
  restore?: DamageCheckProps["restore"] | null;
  /** Other words than the desk's above the list and in its place. */
  words?: { heading: string; none: string; lead: string };
}

/** The files of a case with what the check saw in each, and the coordinator's word on them. */
export function RecordPanel({
  records,
  base,
  judge,
  names = null,
  judgeStudy = null,
  restore = null,
  words,
}: RecordPanelProps) {
  const t = useTranslations("desk.records");
  const { studies, singles } = linesOf(records);
  return (
    <section aria-labelledby="files" className="space-y-gap">
      <h2 id="files" className="text-md">
        {words?.heading ?? t("files")}
      </h2>
      {records.length === 0 ? (
        <EmptyState title={words?.none ?? t("none")}>{words?.lead ?? t("noneLead")}</EmptyState>
      ) : null}
      <ul className="divide-y divide-line">
        {studies.map((study) => (
          <li key={study.uid} className="space-y-1 py-gap">
            <StudyLine study={study} base={base}>
              <Verdict study={study} action={judgeStudy} />
              {restore ? <DamageCheck files={filesOf(study)} restore={restore} /> : null}
            </StudyLine>
          </li>
        ))}
        {singles.map((record) => (
          <li key={record.id} className="space-y-1 py-gap">
            <RecordLine record={record} base={base} />
            {restore ? <DamageCheck files={[record]} restore={restore} /> : null}
            {judge &&
            record.kind !== "disc_index" &&
            ["readable", "unreadable", "accepted", "rejected"].includes(record.state) ? (
              <RecordVerdict record={record} action={judge} />
            ) : null}
            {names && ["readable", "accepted"].includes(record.state) ? (
              <NamesCheck record={record} action={names} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const filesOf = ({ series }: Study<RecordView>) => series.flatMap(({ instances }) => instances);

function Verdict({ study, action }: { study: Study<RecordView>; action: FormAction | null }) {
  const waiting = filesOf(study).filter(({ state }) => state === "readable");
  if (!action || waiting.length === 0) return null;
  const item = waiting.find((file) => file.item !== null)?.item ?? null;
  const asked = waiting.filter(({ needsClearance }) => needsClearance).length;
  return (
    <StudyVerdict studyUid={study.uid} waiting={waiting.length} item={item} asked={asked} action={action} />
  );
}

function RecordLine({ record, base }: { record: RecordView; base: string }) {
  const t = useTranslations("desk.records");
  const words = useTranslations("records");
  const locale = useLocale();
  const nameless = useTranslations("nameless.centre");
  const { isNameless, withoutName } = record;
  const isKept = isNameless && withoutName !== "copy";
  const mayLook = !isKept || withoutName === "pictures";
  const mayOpen = ["readable", "unreadable", "accepted", "rejected"].includes(record.state);
  const facts = [
    record.item ? words(`items.${record.item}.title` as "items.ecg.title") : null,
    record.kind ? words(`kinds.${record.kind}` as "kinds.pdf") : null,
    record.header?.modality ?? null,
    record.examOn ? `${t("exam")} ${formatDay(record.examOn, locale)}` : null,
    record.frameCount ? t("frames", { n: record.frameCount }) : null,
    record.pageCount ? t("pages", { n: record.pageCount }) : null,
    formatBytes(record.sizeBytes, locale),
    record.uploadedVia,
  ];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <bdi className="min-w-0 flex-1 basis-52 font-semibold wrap-anywhere">{record.filename}</bdi>
        <RecordTag state={record.state} />
        {mayOpen && mayLook ? <TextLink href={`${base}/${record.id}`}>{t("look")}</TextLink> : null}
        {mayOpen && !isKept ? (
          <a className="link" href={`/api/v1/records/${record.id}/content`}>
            {t("open")}
          </a>
        ) : null}
      </div>
      <p className="text-sm text-ink-soft">{facts.filter((fact) => fact !== null).join(" · ")}</p>
      {isKept ? <p className="text-sm">{nameless(withoutName)}</p> : null}
      {record.findings.length > 0 ? (
        <ul className="list-disc ps-5 text-sm" aria-label={t("looks")}>
          {record.findings.map((one) => (
            <li key={one.code} className={one.needsClearance ? "font-semibold text-danger" : ""}>
              <FindingWords finding={one} isAccepted={record.state === "accepted"} />
            </li>
          ))}
        </ul>
      ) : null}
      {record.reason ? (
        <p className="text-sm">{words(`reasons.${record.reason}` as "reasons.other")}</p>
      ) : null}
      {record.note ? (
        <p className="text-sm" dir="auto">
          {t("noted", { note: record.note })}
        </p>
      ) : null}
    </>
  );
}
