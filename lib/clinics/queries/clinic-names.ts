import "server-only";
import { openDb } from "@/lib/infra/db";

export interface ClinicName {
  slug: string;
  name: string;
  city: string;
  country: string;
}

/** The published centres by name, for choosing one. */
export function clinicNames(): Promise<ClinicName[]> {
  return openDb().clinic.findMany({
    where: { publishedAt: { not: null } },
    select: { slug: true, name: true, city: true, country: true },
    orderBy: [{ country: "asc" }, { name: "asc" }],
  });
}
