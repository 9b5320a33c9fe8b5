import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ServiceCard } from "@/components/desk/catalogue-card";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
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
  const base = `/${await getLocale()}/desk/settings`;
  const isAdmin = reader.role === "admin";
  const crumbs = [
    ...(isAdmin ? [{ href: base, label: t("settings") }] : []),
    { href: `${base}/suppliers`, label: t("suppliers") },
  ];
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("crumbs")} crumbs={crumbs} />}
        title={t("title")}
        lead={t("lead")}
      />
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
