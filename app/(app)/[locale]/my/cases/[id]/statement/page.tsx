import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MoneyPapers } from "@/components/payments/money-papers";
import { NoStatement } from "@/components/payments/no-statement";
import { StatementCard } from "@/components/payments/statement-card";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { documentsOfCase } from "@/lib/documents/queries";
import { documentView } from "@/lib/documents/views";
import { MONEY_KINDS } from "@/lib/documents/document";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { opinionView } from "@/lib/payments/opinion-view";
import { readBankAccount } from "@/lib/payments/read-bank-account";
import { statementsOfCase } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { opinionsOfCase } from "@/lib/reviews/read-opinions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("payments.page");
  return { title: t("title") };
}

/** What was planned, paid, given back and is held, for every booking of the case. */
export default async function StatementPage({ params }: { params: Promise<{ id: string }> }) {
  const patient = await requirePatient();
  const { id } = await params;
  const statements = isUuid(id) ? await statementsOfCase(patient, id, new Date()) : [];
  const opinions = (isUuid(id) ? await opinionsOfCase(patient, id) : null) ?? [];
  const papers = statements.length > 0 ? ((await documentsOfCase(patient, id)) ?? []).map(documentView) : [];
  const t = await getTranslations("payments.page");
  const links = await getTranslations("bills.links");
  const second = await getTranslations("opinions");
  const locale = await getLocale();
  const account = await readBankAccount(patient);
  return (
    <div className="space-y-gap-l">
      <PageHeader title={t("title")} lead={t("lead")} />
      {statements.length > 0 ? (
        <p>
          <TextLink href={`/${locale}/my/cases/${id}/bill`}>{links("bill")}</TextLink>
        </p>
      ) : null}
      {opinions.length > 0 && statements.length > 0 ? (
        <p>
          <TextLink href={`/${locale}/my/cases/${id}/orders`}>{second("link")}</TextLink>
        </p>
      ) : null}
      {statements.length === 0 ? (
        <NoStatement
          opinions={opinions.map((opinion) => opinionView(opinion))}
          pages={{ booking: `/${locale}/my/cases/${id}/booking`, orders: `/${locale}/my/cases/${id}/orders` }}
        />
      ) : null}
      {statements.map((read) => (
        <StatementCard
          key={read.booking.id}
          statement={statementView(read, locale)}
          pages={{
            payments: `/${locale}/my/cases/${id}/booking#payments`,
            messages: `/${locale}/my/cases/${id}/messages`,
          }}
          account={account}
        >
          <MoneyPapers
            papers={papers.filter(
              ({ bookingId, kind }) => bookingId === read.booking.id && MONEY_KINDS.includes(kind),
            )}
          />
        </StatementCard>
      ))}
    </div>
  );
}
