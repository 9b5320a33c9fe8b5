import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { SessionTable } from "@/components/people/session-table";
import { TokenTable } from "@/components/people/token-table";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choices";
import { TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { PatientShell } from "@/components/shell/patient-shell";
import { OPERATOR } from "@/lib/guides/operator";
import { ROLES } from "@/lib/kernel/actor";
import { readerZone } from "@/lib/infra/reader-zone";
import { currentIdentity, requireAnyOf } from "@/lib/infra/session";
import { TOKEN_SCOPES } from "@/lib/people/forms";
import { homeOf } from "@/lib/people/person";
import { sessionsOf, tokensOf } from "@/lib/people/queries";
import {
  endAllSessionsAction,
  endSessionAction,
  makeTokenAction,
  revokeTokenAction,
  signOutAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const person = await requireAnyOf(...ROLES);
  const identity = await currentIdentity();
  const t = await getTranslations("account.account");
  const common = await getTranslations("common.nav");
  const locale = await getLocale();
  const [sessions, tokens] = await Promise.all([sessionsOf(person), tokensOf(person)]);
  const nav = [{ href: homeOf(identity?.roles ?? [], locale), label: common("home") }];
  const signOut = (
    <form action={signOutAction}>
      <SubmitButton look="quiet">{common("signOut")}</SubmitButton>
    </form>
  );
  return (
    <PatientShell locale={locale} phone={OPERATOR.phone} nav={nav} person={signOut}>
      <PageHeader title={t("title")} lead={t("lead", { name: person.name, email: person.email })} />
      <div className="space-y-gap-l">
        <Card heading={t("sessions")}>
          <SessionTable
            sessions={sessions}
            currentId={identity?.sessionId ?? null}
            locale={locale}
            zone={await readerZone()}
            action={endSessionAction}
          />
          <form action={endAllSessionsAction} className="mt-gap-m">
            <SubmitButton look="danger">{t("endAll")}</SubmitButton>
          </form>
        </Card>
        <Card heading={t("tokens")}>
          <p className="mb-gap-m text-ink-soft">{t("tokensLead")}</p>
          <TokenTable tokens={tokens} locale={locale} zone={await readerZone()} action={revokeTokenAction} />
          <ActionForm action={makeTokenAction} className="mt-gap-m max-w-prose space-y-gap-m">
            <Field name="name" label={t("tokenName")}>
              <TextInput required maxLength={80} />
            </Field>
            <RadioGroup
              name="scope"
              legend={t("tokenScope")}
              defaultValue="read"
              options={TOKEN_SCOPES.map((scope) => ({ value: scope, label: t(`tokenScopes.${scope}`) }))}
            />
            <SubmitButton>{t("tokenMake")}</SubmitButton>
          </ActionForm>
        </Card>
      </div>
    </PatientShell>
  );
}
