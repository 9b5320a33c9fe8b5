import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PatientFactors } from "@/components/desk/patient-factors";
import { StaffSearch } from "@/components/desk/staff-search";
import { StaffTable } from "@/components/desk/staff-table";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { staffListForm } from "@/lib/desk/forms/staff";
import { staffFor } from "@/lib/desk/queries/staff";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireAnyOf } from "@/lib/infra/session";
import { removePatientFactorsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff");
  return { title: t("title") };
}

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const admin = await requireAnyOf("admin");
  const read = staffListForm.safeParse(paramsOf(await searchParams));
  const query = read.success ? read.data : staffListForm.parse({});
  const staff = await staffFor(admin, query);
  const t = await getTranslations("staff");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/people`;
  const address = (more: Record<string, string>) =>
    `${base}?${new URLSearchParams({ ...(query.q ? { q: query.q } : {}), ...more })}`;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <StaffSearch q={query.q} action={base} />
      <StaffTable staff={staff.items} base={base} zone={await readerZone()} meId={admin.personId} />
      <Pager
        label={pager("label")}
        firstLabel={pager("first")}
        nextLabel={pager("next")}
        {...(query.cursor ? { first: address({}) } : {})}
        {...(staff.next ? { next: address({ cursor: staff.next }) } : {})}
      />
      <div className="mt-gap-l max-w-3xl">
        <PatientFactors action={removePatientFactorsAction} />
      </div>
    </>
  );
}
