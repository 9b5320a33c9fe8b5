import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgeLimits } from "@/components/desk/age-limits";
import { PageHeader } from "@/components/ui/page-header";
import { requireClinicManager } from "@/lib/infra/session";
import { agesOfCentre } from "@/lib/records/find-limits";
import { saveCentreAgesAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("areas.cabinet");
  return { title: t("ages") };
}

export default async function AgesPage() {
  const manager = await requireClinicManager();
  const { lines, changedAt } = await agesOfCentre(manager);
  const t = await getTranslations("areas.cabinet");
  return (
    <>
      <PageHeader title={t("ages")} />
      <div className="max-w-4xl">
        <AgeLimits
          of="centreAges"
          lines={lines}
          seenAt={changedAt?.toISOString() ?? ""}
          action={saveCentreAgesAction}
        />
      </div>
    </>
  );
}
