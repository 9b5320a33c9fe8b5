import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { NamesCheckAll } from "@/components/desk/names-check";
import { ChecklistPanel } from "@/components/desk/checklist-panel";
import { RecordPanel } from "@/components/desk/record-panel";
import { LiveRefresh } from "@/components/messages/live-refresh";
import { StudyDownloads } from "@/components/records/study-downloads";
import { Measurements } from "@/components/records/measurements";
import { TextLink } from "@/components/ui/text-link";
import { PartPlace } from "@/components/ui/part-place";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { waitingFiles } from "@/lib/desk/queries/case";
import { part } from "@/lib/infra/part";
import { requireCoordinator } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { studiesOfCase } from "@/lib/records/find-studies";
import { keySetOf } from "@/lib/records/key-set";
import {
  checklistForCase,
  hasNamelessReader,
  measurementsOfCase,
  recordsOfCase,
} from "@/lib/records/queries";
import { showMeasurement } from "@/lib/records/views/measurement";
import { paperChoices, showRecord } from "@/lib/records/views/record";
import { moveCaseAction, takeCaseAction } from "../actions";
import {
  addMeasurementsAction,
  checkNamesAction,
  closeItemAction,
  judgeRecordAction,
  judgeStudyAction,
  removeMeasurementAction,
  restoreRecordsAction,
} from "./actions";

interface RecordsProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("records") };
}

/** A CT study is some thousand files, and one line. */
const FILES_SHOWN = 6_000;

export default async function RecordsPage({ params }: RecordsProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const lines = await part("checklist", () => checklistForCase(coordinator, id));
  const files = await part("files", () => recordsOfCase(coordinator, id, { limit: FILES_SHOWN }));
  const numbers = await part("numbers", () => measurementsOfCase(coordinator, id));
  const studies = (await studiesOfCase(coordinator, id)) ?? [];
  const isMine = facts.ownerId === coordinator.personId;
  const names = isMine && (await hasNamelessReader(coordinator, id)) ? checkNamesAction.bind(null, id) : null;
  const hidden = isMine ? 0 : await waitingFiles(coordinator, id);
  const t = await getTranslations("desk.records");
  const links = await getTranslations("uploadLinks");
  const measures = await getTranslations("measures");
  const words =
    hidden > 0
      ? { heading: t("files"), none: t("hidden", { count: hidden }), lead: t("hiddenLead") }
      : undefined;
  const base = `/${await getLocale()}/desk/cases/${id}/records`;
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="records"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <LiveRefresh caseId={id} />
      <div className="grid gap-gap-l xl:grid-cols-2">
        <PartPlace part={files} name={t("files")} here={base}>
          {(found) => (
            <div className="min-w-0 space-y-gap-m">
              {names ? <NamesCheckAll records={(found?.items ?? []).map(showRecord)} action={names} /> : null}
              <RecordPanel
                records={(found?.items ?? []).map(showRecord)}
                base={base}
                judge={isMine ? judgeRecordAction : null}
                judgeStudy={isMine ? judgeStudyAction.bind(null, id) : null}
                names={names}
                restore={isMine ? { action: restoreRecordsAction, now } : null}
                {...(words ? { words } : {})}
              />
              <StudyDownloads caseId={id} studies={studies} />
              {isMine ? (
                <p className="mt-gap">
                  <TextLink href={base.replace(/records$/, "links")}>{links("link")}</TextLink>
                </p>
              ) : null}
            </div>
          )}
        </PartPlace>
        <PartPlace part={lines} name={t("checklist")} here={base}>
          {(found) => (
            <ChecklistPanel lines={found ?? []} close={isMine ? closeItemAction.bind(null, id) : null} />
          )}
        </PartPlace>
      </div>
      <div className="mt-gap-l max-w-5xl">
        <PartPlace part={numbers} name={measures("heading")} here={base}>
          {(found) => (
            <Measurements
              measurements={(found ?? []).map(showMeasurement)}
              base={base}
              acts={
                isMine
                  ? {
                      sources: ["coordinator", "patient", "file"],
                      add: addMeasurementsAction.bind(null, id),
                      remove: removeMeasurementAction,
                    }
                  : null
              }
              form={{
                files: files.ok ? paperChoices(files.value?.items ?? []) : [],
                first: keySetOf(facts.treatment),
                today: dayOf(now),
                keep: coordinator.personId,
              }}
            />
          )}
        </PartPlace>
      </div>
    </CaseFrame>
  );
}
