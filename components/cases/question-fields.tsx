import { BirthFields } from "@/components/cases/birth-fields";
import { BreathFields, EverydayFields } from "@/components/cases/feeling-fields";
import { FlagsFields } from "@/components/cases/flags-fields";
import { PatientFields, ReachFields } from "@/components/cases/contact-fields";
import { ProblemField, TreatmentField } from "@/components/cases/problem-fields";
import { ValuesFields } from "@/components/cases/values-fields";
import type { Question } from "@/lib/cases/intake";
import type { CaseView } from "@/lib/cases/views";

interface QuestionFieldsProps {
  question: Question;
  draft: CaseView;
  /** The treatment of the page somebody came from. */
  wished: string | undefined;
  locale: string;
}

/** What one screen of the intake asks, with what was answered before. */
export function QuestionFields({ question, draft, wished, locale }: QuestionFieldsProps) {
  switch (question) {
    case "flags":
      return <FlagsFields flags={draft.redFlags} />;
    case "problem":
      return <ProblemField problem={draft.problem} />;
    case "treatment":
      return <TreatmentField treatment={draft.treatment ?? wished} />;
    case "born":
      return <BirthFields birthOn={draft.birthOn} />;
    case "breath":
      return <BreathFields draft={draft} locale={locale} />;
    case "everyday":
      return <EverydayFields draft={draft} />;
    case "values":
      return <ValuesFields draft={draft} />;
    case "patient":
      return <PatientFields contact={draft.contact} locale={locale} />;
    case "reach":
      return <ReachFields contact={draft.contact} />;
  }
}
