import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OutcomeForm } from "@/components/cabinet/outcome-form";
import { OutcomeList } from "@/components/cabinet/outcome-list";
import { VolumeForm } from "@/components/cabinet/volume-form";
import { PageHeader } from "@/components/ui/page-header";
import { ownListing } from "@/lib/clinics/queries/listing";
import { requireClinicManager } from "@/lib/infra/session";
import { addOutcomeAction, removeOutcomeAction, saveOutcomeAction, saveVolumesAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.results");
  return { title: t("title") };
}

export default async function ResultsPage() {
  const manager = await requireClinicManager();
  const { procedures, outcomes } = (await ownListing(manager)).basis;
  const t = await getTranslations("cabinet.results");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-xl">
        <section aria-labelledby="volumes" className="space-y-gap">
          <h2 id="volumes" className="text-md">
            {t("volumes")}
          </h2>
          <p className="text-sm text-ink-soft">{t("volumesLead")}</p>
          <VolumeForm lines={procedures} action={saveVolumesAction} />
        </section>
        <section aria-labelledby="results" className="space-y-gap">
          <h2 id="results" className="text-md">
            {t("results")}
          </h2>
          <OutcomeList
            lines={outcomes}
            save={saveOutcomeAction}
            remove={(key) => removeOutcomeAction.bind(null, key)}
          />
        </section>
        <section aria-labelledby="add" className="space-y-gap">
          <h2 id="add" className="text-md">
            {t("add")}
          </h2>
          <OutcomeForm action={addOutcomeAction} />
        </section>
      </div>
    </>
  );
}
