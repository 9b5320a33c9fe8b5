import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { OperationEntry } from "@/components/developers/operation-entry";
import { PageHeader } from "@/components/ui/page-header";
import { alternatesOf } from "@/i18n/alternates";
import { OwnWords } from "@/i18n/own-words";
import { API_OPERATIONS } from "@/lib/desk/operations";

/** Written once per language; any other first part of the address is no page. */
export const dynamicParams = false;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers");
  const alternates = alternatesOf(await getLocale(), "/developers", "developers");
  return { title: t("title"), description: t("description"), alternates };
}

const RULES = ["money", "times", "lists", "keys", "problems"] as const;
const TAGS = [...new Set(API_OPERATIONS.map((operation) => operation.tag))];
const idOf = (tag: string) => tag.toLowerCase().replaceAll(/[^a-z]+/g, "-");

export default async function DevelopersPage() {
  const t = await getTranslations("developers");
  return (
    <OwnWords of="developers">
      <PageHeader title={t("title")} lead={<p>{t("lead")}</p>} />
      <p>
        <a className="link" href="/api/v1/openapi.json">
          {t("openapi")}
        </a>
      </p>
      <section className="prose">
        <h2>{t("rules")}</h2>
        <ul>
          {RULES.map((rule) => (
            <li key={rule}>{t(rule)}</li>
          ))}
        </ul>
      </section>
      <nav aria-label={t("contents")} className="my-gap-m">
        <ul className="flex flex-wrap gap-x-4">
          {TAGS.map((tag) => (
            <li key={tag}>
              <a className="link inline-flex min-h-control items-center" href={`#${idOf(tag)}`} lang="en">
                {tag}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {TAGS.map((tag) => (
        <section key={tag} id={idOf(tag)} className="mt-gap-l" aria-labelledby={`${idOf(tag)}-title`}>
          <h2 id={`${idOf(tag)}-title`} lang="en" className="mb-gap text-xl">
            {tag}
          </h2>
          {API_OPERATIONS.filter((operation) => operation.tag === tag).map((operation) => (
            <OperationEntry key={`${operation.method} ${operation.path}`} operation={operation} />
          ))}
        </section>
      ))}
    </OwnWords>
  );
}
