import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DoctorForm } from "@/components/cabinet/doctor-form";
import { RemoveForm } from "@/components/cabinet/remove-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ownListing } from "@/lib/clinics/queries/listing";
import { requireClinicManager } from "@/lib/infra/session";
import { addDoctorAction, removeDoctorAction, saveDoctorAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cabinet.doctors");
  return { title: t("title") };
}

export default async function DoctorsPage() {
  const manager = await requireClinicManager();
  const { doctors } = (await ownListing(manager)).basis;
  const t = await getTranslations("cabinet.doctors");
  const listed = doctors.toSorted((one, other) => one.name.localeCompare(other.name));
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="space-y-gap-xl">
        {listed.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
        <ul className="max-w-4xl divide-y divide-line border-y border-line">
          {listed.map((doctor) => (
            <li key={doctor.slug}>
              <details>
                <summary className="min-h-control py-gap">
                  <bdi className="link">{`${doctor.title} ${doctor.name}`}</bdi>{" "}
                  <span className="text-sm text-ink-soft">
                    · <bdi>{doctor.speciality}</bdi>
                  </span>
                </summary>
                <div className="space-y-gap pb-gap-m">
                  <DoctorForm doctor={doctor} action={saveDoctorAction.bind(null, doctor.slug)} />
                  <RemoveForm
                    title={t("remove")}
                    label={t("removeDo", { name: doctor.name })}
                    action={removeDoctorAction.bind(null, doctor.slug)}
                  />
                </div>
              </details>
            </li>
          ))}
        </ul>
        <section aria-labelledby="add" className="space-y-gap">
          <h2 id="add" className="text-md">
            {t("add")}
          </h2>
          <DoctorForm action={addDoctorAction} />
        </section>
      </div>
    </>
  );
}
