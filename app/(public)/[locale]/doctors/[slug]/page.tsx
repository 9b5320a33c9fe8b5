import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DoctorPage } from "@/components/clinics/doctor-page";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { publishedDoctor } from "@/lib/clinics/published";

interface Props {
  params: Promise<{ slug: string }>;
}

/** Written when first asked for, and again every hour. A published change purges it at once. */
export const revalidate = 3600;

export function generateStaticParams() {
  return [];
}

const doctorOf = cache(publishedDoctor);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const found = await doctorOf(slug);
  if (!found) return {};
  const { doctor, clinic } = found;
  const t = await getTranslations("clinics.doctor");
  return {
    title: `${doctor.title} ${doctor.name}`,
    description: t("description", { name: doctor.name, speciality: doctor.speciality, clinic: clinic.name }),
    alternates: alternatesOf(await getLocale(), `/doctors/${slug}`, "clinics"),
  };
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const found = await doctorOf(slug);
  if (!found) notFound();
  return (
    <OwnWords of="clinics">
      <DoctorPage doctor={found.doctor} clinic={found.clinic} locale={await getLocale()} />
    </OwnWords>
  );
}
