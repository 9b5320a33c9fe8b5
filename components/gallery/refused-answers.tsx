"use client";

import type { ReactNode } from "react";
import { FormContext } from "@/components/ui/form-context";
import { FormErrorSummary } from "@/components/ui/form-error-summary";

interface RefusedAnswersProps {
  title: string;
  /** Field name to sentence. */
  errors: Record<string, string>;
  values: Record<string, string>;
  children: ReactNode;
}

/** What a form shows after a refusal, without one: no message, so the summary leaves the focus where it is. */
export function RefusedAnswers({ title, errors, values, children }: RefusedAnswersProps) {
  return (
    <FormContext value={{ status: "refused", message: "", errors, values }}>
      <FormErrorSummary title={title} refusal={{ message: "", errors }} />
      {children}
    </FormContext>
  );
}
