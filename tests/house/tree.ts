import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** Features in the order a trip runs: each may import itself and those before it. */
export const FEATURES = [
  "audit",
  "people",
  "guides",
  "clinics",
  "cases",
  "records",
  "reviews",
  "estimates",
  "bookings",
  "payments",
  "logistics",
  "messages",
  "documents",
  "aftercare",
  "desk",
] as const;

/** The first word of a file that changes something. A new verb is added here on purpose, never in passing. */
export const VERBS = [
  "accept",
  "add",
  "announce",
  "answer",
  "append",
  "apply",
  "approve",
  "ask",
  "assign",
  "attach",
  "begin",
  "build",
  "cancel",
  "change",
  "check",
  "claim",
  "close",
  "complete",
  "confirm",
  "countersign",
  "create",
  "decide",
  "decline",
  "draft",
  "draw",
  "edit",
  "end",
  "erase",
  "expire",
  "explain",
  "export",
  "find",
  "finish",
  "follow",
  "give",
  "handle",
  "hold",
  "import",
  "inspect",
  "keep",
  "issue",
  "join",
  "judge",
  "label",
  "leave",
  "mark",
  "match",
  "move",
  "note",
  "open",
  "pay",
  "post",
  "propose",
  "publish",
  "put",
  "read",
  "reclaim",
  "reconcile",
  "record",
  "refresh",
  "refuse",
  "register",
  "reject",
  "release",
  "remove",
  "request",
  "reschedule",
  "restore",
  "retire",
  "revoke",
  "rotate",
  "save",
  "send",
  "set",
  "settle",
  "sign",
  "start",
  "submit",
  "sweep",
  "take",
  "tidy",
  "unpack",
  "upload",
  "verify",
  "waive",
  "withdraw",
  "write",
] as const;

export type Floor = "kernel" | "rules" | "infra" | "operations" | "components" | "app";

export interface SourceFile {
  path: string;
  text: string;
  floor: Floor | null;
  feature: string | null;
  imports: { target: string; typeOnly: boolean }[];
}

const SKIP = new Set([
  "node_modules",
  ".next",
  ".build",
  ".data",
  ".git",
  "generated",
  "test-results",
  "playwright-report",
]);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(full);
    else if (/\.(ts|tsx|mjs|js|css)$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield full;
  }
}

const RULE_NAMES = ["scope", "forms", "views"];
const OPERATION_NAMES = ["queries", "published"];

/** The floor a file stands on, from its place and name alone. */
export function floorOf(file: string): Floor | null {
  const [top, second, third] = file.split("/");
  if (top === "app") return "app";
  if (top === "components") return "components";
  if (top !== "lib" || !second || !third) return null;
  if (second === "kernel") return "kernel";
  if (second === "infra") return "infra";
  const name = third.replace(/\.tsx?$/, "");
  if (RULE_NAMES.includes(name)) return "rules";
  if (OPERATION_NAMES.includes(name) || isVerbName(name)) return "operations";
  return "rules";
}

export function isVerbName(name: string): boolean {
  const [first, ...rest] = name.split("-");
  return rest.length > 0 && VERBS.includes(first as (typeof VERBS)[number]);
}

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^"';]*?\sfrom\s+)?["']([^"']+)["']/g;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

function importsOf(file: string, text: string): SourceFile["imports"] {
  const found: SourceFile["imports"] = [];
  for (const match of text.matchAll(IMPORT)) {
    const [, word, typeWord, clause, target] = match;
    if (!target || (word === "export" && !clause)) continue;
    const named = clause?.match(/^\{([^}]*)\}\s+from/)?.[1];
    const allTypes =
      named !== undefined &&
      named.split(",").every((part) => !part.trim() || part.trim().startsWith("type "));
    found.push({ target: resolve(file, target), typeOnly: Boolean(typeWord) || allTypes });
  }
  for (const match of text.matchAll(DYNAMIC)) {
    if (match[1]) found.push({ target: resolve(file, match[1]), typeOnly: false });
  }
  return found;
}

function resolve(file: string, target: string): string {
  if (target.startsWith("@/")) return target.slice(2);
  if (target.startsWith(".")) return path.posix.join(path.posix.dirname(file), target);
  return target;
}

/** Every source file of the project, with the floor it stands on and what it imports. */
export function sourceFiles(): SourceFile[] {
  return [...walk(ROOT)].map((full) => {
    const file = path.relative(ROOT, full).split(path.sep).join("/");
    const text = readFileSync(full, "utf8");
    const floor = floorOf(file);
    const second = file.split("/")[1] ?? "";
    const feature = file.startsWith("lib/") && floor !== "kernel" && floor !== "infra" ? second : null;
    return { path: file, text, floor, feature, imports: importsOf(file, text) };
  });
}
