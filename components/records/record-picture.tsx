import { useTranslations } from "next-intl";
import { MeasurementList } from "@/components/records/measurement-list";
import { LinkButton } from "@/components/ui/button";
import { Viewer } from "@/components/viewer/viewer";
import { mayBeOpened } from "@/lib/records/record";
import { placeOf, stackGroups } from "@/lib/records/stack";
import type { MeasurementView } from "@/lib/records/views/measurement";
import type { RecordView } from "@/lib/records/views/record";

interface RecordPictureProps {
  record: RecordView;
  /** All files of the case this reader may know about: what can be gone through and compared. */
  others: readonly RecordView[];
  /** Which frame of a film or page of a document, from 1. */
  frame: number;
  /** Where the pages of the files lie: "/en/my/cases/…/records". */
  base: string;
  /** Whether the operator has turned clinical aids on: distances are one. */
  aids: boolean;
  /** The measured numbers of the case: a report without pictures shows its own. */
  numbers: readonly MeasurementView[];
}

/** A picture, a document page by page or a film, in a dark room of its own. Pages wrap it in the words of "viewer". */
export function RecordPicture({ record, others, frame, base, aids, numbers }: RecordPictureProps) {
  const t = useTranslations("recordList");
  const groups = stackGroups(others.some(({ id }) => id === record.id) ? others : [record, ...others]);
  const place = placeOf(groups, record.id);
  return (
    <figure className="space-y-gap">
      {place ? (
        <Viewer key={record.id} groups={groups} recordId={record.id} frame={frame} base={base} aids={aids} />
      ) : (
        <NoPicture base={base} told={numbers.filter(({ recordId }) => recordId === record.id)} />
      )}
      {place ? <PlainPicture record={record} frame={frame} path={`${base}/${record.id}`} /> : null}
      <figcaption className="flex flex-wrap items-center justify-between gap-gap">
        {place ? null : <span className="text-sm text-ink-soft">{t("notDiagnostic")}</span>}
        {isFileGiven(record) ? (
          <a
            className="link inline-flex min-h-11 items-center"
            href={`/api/v1/records/${record.id}/content`}
            download
          >
            {t("download")}
          </a>
        ) : null}
      </figcaption>
    </figure>
  );
}

/** A report of numbers has no picture, but they were read out of it. */
function NoPicture({ base, told }: { base: string; told: readonly MeasurementView[] }) {
  const t = useTranslations("recordList");
  return told.length > 0 ? (
    <MeasurementList measurements={told} base={base} remove={null} />
  ) : (
    <p>{t("noPreview")}</p>
  );
}

/** A centre that was asked without the name gets copies, or pictures alone. */
function isFileGiven({ isNameless, withoutName }: RecordView): boolean {
  return !isNameless || withoutName === "copy";
}

interface PlainPictureProps {
  record: RecordView;
  frame: number;
  path: string;
}

/** Frames and pages without JavaScript, drawn on the server one by one. */
function PlainPicture({ record, frame, path }: PlainPictureProps) {
  const t = useTranslations("viewer");
  const { id, kind, frameCount, pageCount, filename } = record;
  const all = frameCount ?? pageCount ?? 1;
  const isDicom = kind === "dicom";
  if (!mayBeOpened(record.state, false) || !(isDicom || kind === "pdf" || kind === "image")) return null;
  const source = isDicom
    ? `/api/v1/records/${id}/frames/${frame}`
    : `/api/v1/records/${id}/preview?page=${frame}`;
  const place = t(isDicom ? "frame" : "page", { now: frame, all });
  return (
    <noscript>
      <img className="w-full" src={source} alt={t("picture", { name: filename, place })} />
      {all > 1 ? (
        <span className="flex flex-wrap items-center gap-gap">
          <LinkButton href={`${path}?frame=${Math.max(1, frame - 1)}`}>{t("back")}</LinkButton>
          <span>{t("place", { now: frame, all })}</span>
          <LinkButton href={`${path}?frame=${Math.min(all, frame + 1)}`}>{t("on")}</LinkButton>
        </span>
      ) : null}
    </noscript>
  );
}
