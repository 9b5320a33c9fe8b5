import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServiceCard } from "@/components/desk/catalogue-card";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { catalogueFor } from "@/lib/desk/queries/catalogue";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireAnyOf } from "@/lib/infra/session";
import { saveServiceAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services");
  return { title: t("title") };
}

export default async function ServicesPage() {
  const reader = await requireAnyOf("admin", "coordinator");
  const services = await catalogueFor(reader);
  const t = await getTranslations("services");
  const zone = await readerZone();
  const isAdmin = reader.role === "admin";
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs here="catalogue" reader={reader.role} />
      <div className="max-w-4xl space-y-gap-l">
        <p className="max-w-prose text-ink-soft">{isAdmin ? t("tax") : t("askAdmin")}</p>
        {services.map((service) => (
          <ServiceCard
            key={service.kind}
            service={service}
            zone={zone}
            action={isAdmin ? saveServiceAction : null}
          />
        ))}
      </div>
    </>
  );
}
