import { useTranslations } from "next-intl";
import { ViewingRoom } from "@/components/records/viewing-room";
import { LinkButton } from "@/components/ui/button";
import { mayBeOpened } from "@/lib/records/record";
import type { RecordView } from "@/lib/records/views/record";

interface RecordPictureProps {
  record: RecordView;
  /** Which frame of a film or page of a document, from 1. */
  frame: number;
  /** The page itself, for the links to other frames. */
  path: string;
}

/** What a film that tells no speed of its own is played at: ten frames a second. */
const USUAL_FRAME_MS = 100;
/** Ultrasound films; CT and MR are stacks one steps through. */
const FILMS: readonly (string | null)[] = ["US", "IVUS", "XA", "RF", "ES"];

/** A picture, a document page by page or a film, in a dark room of its own. The three pages wrap it in the words of "viewer". */
export function RecordPicture({ record, frame, path }: RecordPictureProps) {
  const t = useTranslations("recordList");
  const isDicom = record.kind === "dicom";
  const isDrawn = isDicom || record.kind === "image" || record.kind === "pdf";
  const isKnownBlind = record.findings.some(({ code }) => code === "no_preview");
  const isGiven = !record.isNameless || ["copy", "pictures"].includes(record.withoutName);
  const isShown = isDrawn && isGiven && !isKnownBlind && mayBeOpened(record.state, false);
  const sources = sourcesOf(record);
  const isFilm = isDicom && sources.length > 1 && FILMS.includes(record.header?.modality ?? null);
  return (
    <figure className="space-y-gap">
      {isShown ? (
        <ViewingRoom
          key={record.id}
          name={record.filename}
          sources={sources}
          kind={isDicom ? "frame" : "page"}
          first={frame}
          frameMs={isFilm ? (record.header?.frameTimeMs ?? USUAL_FRAME_MS) : null}
        />
      ) : (
        <p>{t("noPreview")}</p>
      )}
      <figcaption className="flex flex-wrap items-center justify-between gap-gap">
        <span className="text-sm text-ink-soft">{t("notDiagnostic")}</span>
        {isShown && sources.length > 1 ? <PlainSteps frame={frame} all={sources.length} path={path} /> : null}
        {record.isNameless && record.withoutName !== "copy" ? null : (
          <a
            className="link inline-flex min-h-11 items-center"
            href={`/api/v1/records/${record.id}/content`}
            download
          >
            {t("download")}
          </a>
        )}
      </figcaption>
    </figure>
  );
}

/** Frames and pages without JavaScript. */
function PlainSteps({ frame, all, path }: { frame: number; all: number; path: string }) {
  const t = useTranslations("viewer");
  return (
    <noscript>
      <span className="flex flex-wrap items-center gap-gap">
        <LinkButton href={`${path}?frame=${Math.max(1, frame - 1)}`}>{t("back")}</LinkButton>
        <span>{t("place", { now: frame, all })}</span>
        <LinkButton href={`${path}?frame=${Math.min(all, frame + 1)}`}>{t("on")}</LinkButton>
      </span>
    </noscript>
  );
}

/** One address a frame or page: each is drawn on the server for this reader. */
function sourcesOf({ id, kind, frameCount, pageCount }: RecordView): string[] {
  const base = `/api/v1/records/${id}`;
  if (kind === "dicom") return Array.from({ length: frameCount ?? 1 }, (_, at) => `${base}/frames/${at + 1}`);
  return Array.from({ length: pageCount ?? 1 }, (_, at) => `${base}/preview?page=${at + 1}`);
}
