"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type ChosenFile, type QueuedFile, UploadQueue } from "@/components/records/upload-queue";
import { UploadRows } from "@/components/records/upload-rows";

interface UploaderProps {
  caseId: string;
  items: readonly { value: string; label: string }[];
}

/** Sends files and whole folders straight from the browser; pauses, goes on after a lost connection or another visit. */
export function Uploader({ caseId, items }: UploaderProps) {
  const t = useTranslations("uploads");
  const router = useRouter();
  const [files, setFiles] = useState<readonly QueuedFile[]>([]);
  const [item, setItem] = useState("");
  const [isOver, setIsOver] = useState(false);
  const queue = useRef<UploadQueue | null>(null);
  const isBusy = files.some((file) => file.state === "running" || file.state === "waiting");

  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isBusy]);

  const take = (chosen: readonly ChosenFile[]) => {
    queue.current ??= new UploadQueue(`/api/v1/cases/${caseId}/uploads`, setFiles, () => router.refresh());
    queue.current.add(chosen, item);
  };

  return (
    <div className="space-y-gap-m">
      <label className="block max-w-prose space-y-1.5">
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
        className={`rounded-md border-2 border-dashed p-gap-l text-center ${isOver ? "border-primary bg-primary-tint" : "border-edge"}`}
      >
        <p className="mb-gap-m text-ink-soft">{t("drop")}</p>
        <div className="flex flex-wrap justify-center gap-gap">
          <Pick label={t("pick")} take={take} />
          <Pick label={t("pickFolder")} take={take} folder />
        </div>
      </div>
      <UploadRows
        files={files}
        pause={() => queue.current?.pause()}
        resume={() => queue.current?.resume()}
        cancel={(key) => queue.current?.cancel(key)}
      />
      {isBusy ? <p className="text-sm text-ink-soft">{t("leave")}</p> : null}
    </div>
  );
}

function Pick({
  label,
  take,
  folder = false,
}: {
  label: string;
  take: (files: ChosenFile[]) => void;
  folder?: boolean;
}) {
  return (
    <label className="button button-quiet cursor-pointer focus-within:outline-2">
      {label}
      <input
        type="file"
        multiple
        className="sr-only"
        {...(folder ? { webkitdirectory: "" } : {})}
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
