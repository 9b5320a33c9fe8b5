"use client";

import { useTranslations } from "next-intl";
import type { Failure, QueuedFile } from "@/components/records/upload-queue";
import { minutesLeft } from "@/components/records/upload-pace";
import { buttonClass } from "@/components/ui/button-look";

interface UploadRowsProps {
  files: readonly QueuedFile[];
  /** Bytes a second of all files together, null while that is not known. */
  pace: number | null;
  pause: () => void;
  resume: () => void;
  cancel: (key: string) => void;
}

/** Drawn by hand: left to itself the bar has the colour of the browser. */
const BAR =
  "w-full appearance-none overflow-hidden rounded-full border-0 bg-line [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-primary";

const isRunning = (file: QueuedFile) => file.state === "running";

/** Progress in all and of each file, told to screen readers as it changes by whole files. */
export function UploadRows({ files, pace, pause, resume, cancel }: UploadRowsProps) {
  const t = useTranslations("uploads");
  if (files.length === 0) return null;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const sent = files.reduce((sum, file) => sum + file.sent, 0);
  const done = files.filter((file) => file.state === "done").length;
  const percent = total === 0 ? 100 : Math.floor((sent / total) * 100);
  const isStopped = files.some((file) => file.state === "paused" || file.state === "failed");
  const isGoing = files.some((file) => file.state === "running" || file.state === "waiting");
  const minutes = isGoing ? minutesLeft(total - sent, pace) : null;
  const all = t("all", { done, all: files.length, percent });
  // Those on their way at once share the line.
  const share = pace === null ? null : pace / Math.max(1, files.filter(isRunning).length);
  return (
    <div className="space-y-gap">
      <p>
        <span role="status">{all}</span>
        {minutes === null ? null : <span className="text-ink-soft"> · {t("left", { minutes })}</span>}
      </p>
      <progress className={`h-3 ${BAR}`} max={Math.max(total, 1)} value={sent} aria-label={all} />
      <div className="flex flex-wrap gap-gap max-sm:[&>.button]:flex-1">
        {isGoing ? (
          <button type="button" className={buttonClass("quiet")} onClick={pause}>
            {t("pause")}
          </button>
        ) : null}
        {isStopped ? (
          <button type="button" className={buttonClass("primary")} onClick={resume}>
            {t("resume")}
          </button>
        ) : null}
      </div>
      <ul className="divide-y divide-line">
        {files.map((file) => (
          <FileRow key={file.key} file={file} pace={isRunning(file) ? share : null} cancel={cancel} />
        ))}
      </ul>
    </div>
  );
}

interface FileRowProps {
  file: QueuedFile;
  pace: number | null;
  cancel: (key: string) => void;
}

function FileRow({ file, pace, cancel }: FileRowProps) {
  const t = useTranslations("uploads");
  const percent = Math.floor((file.sent / Math.max(file.size, 1)) * 100);
  const minutes = minutesLeft(file.size - file.sent, pace);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-gap gap-y-1 py-2">
      <div className="min-w-0 flex-[1_1_12rem]">
        <p className="line-clamp-2 wrap-anywhere">
          <bdi>{file.name}</bdi>
        </p>
        {file.state === "done" ? null : (
          <progress
            className={`h-1.5 ${BAR}`}
            max={Math.max(file.size, 1)}
            value={file.sent}
            aria-label={file.name}
          />
        )}
        <p className={`text-sm ${file.state === "failed" ? "text-attention" : "text-ink-soft"}`}>
          {file.state === "failed" ? failure(t, file.reason) : `${t(file.state)} · ${percent} %`}
          {minutes === null ? null : ` · ${t("left", { minutes })}`}
        </p>
      </div>
      {file.state === "done" ? null : (
        <button type="button" className={buttonClass("quiet")} onClick={() => cancel(file.key)}>
          {t("cancel")}
          <span className="sr-only">: {file.name}</span>
        </button>
      )}
    </li>
  );
}

function failure(t: ReturnType<typeof useTranslations<"uploads">>, reason: Failure | null): string {
  if (reason === "out_of_reach") return t("outOfReach");
  return reason === null || reason === "no_line" ? t("noLine") : t("refused", { reason: reason.said });
}
