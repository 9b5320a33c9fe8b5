import "server-only";
import { createHash } from "node:crypto";
import { DEFAULT_LOCALE, isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import type { SignedIn } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { ZipEntry } from "@/lib/infra/zip";
import { type OpenedRecord, openRecord } from "./open-record";
import { isGiven, studiesOfCase } from "./find-studies";
import type { Study } from "./study";
import type { RecordView } from "./views/record";
import {
  dicomName,
  manifestText,
  METHODS,
  type PackedFile,
  studyFilename,
  type StudyManifest,
} from "./study-manifest";

export interface OpenedStudy {
  filename: string;
  /** The files one after the other, then the manifest, which can only be written when all were sent. */
  files(): AsyncGenerator<ZipEntry>;
}

/** Access ended, or a file was erased, while the archive was on its way: nothing more of it may go out. */
export class StudyClosed extends Error {}

/**
 * A whole examination to take away, as this reader may have it. Each file is asked for anew when its turn comes, so that
 * taking a consent back ends a download in its middle. Null for a study this person may not know about.
 */
export async function openStudy(
  viewer: SignedIn,
  caseId: string,
  studyUid: string,
  now: Date,
): Promise<OpenedStudy | null> {
  const study = (await studiesOfCase(viewer, caseId))?.find(({ uid }) => uid === studyUid);
  if (!study) return null;
  const { examOn, modalities } = study;
  const files = filesOf(study).filter(({ record }) => isGiven(record)).length;
  await asPerson(viewer, (tx) =>
    writeAudit(tx, viewer, "study.downloaded", {
      ...{ caseId, objectType: "study" },
      facts: { modality: modalities.join(", "), examOn, files },
    }),
  );
  return { filename: studyFilename(study), files: () => packed(viewer, study, now) };
}

async function* packed(viewer: SignedIn, study: Study<RecordView>, now: Date): AsyncGenerator<ZipEntry> {
  const { uid, examOn, modalities } = study;
  const manifest: StudyManifest = {
    study: { uid, examOn, modalities },
    madeAt: now.toISOString(),
    copy: { preambleCleared: false, deidentified: false, method: [] },
    files: [],
    withheld: [],
  };
  for (const one of filesOf(study)) {
    const opened = await openRecord(viewer, one.record.id, null, new Date(), "archive");
    if (opened.ok) yield entryOf(one, opened.value, manifest);
    else if (isWithheld(opened.reason)) manifest.withheld.push({ record: one.record.id, why: opened.reason });
    else throw new StudyClosed(opened.reason);
  }
  const language = isLocale(viewer.locale) ? viewer.locale : DEFAULT_LOCALE;
  yield small("README.TXT", manifestText(manifest, messagesOf(language).studies.manifest), now);
  yield small("manifest.json", JSON.stringify(manifest, null, 2), now);
}

interface Placed {
  file: string;
  record: RecordView;
}

function filesOf({ series }: Study<RecordView>): Placed[] {
  return series.flatMap(({ instances }, index) =>
    instances.map((record, at) => ({ file: dicomName(index + 1, at + 1, record.kind), record })),
  );
}

const WHY = ["not_looked_at", "tells_in_words", "cannot_be_nameless", "pictures_only"] as const;

function isWithheld(reason: string): reason is (typeof WHY)[number] {
  return WHY.some((why) => why === reason);
}

function entryOf({ file, record }: Placed, opened: OpenedRecord, manifest: StudyManifest): ZipEntry {
  const { sizeBytes, isNameless, isReleasedCopy } = opened;
  const { header } = record;
  if (isReleasedCopy) manifest.copy.preambleCleared = true;
  if (isNameless) manifest.copy = { preambleCleared: true, deidentified: true, method: METHODS };
  async function* bytes() {
    const hash = createHash("sha256");
    for await (const piece of opened.bytes()) {
      hash.update(piece);
      yield piece;
    }
    const sent: PackedFile = {
      ...{ file, sha256: hash.digest("hex"), sizeBytes, record: record.id },
      seriesUid: header?.seriesUid ?? null,
      seriesNumber: header?.seriesNumber ?? null,
      instanceNumber: header?.instanceNumber ?? null,
    };
    manifest.files.push(sent);
  }
  return { name: file, at: new Date(record.createdAt), sizeBytes, bytes: bytes() };
}

function small(name: string, text: string, at: Date): ZipEntry {
  const content = Buffer.from(text);
  async function* bytes() {
    yield content;
  }
  return { name, at, sizeBytes: content.length, bytes: bytes() };
}
