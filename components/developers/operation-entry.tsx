import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { shapeOf } from "@/lib/desk/shape";
import type { ApiOperation } from "@/lib/kernel/api-operation";

/** One operation of the API: how it is called, by whom, what it takes and answers. */
export function OperationEntry({ operation }: { operation: ApiOperation }) {
  const t = useTranslations("developers");
  const { method, path, summary, roles, query, body, answers, refusals = [] } = operation;
  return (
    <article className="space-y-gap border-t border-line py-gap-m">
      <h3 className="text-base">
        <code dir="ltr" className="wrap-anywhere">
          <span className="font-semibold text-primary uppercase">{method}</span> {path}
        </code>
      </h3>
      <p lang="en" dir="ltr" className="max-w-prose text-start">
        {summary}
      </p>
      <dl className="space-y-2">
        <Entry term={t("who")}>{roles.length === 0 ? t("anyone") : <bdi>{roles.join(", ")}</bdi>}</Entry>
        {query ? (
          <Entry term={t("query")}>
            <Shape text={shapeOf(query)} />
          </Entry>
        ) : null}
        {body ? (
          <Entry term={t("body")}>
            <Shape text={shapeOf(body)} />
          </Entry>
        ) : null}
        <Entry term={t("answers")}>
          {Object.entries(answers).map(([status, answer]) => (
            <span key={status} lang="en" dir="ltr" className="block max-w-prose">
              <code>{status}</code> {answer.description}
            </span>
          ))}
        </Entry>
        {refusals.length > 0 ? (
          <Entry term={t("refusals")}>
            <code dir="ltr" className="wrap-anywhere">
              {refusals.join(", ")}
            </code>
          </Entry>
        ) : null}
      </dl>
    </article>
  );
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="gap-x-4 sm:grid sm:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Shape({ text }: { text: string }) {
  return (
    <pre
      dir="ltr"
      role="group"
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border border-line bg-card p-3 text-sm leading-snug"
    >
      {text}
    </pre>
  );
}
