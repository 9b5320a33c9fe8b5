import type { QueuedFile } from "@/components/records/upload-file";

/** Files that lie together, as one line. */
export interface UploadGroup {
  /** The folder; empty for files without one. */
  name: string;
  files: QueuedFile[];
  all: number;
  done: number;
  /** Of the files that have to be sent. */
  size: number;
  sent: number;
  /** On their way, or in need of somebody. */
  shown: QueuedFile[];
}

const byName = new Intl.Collator("en", { numeric: true });

/** So few are listed one by one. */
const SINGLE_MAX = 12;
const GROUPS_MAX = 20;
const SHOWN_MAX = 12;

export const isThere = ({ state }: QueuedFile): boolean => state === "done" || state === "here";

/** Folder by folder, as deep as leaves no more than twenty lines; null for files few enough to be listed. */
export function groupUploads(files: readonly QueuedFile[]): UploadGroup[] | null {
  if (files.length <= SINGLE_MAX) return null;
  const folders = new Set(files.map(({ name }) => folderOf(name)));
  let depth = Math.max(...[...folders].map((folder) => folder.split("/").length));
  const at = (name: string) => folderOf(name).split("/").slice(0, depth).join("/");
  while (depth > 1 && new Set([...folders].map((folder) => at(`${folder}/`))).size > GROUPS_MAX) depth -= 1;
  const groups = [...Map.groupBy(files, ({ name }) => at(name))];
  return groups
    .map(([name, found]) => groupOf(name, found))
    .toSorted((a, b) => byName.compare(a.name, b.name));
}

function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf("/")));
}

function groupOf(name: string, files: QueuedFile[]): UploadGroup {
  const sending = files.filter(({ state }) => state !== "here");
  const failed = files.filter(({ state }) => state === "failed");
  const running = files.filter(({ state }) => state === "running");
  return {
    ...{ name, files, all: files.length, done: files.filter(isThere).length },
    size: sending.reduce((sum, file) => sum + file.size, 0),
    sent: sending.reduce((sum, file) => sum + file.sent, 0),
    shown: [...failed, ...running].slice(0, SHOWN_MAX),
  };
}
