import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { formatList, formatMoment } from "@/components/ui/format";
import { TextLink } from "@/components/ui/text-link";

interface AccessSentencesProps {
  events: readonly {
    key: string;
    event: string;
    actorName: string | null;
    actorRole: string;
    /** The clinic the person works for. */
    actorClinic: string | null;
    /** Name of the file or the clinic the sentence is about. */
    about: string | null;
    at: Date;
    isYou: boolean;
  }[];
  older: string | null;
  locale: string;
  /** IANA name of the reader's zone. */
  zone: string;
}

/** Who saw my records: a plain list in sentences. */
export function AccessSentences({ events, older, locale, zone }: AccessSentencesProps) {
  const t = useTranslations("accessEvents");
  const words = useTranslations("my.access");
  if (events.length === 0) return <EmptyState title={words("none")} />;
  const what = (event: string) => {
    const key = event.replaceAll(".", "_");
    return t.has(`event.${key}` as "event.other") ? t(`event.${key}` as "event.other") : t("event.other");
  };
  return (
    <>
      <ol className="divide-y divide-line">
        {events.map(({ key, event, actorName, actorRole, actorClinic, about, at, isYou }) => (
          <li key={key} className="py-gap">
            <p className="wrap-anywhere">
              {t.rich("told", {
                who: isYou ? t("you") : actorRole === "system" ? t("system") : (actorName ?? t("someone")),
                what: what(event),
                name: (who) => <bdi className="font-semibold">{who}</bdi>,
              })}
              {about ? (
                <>
                  : <bdi>{about}</bdi>
                </>
              ) : null}
              .
            </p>
            <p className="text-sm text-ink-soft">
              {formatList(
                [t(`role.${actorRole as "patient"}`), ...(actorClinic ? [actorClinic] : [])],
                locale,
              )}{" "}
              · {formatMoment(at, zone, locale)}
            </p>
          </li>
        ))}
      </ol>
      {older ? (
        <p className="mt-gap-m">
          <TextLink href={older}>{words("older")}</TextLink>
        </p>
      ) : null}
    </>
  );
}
