import type { Catalogue } from "@/i18n/catalogue";
import { OPERATOR } from "@/lib/guides/operator";
import { printedUnit } from "@/lib/records/measure";
import type { MeasurementView } from "@/lib/records/views/measurement";
import { dayText, fill, type Paper, section } from "./paper";
import type { CaseExport } from "./read-case-export";

/** The case on paper: who, what, what the centres said, what was booked, which files there are. */
export function summaryPaper(read: CaseExport, words: Catalogue, language: string, at: Date): Paper {
  const { summary } = words.documents;
  const kinds: Record<string, string> = words.stages;
  const verdicts: Record<string, unknown> = words.verdicts;
  const { case: known } = read;
  const facts = [
    { label: summary.patient, value: known.contact.name },
    {
      label: summary.born,
      value: read.birthOn ? dayText(new Date(`${read.birthOn}T00:00:00Z`), language) : null,
    },
    { label: summary.stage, value: kinds[known.stage] ?? known.stage },
    { label: summary.made, value: dayText(at, language) },
  ];
  return {
    lang: language,
    brand: OPERATOR.name,
    operator: OPERATOR.phone,
    title: summary.title,
    number: known.number,
    lead: summary.lead,
    facts: facts.flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
    contents: summary.contents,
    sections: [
      section(summary.problem, { paragraphs: [known.problem ?? summary.nothing] }),
      section(summary.answers, {
        list: read.answers.map((answer) => {
          const verdict = answer.verdict ? verdicts[answer.verdict] : null;
          const said = typeof verdict === "string" ? verdict : answer.state;
          return [`${answer.clinic.name}: ${said}`, answer.reason].filter(Boolean).join(". ");
        }),
        paragraphs: read.answers.length === 0 ? [summary.nothing] : [],
      }),
      section(words.measures.heading, {
        list: read.measurements.map((one) => measurementText(one, words, language)),
        paragraphs: read.measurements.length === 0 ? [summary.nothing] : [],
      }),
      section(summary.studies, {
        list: read.studies.map((study) => studyText(study, language)),
        paragraphs: read.studies.length === 0 ? [summary.nothing] : [],
      }),
      section(summary.bookings, {
        list: read.bookings.flatMap(({ number, treatmentOn, moves }) => [
          `${number}: ${dayText(treatmentOn, language)}`,
          ...moves.map(({ fromOn, toOn, movedAt, movedByName: name }) =>
            fill(summary.moved, {
              ...{ number, name, at: dayText(movedAt, language) },
              ...{ from: dayText(fromOn, language), to: dayText(toOn, language) },
            }),
          ),
        ]),
        paragraphs: read.bookings.length === 0 ? [summary.nothing] : [],
      }),
      section(summary.files, {
        list: read.records.map((record) => `${record.path}, ${dayText(record.createdAt, language)}`),
        paragraphs: read.records.length === 0 ? [summary.nothing] : [],
      }),
    ],
    foot: words.documents.frame.foot,
    // A summary is a copy of what is known today; only issued papers can be checked.
    check: { rows: [], text: "", code: "", address: "" },
  };
}

/** "CT, 12 March 2026: Heart and aorta (1,500)". */
function studyText(study: CaseExport["studies"][number], language: string): string {
  const day = study.examOn ? dayText(new Date(`${study.examOn}T00:00:00Z`), language) : null;
  const what = [study.modalities.join(", "), day].filter(Boolean).join(", ");
  const files = new Intl.NumberFormat(language).format(study.files);
  return `${[what, study.description].filter(Boolean).join(": ")} (${files})`;
}

/** "Mitral EROA (PISA): 45 mm², 20 January 2026". */
function measurementText(one: MeasurementView, words: Catalogue, language: string): string {
  const names: Record<string, string> = words.measures.names;
  const value = `${new Intl.NumberFormat(language).format(one.value)} ${printedUnit(one.unit)}`.trim();
  return `${names[one.field] ?? one.field}: ${value}, ${dayText(new Date(`${one.measuredOn}T00:00:00Z`), language)}`;
}
