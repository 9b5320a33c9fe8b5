import "server-only";
import { revalidatePath } from "next/cache";

const SHOWING_CENTRES = [
  "clinics/[slug]",
  "doctors/[slug]",
  "treatments/[slug]",
  "devices/[slug]",
  "countries/[code]",
];

/** Every public page that may show a centre is written anew when next asked for. */
export function renewCentrePages(): void {
  for (const page of SHOWING_CENTRES) revalidatePath(`/(public)/[locale]/${page}`, "page");
}
