import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { TaskTable } from "@/components/desk/task-table";
import { AccessList, TimelineList } from "@/components/desk/trace-list";
import { PartPlace } from "@/components/ui/part-place";
import { TextLink } from "@/components/ui/text-link";
import { accessLogViewOf, caseEventViewOf } from "@/lib/cases/case-trace";
import { pageQuery } from "@/lib/cases/forms";
import { accessLogForActor, timelineForActor } from "@/lib/cases/queries";
import { clinicNames } from "@/lib/clinics/queries/clinic-names";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { tasksOfCase } from "@/lib/desk/queries/case";
import { part } from "@/lib/infra/part";
import { requireCoordinator } from "@/lib/infra/session";
import { completeTaskAction, moveCaseAction, takeCaseAction } from "../actions";

interface LogProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.case.tabs");
  return { title: t("log") };
}

export default async function LogPage({ params, searchParams }: LogProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  if (!facts) notFound();
  const asked = pageQuery.safeParse(paramsOf(await searchParams));
  const query = asked.success ? asked.data : pageQuery.parse({});
  const log = await part("access log", () => accessLogForActor(coordinator, id, query));
  const timeline = await part("timeline", () => timelineForActor(coordinator, id, { limit: 100 }));
  const tasks = await part("tasks", () => tasksOfCase(coordinator, id));
  const clinics = new Map((await clinicNames()).map(({ slug, name }) => [slug, name]));
  const t = await getTranslations("desk.log");
  const base = `/${await getLocale()}/desk/cases/${id}/log`;
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="log"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <div className="grid gap-gap-l xl:grid-cols-2">
        <div className="space-y-gap-l">
          <PartPlace part={tasks} name={t("tasks")} here={base}>
            {(found) => <TaskTable tasks={found} now={now} complete={completeTaskAction} />}
          </PartPlace>
          <section aria-labelledby="timeline">
            <h2 id="timeline" className="text-md">
              {t("timeline")}
            </h2>
            <PartPlace part={timeline} name={t("timeline")} here={base}>
              {(found) => (
                <TimelineList events={(found?.items ?? []).map(caseEventViewOf)} clinics={clinics} />
              )}
            </PartPlace>
          </section>
        </div>
        <section aria-labelledby="access">
          <h2 id="access" className="text-md">
            {t("access")}
          </h2>
          <PartPlace part={log} name={t("access")} here={base}>
            {(found) => (
              <>
                <AccessList
                  rows={(found?.items ?? []).map((row) =>
                    accessLogViewOf(row, found?.clinicSlugs ?? new Map()),
                  )}
                  clinics={clinics}
                />
                {found?.next ? <TextLink href={`${base}?cursor=${found.next}`}>{t("older")}</TextLink> : null}
              </>
            )}
          </PartPlace>
        </section>
      </div>
    </CaseFrame>
  );
}
