import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { isEnded } from "@/lib/cases/case";
import { casesForActor } from "@/lib/cases/queries";
import { requirePatient } from "@/lib/infra/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calls");
  return { title: t("title") };
}

/** A call is about a case: with one open case straight to it, with several one is chosen. */
export default async function CallPage() {
  const patient = await requirePatient();
  const locale = await getLocale();
  const t = await getTranslations("calls");
  const treatments = await getTranslations("treatments");
  const { items } = await casesForActor(patient, { limit: 50 });
  const open = items.filter(({ stage }) => stage !== "draft" && !isEnded(stage));
  if (open[0] && open.length === 1) redirect(`/${locale}/my/cases/${open[0].id}/call`);
  return (
    <div className="max-w-prose space-y-gap-m">
      <PageHeader title={t("title")} lead={t(open.length === 0 ? "noCase" : "which")} />
      {open.length === 0 ? (
        <LinkButton look="primary" href={`/${locale}/start`}>
          {t("start")}
        </LinkButton>
      ) : null}
      <ul className="space-y-gap">
        {open.map((one) => (
          <li key={one.id}>
            <LinkButton href={`/${locale}/my/cases/${one.id}/call`}>
              <span>
                {treatments((one.treatment ?? "not-sure") as "not-sure")} <bdi>{one.number}</bdi>
                {one.contactName ? (
                  <>
                    {" · "}
                    <bdi>{one.contactName}</bdi>
                  </>
                ) : null}
              </span>
            </LinkButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
