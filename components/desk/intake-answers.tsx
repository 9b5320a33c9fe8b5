import { useLocale, useTranslations } from "next-intl";
import { TreatmentWords } from "@/components/desk/step-words";
import { DefinitionList, type Fact } from "@/components/ui/facts";
import { formatCountry, formatDay, formatLanguage, formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { reportValueOf, unitWord } from "@/lib/cases/feeling";
import type { CaseView } from "@/lib/cases/views";
import { DESK_ZONE } from "@/lib/desk/clock";

/** What the patient answered in the intake, as far as this reader may see it. */
export function IntakeAnswers({ view, clinic }: { view: CaseView; clinic?: string | undefined }) {
  const t = useTranslations("desk.intake");
  const asked = useTranslations("intake.feeling");
  const locale = useLocale();
  // Answers of other shapes come from the API with words of their own.
  const wordOf = (key: string, plain: string) =>
    /^[\w.]+$/.test(key) && asked.has(key as "noAnswer") ? asked(key as "noAnswer") : plain;
  const { contact, birthOn, language } = view;
  const facts: Fact[] = [
    { term: t("treatment"), value: <TreatmentWords slug={view.treatment} /> },
    { term: t("name"), value: <bdi>{contact.name ?? "–"}</bdi> },
    ...(contact.email ? [{ term: t("email"), value: <bdi>{contact.email}</bdi> }] : []),
    ...(contact.phone ? [{ term: t("phone"), value: <bdi dir="ltr">{contact.phone}</bdi> }] : []),
    { term: t("country"), value: contact.country ? formatCountry(contact.country, locale) : "–" },
    {
      term: t("birthOn"),
      value: birthOn === null ? "–" : birthOn.length === 10 ? formatDay(birthOn, locale) : birthOn,
    },
    { term: t("language"), value: formatLanguage(language, locale) },
    ...(view.clinic === null
      ? []
      : [
          {
            term: t("clinic"),
            value: <TextLink href={`/${locale}/clinics/${view.clinic}`}>{clinic ?? view.clinic}</TextLink>,
          },
        ]),
    ...answersOf(view.symptoms).map(([code, value]) =>
      told(
        t("symptoms"),
        wordOf(`question.${code}`, code),
        // Doctors read the class, not the words it was asked in.
        wordOf(`answer.${code}.${value}`, value) + (code === "nyha" ? ` (NYHA ${value})` : ""),
      ),
    ),
    ...answersOf(view.values).map(([code, value]) => told(t("values"), wordOf(`value.${code}`, code), value)),
  ];
  return (
    <section aria-labelledby="intake" className="max-w-3xl space-y-gap">
      <h2 id="intake" className="text-md">
        {t("title")}
      </h2>
      <RedFlagList view={view} />
      <figure>
        <figcaption className="text-sm text-ink-soft">{t("problem")}</figcaption>
        <blockquote
          dir="auto"
          className="border-s-2 border-edge ps-3 whitespace-pre-line [unicode-bidi:plaintext]"
        >
          {view.problem ?? "–"}
        </blockquote>
      </figure>
      <DefinitionList facts={facts} />
    </section>
  );
}

function RedFlagList({ view }: { view: CaseView }) {
  const t = useTranslations("desk.intake");
  const locale = useLocale();
  if (view.redFlags === null) return <Notice tone="attention">{t("flagsOpen")}</Notice>;
  const raised = Object.entries(view.redFlags).flatMap(([flag, isSet]) => (isSet ? [flag] : []));
  const unknown = view.redFlags["oxygenBelow92"] === null ? ` ${t("notMeasured")}` : "";
  if (raised.length === 0) return <p className="text-ink-soft">{t("flagsNone") + unknown}</p>;
  const seen = view.seenByDoctorAt;
  return (
    <Notice tone="danger" title={t("flags")}>
      <ul className="list-disc ps-5">
        {raised.map((flag) => (
          <li key={flag}>
            {t.has(`flag.${flag}` as "flag.syncope") ? t(`flag.${flag}` as "flag.syncope") : flag}
          </li>
        ))}
      </ul>
      {unknown ? <p>{unknown}</p> : null}
      {seen ? <p>{t("seen", { when: formatMoment(new Date(seen), DESK_ZONE, locale) })}</p> : null}
    </Notice>
  );
}

/** Words that came through the API stand in their own direction. */
function told(kind: string, name: string, answer: string): Fact {
  const term = (
    <>
      {kind}: <bdi>{name}</bdi>
    </>
  );
  return { term, value: <bdi>{answer}</bdi>, prose: answer.length > 60 };
}

function textOf(inner: unknown): string {
  const measured = reportValueOf(inner);
  if (measured) return `${measured.value} ${unitWord(measured.unit)}`;
  return typeof inner === "string" ? inner : JSON.stringify(inner);
}

/** Free answers as pairs: an object's fields, the items of a list, or one text. */
function answersOf(value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value === "string") return [["", value]];
  if (typeof value !== "object") return [];
  return Object.entries(value).map(([key, inner]) => [
    Array.isArray(value) ? String(Number(key) + 1) : key,
    textOf(inner),
  ]);
}
