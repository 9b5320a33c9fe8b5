import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ProveByLink } from "@/components/people/prove-by-link";
import { SessionTable } from "@/components/people/session-table";
import { TokenTable } from "@/components/people/token-table";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choices";
import { Select, TextInput } from "@/components/ui/controls";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { LANGUAGE_NAMES, LOCALES } from "@/i18n/locales";
import { casesToTake } from "@/lib/documents/read-case-export";
import type { Patient, SignedIn } from "@/lib/kernel/actor";
import { readerZone } from "@/lib/infra/reader-zone";
import { requireOwner } from "@/lib/infra/session";
import { TOKEN_SCOPES } from "@/lib/people/forms";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/people/person";
import { hasPassword, owesLink, sessionsOf, tokensOf } from "@/lib/people/queries";
import {
  changePasswordAction,
  editAccountAction,
  endOtherSessionsAction,
  endSessionAction,
  mailOwnLinkAction,
  makeTokenAction,
  revokeTokenAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const { owner: person, identity } = await requireOwner();
  const t = await getTranslations("account.account");
  const locale = await getLocale();
  const [sessions, tokens] = await Promise.all([sessionsOf(person, new Date()), tokensOf(person)]);
  const languages = LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead", { name: person.name, email: person.email })} />
      <div className="space-y-gap-l">
        <Card heading={t("you")}>
          <ActionForm action={editAccountAction} className="max-w-prose space-y-gap-m">
            <Field name="name" label={t("name")}>
              <TextInput required maxLength={120} autoComplete="name" defaultValue={person.name} />
            </Field>
            <Field name="locale" label={t("language")} hint={t("languageHint")}>
              <Select options={languages} defaultValue={person.locale} />
            </Field>
            <SubmitButton look="quiet">{t("save")}</SubmitButton>
          </ActionForm>
        </Card>
        <Password owner={person} sessionId={identity.sessionId} />
        <Card heading={t("twoSteps")}>
          <p className="text-ink-soft">{identity.hasFactor ? t("twoStepsOn") : t("twoStepsOff")}</p>
          <p>
            <TextLink href={`/${locale}/account/second-factor`}>
              {identity.hasFactor ? t("twoStepsChange") : t("twoStepsDo")}
            </TextLink>
          </p>
        </Card>
        {person.role === "patient" ? <OwnData patient={person} /> : null}
        <Card heading={t("sessions")}>
          <p className="text-ink-soft">{t("sessionsLead")}</p>
          <SessionTable
            sessions={sessions}
            currentId={identity.sessionId}
            locale={locale}
            zone={await readerZone()}
            action={endSessionAction}
          />
          {sessions.length > 1 ? (
            <ActionForm action={endOtherSessionsAction} className="mt-gap-m space-y-gap">
              <SubmitButton look="danger">{t("endOthers")}</SubmitButton>
            </ActionForm>
          ) : null}
        </Card>
        <Card heading={t("tokens")}>
          <p className="mb-gap-m text-ink-soft">{t("tokensLead")}</p>
          <TokenTable tokens={tokens} locale={locale} zone={await readerZone()} action={revokeTokenAction} />
          <NewToken owner={person} identity={identity} />
        </Card>
      </div>
    </>
  );
}

/** Sets another password; the first one only right after a link from a mail. */
async function Password({ owner, sessionId }: { owner: SignedIn; sessionId: string | null }) {
  const t = await getTranslations("account.account");
  const create = await getTranslations("account.create");
  const knowsPassword = await hasPassword(owner);
  if (sessionId !== null && (await owesLink(owner, sessionId, new Date())))
    return (
      <Card heading={t("password")}>
        <OwnLink owner={owner} />
      </Card>
    );
  return (
    <Card heading={t("password")}>
      <p className="mb-gap-m text-ink-soft">{knowsPassword ? t("passwordLead") : t("passwordFirst")}</p>
      <ActionForm action={changePasswordAction} className="max-w-prose space-y-gap-m">
        {knowsPassword ? (
          <Field name="oldPassword" label={t("oldPassword")}>
            <TextInput type="password" required autoComplete="current-password" maxLength={PASSWORD_MAX} />
          </Field>
        ) : null}
        <Field
          name="newPassword"
          label={t("newPassword")}
          hint={create("passwordHint", { count: PASSWORD_MIN })}
        >
          <TextInput
            type="password"
            required
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            maxLength={PASSWORD_MAX}
          />
        </Field>
        <SubmitButton look="quiet">{t("passwordDo")}</SubmitButton>
      </ActionForm>
    </Card>
  );
}

/** Makes a token, after the same proof as for another password. */
async function NewToken({
  owner,
  identity: { sessionId, hasFactor },
}: Awaited<ReturnType<typeof requireOwner>>) {
  const t = await getTranslations("account.account");
  if (sessionId !== null && (await owesLink(owner, sessionId, new Date()))) return <OwnLink owner={owner} />;
  return (
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
      {hasFactor ? null : (
        <Field name="password" label={t("oldPassword")}>
          <TextInput type="password" required autoComplete="current-password" maxLength={PASSWORD_MAX} />
        </Field>
      )}
      <SubmitButton>{t("tokenMake")}</SubmitButton>
    </ActionForm>
  );
}

async function OwnLink({ owner }: { owner: SignedIn }) {
  const here = `/${await getLocale()}/account`;
  return <ProveByLink email={owner.email} page="account" here={here} action={mailOwnLinkAction} />;
}

/** Everything kept about each case of one's own, as one archive each. */
async function OwnData({ patient }: { patient: Patient }) {
  const t = await getTranslations("account.account");
  const cases = await casesToTake(patient);
  const treatments = await getTranslations("treatments");
  return (
    <Card heading={t("data")}>
      <p className="mb-gap-m text-ink-soft">{t("dataLead")}</p>
      {cases.length === 0 ? <p>{t("dataNone")}</p> : null}
      <ul className="divide-y divide-line">
        {cases.map(({ id, number, treatment }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-gap py-gap">
            <span>
              {treatments((treatment ?? "not-sure") as "not-sure")}{" "}
              <bdi className="text-ink-soft">{number}</bdi>
            </span>
            <a
              className="link inline-flex min-h-11 items-center"
              href={`/api/v1/cases/${id}/export`}
              download
            >
              {t("dataDo")}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
