import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { renderPdf } from "@/lib/infra/pdf";
import type { ZipEntry } from "@/lib/infra/zip";
import { openRecord } from "@/lib/records/open-record";
import { DEFAULT_LOCALE, isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { archiveName } from "./case-archive";
import { summaryPaper } from "./case-summary";
import { fhirBundle } from "./fhir-bundle";
import { documentContent } from "./queries";
import { type CaseExport, readCaseExport } from "./read-case-export";

export interface ExportedCase {
  filename: string;
  files(): AsyncGenerator<ZipEntry>;
}

/**
 * A whole case to take away: everything we know as JSON and as FHIR R4, a summary to read, the papers, and each file
 * as it was sent. Files are read one after the other while they are sent, and each leaves its own trace. Null for
 * anybody whose case it is not.
 */
export async function exportCase(
  actor: Patient | Coordinator,
  caseId: string,
  now: Date,
): Promise<ExportedCase | null> {
  const read = await readCaseExport(actor, caseId);
  if (!read) return null;
  return { filename: archiveName(read.case.number, now), files: () => filesOf(actor, read, now) };
}

async function* filesOf(actor: Patient | Coordinator, read: CaseExport, now: Date): AsyncGenerator<ZipEntry> {
  const language = isLocale(actor.locale) ? actor.locale : DEFAULT_LOCALE;
  const words = messagesOf(language);
  yield small("README.txt", Buffer.from(words.documents.export.readme), now);
  yield small("summary.pdf", renderPdf("paper", summaryPaper(read, words, language, now), now), now);
  yield small("case.json", json(read), now);
  yield small("fhir/bundle.json", json(fhirBundle(bundleFacts(read, now))), now);
  for (const document of read.documents) {
    const content = await documentContent(actor, document.id);
    if (content) yield small(`documents/${document.label}.pdf`, content.pdf, document.issuedAt);
  }
  for (const record of read.records) {
    const opened = await openRecord(actor, record.id, null, now, "archive");
    // Erased in the meantime: the list in case.json still names it.
    if (!opened.ok) continue;
    const { sizeBytes } = opened.value;
    yield {
      name: record.path,
      at: record.createdAt,
      sizeBytes,
      bytes: opened.value.bytes(),
    };
  }
}

function small(name: string, content: Buffer, at: Date): ZipEntry {
  async function* bytes() {
    yield content;
  }
  return { name, at, sizeBytes: content.length, bytes: bytes() };
}

function json(value: unknown): Buffer {
  const plain = (_key: string, one: unknown) => (typeof one === "bigint" ? Number(one) : one);
  return Buffer.from(JSON.stringify(value, plain, 2));
}

function bundleFacts(read: CaseExport, exportedAt: Date) {
  const { id, number, stage, treatment, problem, contact, submittedAt } = read.case;
  const { name, email, phone, country } = contact;
  return {
    ...{ caseId: id, number, stage, treatment, problem, exportedAt },
    submittedAt: submittedAt ? new Date(submittedAt) : null,
    // A case without an account still has a patient: the case's own id stands for them.
    patient: {
      id: read.patientId ?? id,
      name,
      email: email ?? null,
      phone: phone ?? null,
      birthOn: read.birthOn,
      country,
    },
    consents: read.consents,
    measurements: read.measurements,
    provenanceId: newId(),
    studies: read.studies.map((study) => ({ ...study, id: newId() })),
    records: read.records.map((record) => ({
      ...record,
      sizeBytes: Number(record.sizeBytes),
      at: record.createdAt,
    })),
    answers: read.answers
      .filter((answer) => answer.state === "decided" || answer.state === "declined")
      .map((answer) => ({
        ...{
          id: answer.id,
          clinic: answer.clinic.name,
          verdict: answer.verdict,
          isBinding: answer.isBinding,
        },
        reason: answer.reason,
        at: answer.secondSignedAt ?? answer.firstSignedAt ?? answer.requestedAt,
      })),
    bookings: read.bookings.map((booking) => ({ ...booking, treatmentOn: dayOf(booking.treatmentOn) })),
  };
}
