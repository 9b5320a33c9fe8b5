import { notFound } from "next/navigation";
import { cityDrawing } from "@/components/clinics/city-drawn";
import { clinicPlace } from "@/lib/clinics/queries/clinic-place";

/** Drawn when first asked for, then kept. */
export const dynamic = "force-static";
export const revalidate = 86400;

export function generateStaticParams() {
  return [];
}

/** The city of a centre as a picture of its own: lists name it once instead of carrying its lines. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const place = await clinicPlace(slug);
  if (!place) notFound();
  return new Response(cityDrawing(slug, place.city, place.country), {
    headers: { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "public, max-age=86400" },
  });
}
