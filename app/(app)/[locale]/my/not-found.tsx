import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { connection } from "next/server";
import { NotFoundView } from "@/components/shell/not-found-view";
import { currentIdentity, pathOf } from "@/lib/infra/session";
import { homeOf, isPatientsPage } from "@/lib/people/person";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common.notFound");
  return { title: t("title") };
}

/** Inside the frame of the area, which its layout has drawn for whoever is signed in. */
export default async function NotFound() {
  // A page written at build time carries no nonce, and its scripts would be refused.
  await connection();
  const identity = await currentIdentity();
  const home = identity && homeOf(identity.roles, await getLocale());
  if (!identity || !home) return <NotFoundView />;
  const isPatients = isPatientsPage(await pathOf(), home);
  return <NotFoundView person={{ name: identity.name, home, isPatients }} />;
}
