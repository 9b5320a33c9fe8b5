import type { Patient } from "@/lib/kernel/actor";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import { done, type Outcome } from "@/lib/kernel/outcome";
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
import { identity, uidOf, type Whose } from "../files/elements";
import { ecgOf } from "../files/ecg";
import { echoReport, labReport, letterOf, medicineList, type PaperFacts } from "../files/papers";
import { reportFile } from "../files/report";
import type { View } from "../files/scene";
import { volumeOf } from "../files/volume";
import { waveOf } from "../files/wave";
import { HOSPITALS } from "./hospitals";
import { reportItems, writeNumbers } from "./numbers";
import type { Illness, PaperKind, StudyKind } from "./plot";
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
  for (const kind of plot.studies ?? []) await sendStudy(story, kind);
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

/** Every file of a disc at once, and looked at as one. */
async function sendStudy(story: Story, kind: StudyKind): Promise<void> {
  const { owner, patient } = story;
  const form = judgeRecordForm.parse({ state: "accepted" });
  const ids = await story.step(story.part(0.15), async (now) => {
    const sent: string[] = [];
    for (const paper of await studyOf(story, kind, dayOf(now))) {
      const one = await send(story, patient, paper, now);
      if (!one.ok) return one;
      sent.push(one.value);
    }
    return done(sent);
  });
  await story.step(story.part(0.16), async (now) => {
    for (const id of ids) {
      const judged = await judgeRecord(owner, id, form, now);
      if (!judged.ok) return judged;
    }
    return done(null);
  });
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

function upload(story: Story, sender: Patient, kind: PaperKind, daysAgo: number): Promise<string> {
  return story.step(daysAgo, async (now) =>
    send(story, sender, { ...(await paperOf(story, kind, dayOf(now))), item: kind }, now),
  );
}

/** Through the same door as a browser: announced, sent, sealed, checked. */
async function send(
  { caseId }: Story,
  sender: Patient,
  { filename, filetype, bytes, item = null }: Paper & { item?: PaperKind | null },
  now: Date,
): Promise<Outcome<string>> {
  const announced = {
    filename,
    declaredType: filetype,
    item,
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

const SLICES = 24;
const A_YEAR_AND_MORE = 400;

/** The files of a disc; none of them says which line of the checklist it is for. */
async function studyOf(story: Story, kind: StudyKind, today: Day): Promise<Paper[]> {
  const { plot, chance, vitals } = story;
  const filetype = "application/dicom";
  const of = (daysAgo: number): Whose => ({
    name: plot.name,
    born: plot.born,
    examined: addDays(today, -daysAgo),
    study: 10_000 + chance.whole(0, 89_999),
  });
  switch (kind) {
    case "ct_series":
      return volumeOf(SLICES, of(12)).map((bytes, index) => {
        const filename = `CT/IM${String(index + 1).padStart(4, "0")}`;
        return { filename, filetype, bytes };
      });
    case "ecg_wave":
      return [{ filename: "ECG/ECG0001", filetype, bytes: waveOf(vitals.rhythm, of(9)) }];
    case "echo_before": {
      const bytes = await clipOf(VIEWS[plot.illness], of(A_YEAR_AND_MORE));
      return [{ filename: "ECHO-BEFORE/IM0001", filetype, bytes }];
    }
    case "echo_numbers": {
      const whose = of(A_YEAR_AND_MORE);
      const place = { modality: "SR", description: "Adult echo report", series: 3, instance: 1 };
      const bytes = reportFile(identity(whose, place), uidOf(whose.study, 300), reportItems(story));
      return [{ filename: "ECHO-BEFORE/SR0001", filetype, bytes }];
    }
  }
}
