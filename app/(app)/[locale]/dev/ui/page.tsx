import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Gallery } from "@/components/gallery/gallery";
import { isGalleryOpen } from "@/lib/infra/env";

export async function generateMetadata(): Promise<Metadata> {
  if (!isGalleryOpen()) return {};
  const t = await getTranslations("gallery");
  return { title: t("title") };
}

/** The house's reference of its components. Anywhere but in development an address like any unknown one. */
export default function GalleryPage() {
  if (!isGalleryOpen()) notFound();
  return <Gallery />;
}
