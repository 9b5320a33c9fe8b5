"use client";

import { useLocale, useTranslations } from "next-intl";
import type { QueuedFile, QueueView } from "@/components/records/upload-file";
import { groupUploads, isThere, type UploadGroup } from "@/components/records/upload-groups";
import { minutesLeft } from "@/components/records/upload-pace";
import type { Failure } from "@/components/records/upload-send";
import { buttonClass } from "@/components/ui/button-look";
import { formatBytes } from "@/components/ui/format";

interface UploadRowsProps {
  view: QueueView;
  pause: () => void;
  resume: () => void;
  cancel: (key: string) => void;
}

/** Drawn by hand: left to itself the bar has the colour of the browser. */
const BAR =
  "w-full appearance-none overflow-hidden rounded-full border-0 bg-line [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-primary";
const NAMES_MAX = 200;

const percentOf = (sent: number, size: number) => Math.floor((sent / Math.max(size, 1)) * 100);

/** Progress in all and of each folder; of single files only those on their way or in need of somebody. */
export function UploadRows({ view, pause, resume, cancel }: UploadRowsProps) {
  const { files, pace } = view;
  if (files.length === 0) return null;
  const groups = groupUploads(files);
  // Those on their way at once share the line.
  const running = files.filter(({ state }) => state === "running").length;
  const share = pace === null ? null : pace / Math.max(1, running);
  return (
    <div className="space-y-gap">
      <Total view={view} />
      <Switch files={files} pause={pause} resume={resume} />
      <ul className="divide-y divide-line">
        {groups
          ? groups.map((group) => <GroupRow key={group.name} group={group} pace={share} cancel={cancel} />)
          : files.map((file) => <FileRow key={file.key} file={file} pace={share} cancel={cancel} />)}
      </ul>
    </div>
  );
}

function Total({ view: { files, pace, leftOut } }: { view: QueueView }) {
  const t = useTranslations("uploads");
  const locale = useLocale();
  const sending = files.filter(({ state }) => state !== "here");
  const total = sending.reduce((sum, file) => sum + file.size, 0);
  const sent = sending.reduce((sum, file) => sum + file.sent, 0);
  const here = files.length - sending.length;
  const percent = total === 0 ? 100 : percentOf(sent, total);
  const isGoing = sending.some(
    (file) => !isThere(file) && file.state !== "failed" && file.state !== "paused",
  );
  const minutes = isGoing ? minutesLeft(total - sent, pace) : null;
  const all = t("all", { done: files.filter(isThere).length, all: files.length, percent });
  const facts = [
    minutes === null ? null : t("left", { minutes }),
    pace === null ? null : t("speed", { speed: formatBytes(pace, locale) }),
    here > 0 ? t("hereAlready", { count: here }) : null,
    leftOut > 0 ? t("leftOut", { count: leftOut }) : null,
  ].filter((fact) => fact !== null);
  return (
    <>
      <p>
        <span>{all}</span>
        <span className="text-ink-soft">{facts.map((fact) => ` · ${fact}`).join("")}</span>
      </p>
      {/* Told by tens: a voice that counts every file says nothing else any more. */}
      <p role="status" className="sr-only">
        {t("percent", { percent: percent - (percent % 10) })}
      </p>
      <progress
        className={`h-3 ${BAR}`}
        max={Math.max(total, 1)}
        value={total === 0 ? 1 : sent}
        aria-label={all}
      />
    </>
  );
}

const GOING = ["running", "waiting", "looking"];

function Switch({
  files,
  pause,
  resume,
}: { files: readonly QueuedFile[] } & Pick<UploadRowsProps, "pause" | "resume">) {
  const t = useTranslations("uploads");
  const isStopped = files.some((file) => file.state === "paused" || file.state === "failed");
  const isGoing = files.some((file) => GOING.includes(file.state));
  if (!isStopped && !isGoing) return null;
  return (
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
  );
}

interface GroupRowProps {
  group: UploadGroup;
  pace: number | null;
  cancel: (key: string) => void;
}

function GroupRow({ group, pace, cancel }: GroupRowProps) {
  const t = useTranslations("uploads");
  const locale = useLocale();
  const { name, files, all, done, size, sent, shown } = group;
  const percent = size === 0 ? 100 : percentOf(sent, size);
  const words = t("group", { done, all, percent, size: formatBytes(size, locale) });
  return (
    <li className="space-y-1 py-gap">
      <p className="flex flex-wrap items-baseline justify-between gap-x-gap">
        <bdi className="min-w-0 font-semibold wrap-anywhere">{name || t("loose")}</bdi>
        <span className="text-sm text-ink-soft">{words}</span>
      </p>
      {done < all ? (
        <progress
          className={`h-1.5 ${BAR}`}
          max={Math.max(size, 1)}
          value={sent}
          aria-label={name || t("loose")}
        />
      ) : null}
      <ul className="divide-y divide-line ps-gap empty:hidden">
        {shown.map((file) => (
          <FileRow key={file.key} file={file} pace={pace} cancel={cancel} />
        ))}
      </ul>
      <details>
        <summary className="link inline-flex min-h-control items-center text-sm">
          {t("names", { count: all })}
        </summary>
        <ul className="columns-[16rem] gap-x-gap-l text-sm">
          {files.slice(0, NAMES_MAX).map((file) => (
            <li key={file.key} className="break-inside-avoid wrap-anywhere">
              <bdi>{file.name.slice(name ? name.length + 1 : 0)}</bdi>
              <span className="text-ink-soft"> · {stateWords(t, file)}</span>
            </li>
          ))}
        </ul>
        {all > NAMES_MAX ? (
          <p className="text-sm text-ink-soft">{t("more", { count: all - NAMES_MAX })}</p>
        ) : null}
      </details>
    </li>
  );
}

interface FileRowProps {
  file: QueuedFile;
  pace: number | null;
  cancel: (key: string) => void;
}

function FileRow({ file, pace, cancel }: FileRowProps) {
  const t = useTranslations("uploads");
  const minutes = file.state === "running" ? minutesLeft(file.size - file.sent, pace) : null;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-gap gap-y-1 py-2">
      <div className="min-w-0 flex-[1_1_12rem]">
        <p className="line-clamp-2 wrap-anywhere">
          <bdi>{file.name}</bdi>
        </p>
        {isThere(file) ? null : (
          <progress
            className={`h-1.5 ${BAR}`}
            max={Math.max(file.size, 1)}
            value={file.sent}
            aria-label={file.name}
          />
        )}
        <p className={`text-sm ${file.state === "failed" ? "text-attention" : "text-ink-soft"}`}>
          {stateWords(t, file)}
          {isThere(file) || file.state === "failed" ? null : ` · ${percentOf(file.sent, file.size)} %`}
          {minutes === null ? null : ` · ${t("left", { minutes })}`}
        </p>
      </div>
      {isThere(file) ? null : (
        <button type="button" className={buttonClass("quiet")} onClick={() => cancel(file.key)}>
          {t("cancel")}
          <span className="sr-only">: {file.name}</span>
        </button>
      )}
    </li>
  );
}

type Words = ReturnType<typeof useTranslations<"uploads">>;

function stateWords(t: Words, { state, reason }: QueuedFile): string {
  return state === "failed" ? failure(t, reason) : t(state);
}

function failure(t: Words, reason: Failure | null): string {
  if (reason === "out_of_reach") return t("outOfReach");
  if (reason === "store_away") return t("storeAway");
  if (reason === "storage_full") return t("storageFull");
  return reason === null || reason === "no_line" ? t("noLine") : t("refused", { reason: reason.said });
}
