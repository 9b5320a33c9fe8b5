"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type ChosenFile, isUnfinished, type QueueView } from "@/components/records/upload-file";
import { UploadQueue } from "@/components/records/upload-queue";
import { UploadRows } from "@/components/records/upload-rows";
import { Notice } from "@/components/ui/notice";

const NOTHING: QueueView = { files: [], pace: null, leftOut: 0 };

/** What an earlier visit began and did not finish. */
export interface Unfinished {
  count: number;
  names: readonly string[];
  /** A day in words. */
  keptUntil: string;
}

interface UploaderProps {
  /** Where the files go: the tus address of a case, or of a link. */
  endpoint: string;
  items: readonly { value: string; label: string }[];
  unfinished: Unfinished | null;
}

/** Sends files and whole folders straight from the browser; pauses, goes on after a lost connection or another visit. */
export function Uploader({ endpoint, items, unfinished }: UploaderProps) {
  const t = useTranslations("uploads");
  const router = useRouter();
  const [view, show] = useState(NOTHING);
  const [item, setItem] = useState("");
  const [isOver, setIsOver] = useState(false);
  const queue = useRef<UploadQueue | null>(null);
  const isBusy = view.files.some(isUnfinished);

  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isBusy]);

  const isOffline = useOffline(() => queue.current?.reconnect());

  const take = (chosen: readonly ChosenFile[]) => {
    queue.current ??= new UploadQueue(endpoint, show, () => router.refresh());
    queue.current.add(chosen, item);
  };

  return (
    <div className="space-y-gap-m">
      {unfinished && view.files.length === 0 ? <UnfinishedNotice unfinished={unfinished} /> : null}
      <label className={`block max-w-prose space-y-1.5 ${items.length === 0 ? "hidden" : ""}`}>
        <span className="field-label">{t("item")}</span>
        <select className="control" value={item} onChange={(event) => setItem(event.target.value)}>
          <option value="">{t("itemAny")}</option>
          {items.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          void filesOf(event.dataTransfer).then(take);
        }}
        className={`rounded-md border-2 border-dashed px-gap py-gap-l sm:px-gap-l text-center pointer-coarse:border-0 pointer-coarse:p-0 ${isOver ? "border-primary bg-primary-tint" : "border-edge"}`}
      >
        <p className="mb-gap-m text-ink-soft pointer-coarse:hidden">{t("drop")}</p>
        <div className="flex flex-wrap justify-center gap-gap">
          <Pick label={t("pick")} take={take} kind="files" />
          <Pick label={t("photo")} take={take} kind="camera" />
          <Pick label={t("pickFolder")} take={take} kind="folder" />
        </div>
      </div>
      {isOffline ? (
        <Notice tone="attention" title={t("offlineTitle")} live>
          {t("offline")}
        </Notice>
      ) : null}
      <UploadRows
        view={view}
        pause={() => queue.current?.pause()}
        resume={() => queue.current?.resume()}
        cancel={(key) => queue.current?.cancel(key)}
      />
      {isBusy ? <p className="text-sm text-ink-soft">{t("leave")}</p> : null}
    </div>
  );
}

function UnfinishedNotice({ unfinished: { count, names, keptUntil } }: { unfinished: Unfinished }) {
  const t = useTranslations("uploads");
  return (
    <Notice tone="attention" title={t("unfinishedTitle", { count })}>
      <p>{t("unfinished", { day: keptUntil })}</p>
      <p className="text-sm text-ink-soft wrap-anywhere">
        <bdi>{names.join(", ")}</bdi>
        {count > names.length ? ` ${t("more", { count: count - names.length })}` : ""}
      </p>
    </Notice>
  );
}

/** The line as the browser sees it; what broke off goes on when it is back. */
function useOffline(back: () => void): boolean {
  const [isOffline, setIsOffline] = useState(false);
  const online = useEffectEvent(() => {
    setIsOffline(false);
    back();
  });
  useEffect(() => {
    const gone = () => setIsOffline(true);
    const come = () => online();
    window.addEventListener("offline", gone);
    window.addEventListener("online", come);
    return () => {
      window.removeEventListener("offline", gone);
      window.removeEventListener("online", come);
    };
  }, []);
  return isOffline;
}

type PickKind = "files" | "camera" | "folder";

const WAYS: Readonly<Record<PickKind, object>> = {
  files: { multiple: true },
  // A phone opens its camera at once, on the side that looks away from the face.
  camera: { accept: "image/*", capture: "environment" },
  folder: { multiple: true, webkitdirectory: "" },
};

/** A camera is at hand where a finger points, folders where a mouse does. */
const SHOWN: Readonly<Record<PickKind, string>> = {
  files: "",
  camera: "hidden pointer-coarse:inline-flex",
  folder: "pointer-coarse:hidden",
};

interface PickProps {
  label: string;
  take: (files: ChosenFile[]) => void;
  kind: PickKind;
}

function Pick({ label, take, kind }: PickProps) {
  return (
    <label
      className={`button button-quiet cursor-pointer focus-within:outline-2 max-sm:w-full ${SHOWN[kind]}`}
    >
      {label}
      <input
        type="file"
        className="sr-only"
        {...WAYS[kind]}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          take(files.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
          event.target.value = "";
        }}
      />
    </label>
  );
}

/** Dropped files, and those inside dropped folders however deep. */
async function filesOf(transfer: DataTransfer): Promise<ChosenFile[]> {
  const entries = [...transfer.items]
    .map((each) => each.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const found = await Promise.all(entries.map(filesIn));
  return found.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<ChosenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    // A dropped file knows its folder only by its entry.
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: ChosenFile[] = [];
  for (;;) {
    // A reader gives at most a hundred entries at a time.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return files;
    files.push(...(await Promise.all(part.map(filesIn))).flat());
  }
}
