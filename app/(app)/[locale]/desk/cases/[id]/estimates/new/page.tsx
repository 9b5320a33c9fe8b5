import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { CaseFrame } from "@/components/desk/case-frame";
import { EstimateBuilder } from "@/components/estimates/estimate-builder";
import { TemplateChoice } from "@/components/estimates/template-choice";
import { formatList } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { firstLines, linesOfTemplate, typedLines, unpricedServices } from "@/lib/desk/first-lines";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { type EstimateStart, estimateStart, NO_TEMPLATE } from "@/lib/desk/queries/estimate";
import { wayToRates } from "@/lib/desk/queries/rates";
import { estimateFor, type EstimateFacts } from "@/lib/estimates/queries";
import { requireCoordinator } from "@/lib/infra/session";
import { addDays, dayOf } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import { moveCaseAction, takeCaseAction } from "../../actions";
import { draftEstimateAction, readLinesAction } from "../actions";

interface NewEstimateProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.estimates");
  return { title: t("build") };
}

const VALID_DAYS = 21;
const VALID_DAYS_MAX = 30;

export default async function NewEstimatePage({ params, searchParams }: NewEstimateProps) {
  const coordinator = await requireCoordinator();
  const { id } = await params;
  const now = new Date();
  const facts = await openDeskCase(coordinator, id, now);
  const { review = "", template = "", from = "" } = paramsOf(await searchParams);
  const start = facts && (await estimateStart(coordinator, id, review, template));
  if (!facts || !start) notFound();
  // A correction of what was sent begins with it, not with a list.
  const sent = isUuid(from) ? await estimateFor(coordinator, from) : null;
  if (from !== "" && (!sent || sent.reviewId !== start.reviewId || sent.state === "draft")) notFound();
  const t = await getTranslations("desk");
  const locale = await getLocale();
  const ratesHref = await wayToRates(locale);
  const causes = {
    fixed: t("builder.causes.fixed"),
    stay: t("builder.causes.stay"),
    interpreter: t("builder.causes.interpreter"),
    medicine: t("builder.causes.medicine"),
    varies: t("builder.causes.varies"),
  };
  const today = dayOf(now);
  const exclusions = [...start.excluded, t("builder.exclusion.flight"), t("builder.exclusion.complication")];
  const listed = {
    currency: start.template?.currency ?? start.price?.currency ?? "EUR",
    lines: start.template
      ? linesOfTemplate(start.template, start, causes)
      : firstLines(start.price, start, causes),
    exclusions,
    assumptions: [],
  };
  return (
    <CaseFrame
      facts={facts}
      meId={coordinator.personId}
      now={now}
      current="estimates"
      acts={{ take: takeCaseAction.bind(null, id), move: moveCaseAction.bind(null, id) }}
    >
      <h2 className="mb-gap text-lg">{t("estimates.builder", { clinic: start.clinicName })}</h2>
      {sent ? (
        <p className="mb-gap text-sm text-ink-soft">{t("estimates.begins", { version: sent.version })}</p>
      ) : (
        <TemplateChoice
          templates={start.templates}
          chosen={start.template?.id ?? NO_TEMPLATE}
          hasList={start.price !== null}
          hrefOf={(one) => `/${locale}/desk/cases/${id}/estimates/new?review=${review}&template=${one}`}
          locale={locale}
        />
      )}
      {!sent && start.rate === null ? (
        <div className="mb-gap">
          <Notice tone="attention">
            {t("estimates.noRate", { currency: listed.currency })}{" "}
            {ratesHref === null ? null : <TextLink href={ratesHref}>{t("estimates.enterRate")}</TextLink>}
          </Notice>
        </div>
      ) : null}
      {sent ? null : <Unpriced start={start} currency={listed.currency} />}
      <EstimateBuilder
        key={sent?.id ?? start.template?.id ?? NO_TEMPLATE}
        writerId={coordinator.personId}
        terms={start.terms}
        start={{ validUntil: addDays(today, VALID_DAYS), ...(sent ? ofSent(sent) : listed) }}
        country={start.country}
        days={{ first: today, last: addDays(today, VALID_DAYS_MAX) }}
        action={draftEstimateAction.bind(null, start.reviewId)}
        read={readLinesAction.bind(null, start.country)}
      />
    </CaseFrame>
  );
}

/** Services without a price in this currency begin without sums; nobody makes one up. */
async function Unpriced({ start, currency }: { start: EstimateStart; currency: string }) {
  const kinds = isCurrency(currency) ? unpricedServices(currency, start) : [];
  if (kinds.length === 0) return null;
  const t = await getTranslations("services.unpriced");
  const words = await getTranslations("lineKinds");
  const locale = await getLocale();
  const names = formatList(
    kinds.map((kind) => words(kind)),
    locale,
  );
  return (
    <div className="mb-gap">
      <Notice tone="attention">
        <p>{t("lead", { services: names, currency })}</p>
        <TextLink href={`/${locale}/desk/settings/catalogue`}>{t("link")}</TextLink>
      </Notice>
    </div>
  );
}

function ofSent({ currency, lines, exclusions, assumptions }: EstimateFacts) {
  return { currency, lines: typedLines(lines, currency), exclusions, assumptions };
}
