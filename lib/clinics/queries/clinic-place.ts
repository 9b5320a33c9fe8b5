import "server-only";
import { openDb } from "@/lib/infra/db";
import { isSlug } from "../slug";

/** Where a published centre stands; null when there is none of this name. */
export async function clinicPlace(slug: string): Promise<{ city: string; country: string } | null> {
  if (!isSlug(slug)) return null;
  return openDb().clinic.findFirst({
    where: { slug, publishedAt: { not: null } },
    select: { city: true, country: true },
  });
}
