"use client";

import { useTranslations } from "next-intl";
import type { Failure, QueuedFile } from "@/components/records/upload-queue";
import { buttonClass } from "@/components/ui/button-look";

interface UploadRowsProps {
  files: readonly QueuedFile[];
  pause: () => void;
  resume: () => void;
  cancel: (key: string) => void;
}

/** Progress in all and of each file, told to screen readers as it changes by whole files. */
export function UploadRows({ files, pause, resume, cancel }: UploadRowsProps) {
  const t = useTranslations("uploads");
  if (files.length === 0) return null;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const sent = files.reduce((sum, file) => sum + file.sent, 0);
  const done = files.filter((file) => file.state === "done").length;
  const percent = total === 0 ? 100 : Math.floor((sent / total) * 100);
  const isStopped = files.some((file) => file.state === "paused" || file.state === "failed");
  const isRunning = files.some((file) => file.state === "running" || file.state === "waiting");
  return (
    <div className="space-y-gap">
      <div className="flex flex-wrap items-center justify-between gap-gap">
        <p role="status">{t("all", { done, all: files.length, percent })}</p>
        <div className="flex gap-gap">
          {isRunning ? (
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
      </div>
      <progress
        className="w-full accent-primary"
        max={Math.max(total, 1)}
        value={sent}
        aria-label={t("all", { done, all: files.length, percent })}
      />
      <ul className="divide-y divide-line">
        {files.map((file) => (
          <li key={file.key} className="flex flex-wrap items-center justify-between gap-gap py-gap">
            <div className="min-w-0">
              <p className="truncate">
                <bdi>{file.name}</bdi>
              </p>
              <p className="text-sm text-ink-soft">
                {file.state === "failed"
                  ? failure(t, file.reason)
                  : `${t(file.state)} · ${Math.floor((file.sent / Math.max(file.size, 1)) * 100)} %`}
              </p>
            </div>
            {file.state === "done" ? null : (
              <button type="button" className={buttonClass("quiet")} onClick={() => cancel(file.key)}>
                {t("cancel")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function failure(t: ReturnType<typeof useTranslations<"uploads">>, reason: Failure | null): string {
  if (reason === "out_of_reach") return t("outOfReach");
  return reason === null || reason === "no_line" ? t("noLine") : t("refused", { reason: reason.said });
}
