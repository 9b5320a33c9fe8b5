import { getTranslations } from "next-intl/server";
import { DEFAULT_LOCALE, isLocale } from "@/i18n/locales";
import { findCasesFor, recentCasesFor } from "@/lib/desk/queries/find";
import { findForm } from "@/lib/desk/forms/cases";
import { currentIdentity, personAs } from "@/lib/infra/session";

interface FindContext {
  params: Promise<{ locale: string }>;
}

/** Cases for the command palette: by words, or the last ones seen. For everybody but a coordinator there is nothing. */
export async function GET(request: Request, { params }: FindContext): Promise<Response> {
  const identity = await currentIdentity();
  const coordinator = identity && personAs(identity, "coordinator");
  const headers = { "cache-control": "no-store" };
  if (!coordinator) return Response.json({ items: [] }, { status: 404, headers });
  const { locale: asked } = await params;
  const locale = isLocale(asked) ? asked : DEFAULT_LOCALE;
  const read = findForm.safeParse({ q: new URL(request.url).searchParams.get("q") ?? undefined });
  const words = read.success ? read.data.q : undefined;
  const found =
    words === undefined ? await recentCasesFor(coordinator) : await findCasesFor(coordinator, words);
  const stages = await getTranslations({ locale, namespace: "desk.stages" });
  const items = found.map(({ id, number, contactName, stage, centres }) => ({
    id,
    label: number,
    hint: [contactName, stages(stage), ...centres].filter(Boolean).join(" · "),
    href: `/${locale}/desk/cases/${id}`,
  }));
  return Response.json({ items }, { headers });
}
