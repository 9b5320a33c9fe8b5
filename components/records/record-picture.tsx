import { useTranslations } from "next-intl";
import { DrawnPicture } from "@/components/records/drawn-picture";
import { LinkButton } from "@/components/ui/button";
import { mayBeOpened } from "@/lib/records/record";
import type { RecordView } from "@/lib/records/views";

interface RecordPictureProps {
  record: RecordView;
  /** Which frame of a film, from 1. */
  frame: number;
  /** The page itself, for the links to other frames. */
  path: string;
}

/** A picture, the first page of a document, or one frame of a film, in a dark room of its own. */
export function RecordPicture({ record, frame, path }: RecordPictureProps) {
  const t = useTranslations("recordList");
  const frames = record.frameCount ?? 1;
  const isDicom = record.kind === "dicom";
  const isDrawn = isDicom || record.kind === "image" || record.kind === "pdf";
  const isKnownBlind = record.findings.some(({ code }) => code === "no_preview");
  const isShown = isDrawn && !isKnownBlind && mayBeOpened(record.state, false);
  const source = isDicom
    ? `/api/v1/records/${record.id}/frames/${frame}`
    : `/api/v1/records/${record.id}/preview`;
  return (
    <figure className="space-y-gap">
      {isShown ? (
        <DrawnPicture
          key={source}
          source={source}
          alt={t("page", { name: record.filename })}
          instead={t("notDrawn")}
        />
      ) : (
        <p>{t("noPreview")}</p>
      )}
      <figcaption className="flex flex-wrap items-center justify-between gap-gap">
        <span className="text-sm text-ink-soft">{t("notDiagnostic")}</span>
        {isDicom && frames > 1 ? (
          <span className="flex flex-wrap items-center gap-gap">
            <LinkButton href={`${path}?frame=${Math.max(1, frame - 1)}`}>{t("previous")}</LinkButton>
            <span>{t("frame", { now: frame, all: frames })}</span>
            <LinkButton href={`${path}?frame=${Math.min(frames, frame + 1)}`}>{t("next")}</LinkButton>
          </span>
        ) : null}
        <a className="link" href={`/api/v1/records/${record.id}/content`} download>
          {t("download")}
        </a>
      </figcaption>
    </figure>
  );
}
