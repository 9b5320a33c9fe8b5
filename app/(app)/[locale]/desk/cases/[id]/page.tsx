import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseActs } from "@/components/desk/case-acts";
import { CaseFrame } from "@/components/desk/case-frame";
import { IntakeAnswers } from "@/components/desk/intake-answers";
import { TaskTable } from "@/components/desk/task-table";
import { Notice } from "@/components/ui/notice";
import { PartPlace } from "@/components/ui/part-place";
import { isEnded } from "@/lib/cases/case";
import { caseViewOf } from "@/lib/cases/views";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { coordinators, tasksOfCase } from "@/lib/desk/queries/case";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { invoiceAddressOf } from "@/lib/documents/queries";
import { part } from "@/lib/infra/part";
import { requireCoordinator } from "@/lib/infra/session";
import { addDays, dayOf } from "@/lib/kernel/day";
import {
  assignCaseAction,
  cancelCaseAction,
  completeTaskAction,
  editInvoiceAddressAction,
  holdCaseAction,
  moveCaseAction,
  takeCaseAction,
  wakeCaseAction,
} from "./actions";

interface CaseProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("overview") };
}

export default async function CasePage({ params }: CaseProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const t = await getTranslations("desk");
  const here = `/${await getLocale()}/desk/cases/${id}`;
  const acts = await part("acts", async () => ({
    colleagues: await coordinators(coordinator),
    address: await invoiceAddressOf(coordinator, id),
  }));
  const tasks = await part("tasks", () => tasksOfCase(coordinator, id));
  const view = caseViewOf(facts, "coordinator");
  // The centre is named by its address where its name cannot be read.
  const names = await part("names of centres", async () => (view.clinic ? clinicNames() : []));
  const wished = names.ok ? names.value.find(({ slug }) => slug === view.clinic) : undefined;
  const isMine = facts.ownerId === coordinator.personId;
  const actions = {
    move: moveCaseAction.bind(null, id),
    assign: assignCaseAction.bind(null, id),
    hold: holdCaseAction.bind(null, id),
    address: editInvoiceAddressAction.bind(null, id),
    wake: wakeCaseAction.bind(null, id),
    cancel: cancelCaseAction.bind(null, id),
  };
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="overview"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="grid gap-gap-l lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <IntakeAnswers view={view} clinic={wished?.name} />
        <div className="space-y-gap-l">
          <PartPlace part={tasks} name={t("log.tasks")} here={here}>
            {(found) => (
              <TaskTable
                tasks={found.filter((task) => task.state === "open")}
                now={now}
                complete={completeTaskAction}
              />
            )}
          </PartPlace>
          {isMine && !isEnded(facts.stage) ? (
            <PartPlace part={acts} name={t("acts.title")} here={here}>
              {(found) => (
                <CaseActs
                  stage={facts.stage}
                  isHeld={facts.holdUntil !== null && facts.holdUntil > now}
                  colleagues={found.colleagues.filter(({ id: other }) => other !== coordinator.personId)}
                  tomorrow={addDays(dayOf(now), 1)}
                  address={found.address?.lines ?? null}
                  actions={actions}
                />
              )}
            </PartPlace>
          ) : null}
          {isMine || isEnded(facts.stage) || facts.ownerId === null ? null : (
            <Notice tone="attention">{t("case.notYours")}</Notice>
          )}
        </div>
      </div>
    </CaseFrame>
  );
}
