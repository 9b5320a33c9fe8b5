import type { ArchiveEntry } from "./archive";

/** What a file is to the disc it came on. */
export type DiscRole =
  /** May be a picture or a paper: it becomes a record of its own, and its content decides. */
  | "record"
  /** DICOMDIR: tells which pictures the disc should hold. */
  | "index"
  /** Belongs to the disc or the computer, not to the patient: viewer programs, help pages, thumbnails. */
  | "leftover";

const INDEX = /^dicomdir$/i;
const PROGRAMS =
  /\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|msi|lnk|hta|app|sh|jar|ocx|sys|so|dylib|docm|xlsm|drv|cpl|jnlp|class)$/i;
const PAGES =
  /\.(html?|xhtml|css|svg|xml|xsl|xslt|txt|md|csv|rtf|inf|ini|cfg|conf|ico|icns|cur|gif|bmp|chm|hlp|url|manifest|plist|log|db|dat|ttf|woff2?|map|properties|dtd|xsd|lic|mo|qm|rsrc|nib|strings|icc|lut)$/i;
const JUNK =
  /^(\.ds_store|thumbs\.db|desktop\.ini|ehthumbs\.db|\._.*|\.localized|icon\r|autorun\..*|\.apdisk)$/i;
const JUNK_FOLDERS =
  /(^|\/)(__macosx|\.trashes|\.spotlight-v100|\.fseventsd|system volume information|\$recycle\.bin)\//i;
const NAME_MAX = 200;
// Controls, and the marks that turn the reading direction and so hide a file's real ending.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export const isProgramName = (name: string): boolean => PROGRAMS.test(name) || /\.(html?|svg)$/i.test(name);

const lastOf = (name: string) => name.split(/[/\\]/).at(-1) ?? "";

/** What stands in folders beside programs is theirs: their help, their pictures. The disc's own top folder is nobody's. */
export function viewerFolders(names: readonly string[]): string[] {
  const folders = names
    .filter((name) => PROGRAMS.test(name))
    .map((name) => name.slice(0, -lastOf(name).length));
  return [...new Set(folders)].filter((folder) => folder !== "");
}

/** Files a computer leaves in every folder. */
export function isJunk(name: string): boolean {
  return JUNK.test(lastOf(name)) || JUNK_FOLDERS.test(name);
}

/** Judged by name alone; `folders` are those of the viewer programs. What is inside decides later. */
export function roleOf(
  { name, isLink, plainBytes }: ArchiveEntry,
  folders: readonly string[],
): DiscRole | "beside_programs" {
  if (INDEX.test(lastOf(name))) return "index";
  if (isLink || plainBytes === 0 || isJunk(name) || PROGRAMS.test(name) || PAGES.test(name))
    return "leftover";
  return folders.some((folder) => name.startsWith(folder)) ? "beside_programs" : "record";
}

/** An entry's path as a name to show: no way up, no drive, nothing invisible. Never used to find a file. */
export function pathName(given: string): string {
  const parts = given
    .normalize("NFC")
    .replaceAll(INVISIBLE, "")
    .split(/[/\\]/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && !/^\.+$/.test(part) && !/^[a-z]:$/i.test(part));
  const whole = parts.join("/") || "file";
  return whole.length <= NAME_MAX ? whole : `…${whole.slice(-(NAME_MAX - 1))}`.toWellFormed();
}
