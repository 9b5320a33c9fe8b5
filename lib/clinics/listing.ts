import { isDevice, isDeviceApproved, deviceFacts } from "@/lib/guides/device";
import { isTreatment } from "@/lib/guides/treatment";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { ListingContent } from "./forms/listing";

/** One difference between two states of a listing, for the person who approves it. */
export interface ListingChange {
  /** "summary", or "procedures: teer, mitraclip". */
  path: string;
  kind: "added" | "removed" | "changed";
  before: unknown;
  after: unknown;
}

/** What differs between the published listing and a proposed one. Lists are compared by what names their lines. */
export function listingChanges(before: ListingContent, after: ListingContent): ListingChange[] {
  const changes: ListingChange[] = [];
  for (const key of Object.keys(after) as (keyof ListingContent)[]) {
    const nameOf = LINE_NAMES[key];
    if (nameOf === undefined) changes.push(...changeOf(key, before[key], after[key]));
    else changes.push(...lineChanges(key, before[key] as Line[], after[key] as Line[], nameOf));
  }
  return changes;
}

type Line = Record<string, unknown>;

const LINE_NAMES: Partial<Record<keyof ListingContent, (line: Line) => string>> = {
  procedures: (line) => [line.treatment, line.device].filter(Boolean).join(", "),
  outcomes: (line) => [line.treatment, line.metric, line.year].join(", "),
  accreditations: (line) => String(line.body),
  doctors: (line) => String(line.slug),
};

function lineChanges(
  key: string,
  before: Line[],
  after: Line[],
  nameOf: (line: Line) => string,
): ListingChange[] {
  const names = [...new Set([...before, ...after].map(nameOf))];
  return names.flatMap((name) =>
    changeOf(
      `${key}: ${name}`,
      before.find((line) => nameOf(line) === name),
      after.find((line) => nameOf(line) === name),
    ),
  );
}

function changeOf(path: string, before: unknown, after: unknown): ListingChange[] {
  if (sameValue(before, after)) return [];
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return [{ path, kind, before: before ?? null, after: after ?? null }];
}

/** Equal whatever the order of keys: JSON comes back from the database sorted. */
function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The parts in which two states of a listing differ. */
export function partsChanged(
  before: ListingContent,
  after: Partial<ListingContent>,
): (keyof ListingContent)[] {
  return (Object.keys(after) as (keyof ListingContent)[]).filter(
    (part) => after[part] !== undefined && !sameValue(before[part], after[part]),
  );
}

/** The draft somebody had before them while typing: none is version 0. */
export interface SeenDraft {
  id: string | null;
  version: number;
}

/** A draft as it stands: how often it was saved, and at which of these times each part was. */
export interface DraftVersions extends SeenDraft {
  parts: Readonly<Record<string, number>>;
}

/** Of the parts somebody wants to write, those another saved after they were read; all, when the draft itself has gone. */
export function partsOvertaken<Part extends string>(
  draft: DraftVersions,
  seen: SeenDraft,
  parts: readonly Part[],
): Part[] {
  if (seen.id !== null && seen.id !== draft.id) return [...parts];
  const version = seen.id === null ? 0 : seen.version;
  return parts.filter((part) => (draft.parts[part] ?? 0) > version);
}

export type ListingFault = "device_not_approved" | "heart_team_missing" | "invalid_procedure";

/** Whether a listing may be shown in this country. Names the first thing that forbids it. */
export function checkListing(
  content: Pick<ListingContent, "procedures" | "departments">,
  country: string,
): Outcome<true, ListingFault> {
  for (const [index, line] of content.procedures.entries()) {
    const fault = procedureFault(line, country);
    if (fault !== null)
      return refused(fault, { path: `procedures.${index}.device`, device: line.device ?? "" });
  }
  const names = content.procedures.map((line) => `${line.treatment} ${line.device ?? ""}`);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) return refused("invalid_procedure", { path: `procedures.${twice}.treatment` });
  if (country === "DE" && needsHeartTeam(content))
    return refused("heart_team_missing", { path: "departments" });
  return done(true);
}

/** A device must be made for the treatment, and approved or in a trial where the centre stands. */
export function procedureFault(
  line: { treatment: string; device?: string | null },
  country: string,
): "device_not_approved" | "invalid_procedure" | null {
  if (!isTreatment(line.treatment)) return "invalid_procedure";
  if (line.device === null || line.device === undefined) return null;
  if (!isDevice(line.device)) return "invalid_procedure";
  if (isDeviceApproved(line.device, country) === "not_approved") return "device_not_approved";
  return deviceFacts(line.device).treatments.includes(line.treatment) ? null : "invalid_procedure";
}

/** A German centre may list TAVI only with cardiology, heart surgery and a heart team. */
function needsHeartTeam(content: Pick<ListingContent, "procedures" | "departments">): boolean {
  const needed = ["cardiology", "cardiac_surgery", "heart_team"];
  return (
    content.procedures.some((line) => line.treatment.startsWith("tavi")) &&
    !needed.every((department) => content.departments.some((one) => one === department))
  );
}
