import type { Patient } from "@/lib/kernel/actor";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import { done } from "@/lib/kernel/outcome";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { changeStage } from "@/lib/cases/change-stage";
import { appendUpload } from "@/lib/records/append-upload";
import { checkRecord } from "@/lib/records/check-record";
import { closeItem } from "@/lib/records/close-item";
import { createUpload } from "@/lib/records/create-upload";
import { inspectContent } from "@/lib/records/inspect-content";
import { closeItemForm, judgeRecordForm } from "@/lib/records/forms";
import { judgeRecord } from "@/lib/records/judge-record";
import { clipOf, sliceOf } from "../files/clips";
import { ecgOf } from "../files/ecg";
import { echoReport, labReport, letterOf, medicineList, type PaperFacts } from "../files/papers";
import type { View } from "../files/scene";
import { HOSPITALS } from "./hospitals";
import { writeNumbers } from "./numbers";
import type { Illness, PaperKind } from "./plot";
import type { Story } from "./story";

interface Paper {
  filename: string;
  filetype: string;
  bytes: Buffer;
}

const VIEWS: Readonly<Record<Illness, View>> = {
  primary_mitral: "mitral",
  secondary_mitral: "mitral",
  rheumatic_mitral: "mitral",
  aortic_stenosis: "plain",
  low_flow_stenosis: "plain",
  aortic_regurgitation: "aortic",
  tricuspid: "tricuspid",
};

/** The coordinator asks for papers, the patient sends them, somebody looks at each. */
export async function gatherRecords(story: Story): Promise<void> {
  const { plot, owner, caseId } = story;
  const asked = story.part(0.06) - 0.05;
  await story.step(asked, (now) => changeStage(owner, caseId, { to: "collecting_records" }, now));
  for (const [index, kind] of (plot.papers ?? []).entries()) {
    await sendPaper(story, kind, { daysAgo: story.part(0.1 + index * 0.012), isJudged: true });
  }
  for (const kind of plot.unjudged ?? []) {
    await sendPaper(story, kind, { daysAgo: story.part(0.7), isJudged: false });
  }
  if (plot.refused) await refusePaper(story, plot.refused);
  for (const { item, status, reason } of plot.gaps ?? []) {
    const form = closeItemForm.parse({ status, reason });
    await story.step(story.part(0.17), (now) => closeItem(owner, { caseId, item }, form, now));
  }
}

async function sendPaper(
  story: Story,
  kind: PaperKind,
  { daysAgo, isJudged }: { daysAgo: number; isJudged: boolean },
): Promise<void> {
  const recordId = await upload(story, story.patient, kind, daysAgo);
  if (!isJudged) return;
  await accept(story, recordId, daysAgo - 0.02);
  if (kind === "tte_report") await writeNumbers(story, recordId, daysAgo - 0.03);
}

/** One more file from the relative who helps. */
export async function sendAsCompanion(story: Story, kind: PaperKind, daysAgo: number): Promise<void> {
  const recordId = await upload(story, story.cast.companion, kind, daysAgo);
  await accept(story, recordId, daysAgo - 0.2);
}

async function accept(story: Story, recordId: string, daysAgo: number): Promise<void> {
  const form = judgeRecordForm.parse({ state: "accepted" });
  await story.step(daysAgo, (now) => judgeRecord(story.owner, recordId, form, now));
}

async function refusePaper(
  story: Story,
  { paper, reason, note }: NonNullable<Story["plot"]["refused"]>,
): Promise<void> {
  const { owner } = story;
  const recordId = await upload(story, story.patient, paper, story.part(0.16));
  const form = judgeRecordForm.parse({ state: "rejected", reason, note });
  await story.step(story.part(0.18), (now) => judgeRecord(owner, recordId, form, now));
}

/** Through the same door as a browser: announced, sent, sealed, checked. */
async function upload(story: Story, sender: Patient, kind: PaperKind, daysAgo: number): Promise<string> {
  const { caseId } = story;
  return story.step(daysAgo, async (now) => {
    const { filename, filetype, bytes } = await paperOf(story, kind, dayOf(now));
    const announced = {
      filename,
      declaredType: filetype,
      item: kind,
      sha256: sha256(bytes),
      sizeBytes: bytes.length,
    };
    const created = await createUpload(sender, caseId, announced, now);
    if (!created.ok) return created;
    const { id: recordId } = created.value;
    const body = new Blob([new Uint8Array(bytes)]).stream();
    const part = { offset: 0, checksum: null, bodyBytes: bytes.length, body };
    const sent = await appendUpload(sender, { caseId, recordId }, part, now);
    if (!sent.ok) return sent;
    // Our own files need no process of their own.
    await checkRecord(systemActor("demo"), recordId, now, inspectContent);
    return done(recordId);
  });
}

async function paperOf(story: Story, kind: PaperKind, today: Day): Promise<Paper> {
  const { plot, chance, vitals } = story;
  const on = addDays(today, -chance.whole(4, 30));
  const [hospital, doctor] = HOSPITALS[plot.country] ?? ["City Hospital (invented)", "Dr. A. Martin"];
  const facts: PaperFacts = { plot, vitals, on, hospital, doctor };
  const pdf = (filename: string, bytes: Buffer): Paper => ({ filename, filetype: "application/pdf", bytes });
  const whose = { name: plot.name, born: plot.born, examined: on, study: 10_000 + chance.whole(0, 89_999) };
  const dicom = (filename: string, bytes: Buffer): Paper => ({
    filename,
    filetype: "application/dicom",
    bytes,
  });
  switch (kind) {
    case "tte_report":
      return pdf(`echo-report-${on}.pdf`, echoReport(facts));
    case "tte_loops":
      return dicom(`echo-4ch-${on}.dcm`, await clipOf(VIEWS[plot.illness], whose));
    case "ct_gated":
      return dicom(`ct-root-${on}.dcm`, await sliceOf(whose));
    case "ecg":
      return { filename: `ecg-${on}.jpg`, filetype: "image/jpeg", bytes: await ecgOf(vitals.rhythm) };
    case "labs":
      return pdf(`laboratory-${on}.pdf`, labReport(facts));
    case "medication_list":
      return pdf(`medicines-${on}.pdf`, medicineList(facts));
    case "letters":
      return pdf(`letter-${on}.pdf`, letterOf(facts));
  }
}
