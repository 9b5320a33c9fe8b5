import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { JobActs } from "@/components/logistics/job-acts";
import { JobFacts } from "@/components/logistics/job-facts";
import { PageHeader } from "@/components/ui/page-header";
import { readSupplierJob } from "@/lib/logistics/read-supplier-job";
import { reportJobAction } from "./actions";

/** Nobody finds this page by a search, and no other site learns its address. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("job");
  return { title: t("title"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

/** One ride or one talk for whoever has its secret link: what the work needs, and nothing about health. */
export default async function JobPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const job = await readSupplierJob(token, new Date());
  if (!job) notFound();
  const t = await getTranslations("job");
  const locale = await getLocale();
  return (
    <>
      <PageHeader title={t(`kind.${job.kind}`)} lead={t("lead")} />
      <div className="space-y-gap-l">
        <JobFacts job={job} locale={locale} />
        <JobActs job={job} report={reportJobAction.bind(null, token)} />
      </div>
    </>
  );
}
