import type { StateWords } from "@/components/ui/state-page";
import { OPERATOR } from "@/lib/guides/operator";
import type problem from "@/locales/en/problem.json";

type Problem = typeof problem;

/** In one piece, and from left to right in Arabic sentences too. */
const PHONE = `\u2066${OPERATOR.phone.replaceAll(" ", "\u00a0")}\u2069`;

/** The sentences of one state, with the number to call in them. */
export function stateWords(
  words: Pick<Problem, "happened" | "kept" | "todo">,
  state: { title: string; happened: string; kept: string; todo: string },
) {
  const { happened, kept, todo } = words;
  return {
    ...state,
    todo: state.todo.replace("{phone}", PHONE),
    labels: { happened, kept, todo },
  } satisfies StateWords;
}

/** What the page of a failure says; it waits on `<body>` as text, so that no page carries a catalogue for a rare case. */
export interface ProblemWords {
  words: StateWords;
  retry: string;
  reference: string;
}

export function problemWords(problem: Problem): ProblemWords {
  return {
    words: stateWords(problem, problem.error),
    retry: problem.retry,
    reference: problem.reference,
  };
}
