"use client";

import { createContext, useContext } from "react";
import { IDLE } from "@/components/ui/form-state";
import type { FormState } from "@/components/ui/form-state";

/** The last answer of the action around a field. Outside an ActionForm it is idle. */
export const FormContext = createContext<FormState>(IDLE);

/** Names the form a field stands in, so that a refusal can link to its fields without scripts. Null outside an ActionForm. */
export const FormPlace = createContext<string | null>(null);

/** The id of a refused field of this form; no other form of the page has it. */
export function refusedId(form: string, name: string): string {
  return `${form}-${name}`;
}

type Refusal = Extract<FormState, { status: "refused" }>;

type Answer = Required<Pick<Refusal, "errors" | "values" | "others">> & {
  /** What was sent stands in `values`: a box that is not there was not ticked. */
  hasValues: boolean;
};

export function useRefusal(): Answer {
  const state = useContext(FormContext);
  if (state.status !== "refused") return { errors: {}, values: {}, others: {}, hasValues: false };
  const { errors = {}, values = {}, others = {} } = state;
  return { errors, values, others, hasValues: state.values !== undefined };
}

export interface FieldWiring {
  id: string;
  name: string;
  describedBy: string | undefined;
  invalid: boolean;
  /** What was typed before a refusal. */
  typed: string | undefined;
}

export const FieldContext = createContext<FieldWiring | null>(null);

export function useField(): FieldWiring {
  const field = useContext(FieldContext);
  if (field === null) throw new Error("A control stands in a <Field>, which gives it a name and a label.");
  return field;
}
