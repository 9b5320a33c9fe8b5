import { useLocale, useTranslations } from "next-intl";
import { OwnTitle } from "@/components/shell/own-title";
import { stateWords } from "@/components/shell/state-words";
import { PlainLinkButton } from "@/components/ui/plain-link";
import { StatePage } from "@/components/ui/state-page";
import { isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";

interface NotFoundViewProps {
  /** Who is signed in, and where their own pages begin. */
  person?: {
    name: string;
    home: string;
    /** They work here, and the address is a patient's. */
    isPatients: boolean;
  };
}

/** A stranger's page and no page look the same. */
export function NotFoundView({ person }: NotFoundViewProps) {
  const locale = useLocale();
  const t = useTranslations("common.notFound");
  const missing = useTranslations("problem.missing");
  const { problem } = messagesOf(isLocale(locale) ? locale : "en");
  const words = stateWords(problem, { ...problem.missing, title: t("title") });
  const todo =
    person === undefined ? (
      words.todo
    ) : (
      <>
        {person.isPatients ? missing("patients") : words.todo}{" "}
        {missing.rich("person", { name: person.name, person: (name) => <bdi>{name}</bdi> })}
      </>
    );
  return (
    <>
      <OwnTitle title={`${words.title} · Valvia`} />
      <StatePage
        kind="missing"
        words={{ ...words, todo }}
        acts={
          <>
            <PlainLinkButton href={person?.home ?? `/${locale}`} look="primary">
              {person === undefined ? t("home") : missing("own")}
            </PlainLinkButton>
            <PlainLinkButton href={`/${locale}/clinics`}>{t("clinics")}</PlainLinkButton>
          </>
        }
      />
    </>
  );
}
