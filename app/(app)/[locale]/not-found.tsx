import { getLocale } from "next-intl/server";
import { connection } from "next/server";
import { NotFoundView } from "@/components/shell/not-found-view";

export default async function NotFound() {
  // A page written at build time carries no nonce, and its scripts would be refused.
  await connection();
  const locale = await getLocale();
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-page">
      <NotFoundView locale={locale} />
    </main>
  );
}
