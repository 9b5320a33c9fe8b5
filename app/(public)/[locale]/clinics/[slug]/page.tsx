import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ClinicPage } from "@/components/clinics/clinic-page";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { publishedClinic } from "@/lib/clinics/published";

interface Props {
  params: Promise<{ slug: string }>;
}

/** Written when first asked for, and again after five minutes: free days change. A published change purges it at once. */
export const revalidate = 300;

export function generateStaticParams() {
  return [];
}

const clinicOf = cache((slug: string) => publishedClinic(slug, new Date()));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const clinic = await clinicOf(slug);
  if (!clinic) return {};
  const t = await getTranslations("clinics.clinic");
  return {
    title: clinic.name,
    description: t("description", { name: clinic.name, city: clinic.city }),
    alternates: alternatesOf(await getLocale(), `/clinics/${slug}`, "clinics"),
  };
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const clinic = await clinicOf(slug);
  if (!clinic) notFound();
  return (
    <OwnWords of="clinics">
      <ClinicPage clinic={clinic} locale={await getLocale()} />
    </OwnWords>
  );
}
