/** What every server action of a form answers: `(before: FormState, form: FormData) => Promise<FormState>`. */
export type FormState =
  | { status: "idle" }
  | {
      status: "done";
      message?: string;
      /** What is shown once and never again, such as recovery codes. */
      codes?: readonly string[];
    }
  | {
      status: "refused";
      /** The refusal by its code, where the page does more than say it. */
      code?: string;
      /** What happened, what was kept, what to do. */
      message: string;
      /** Field name to sentence. */
      errors?: Record<string, string>;
      /** Field name to what a list of problems calls it, where its own label stands in many lines: "Line 3, Expected". */
      labels?: Record<string, string>;
      /** Field name to what somebody else saved there meanwhile; with the words of a button where this person typed too. */
      others?: Record<string, { value: string; take?: string }>;
      /** Typed values to show again; never passwords. */
      values?: Record<string, string>;
    };

export type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

export const IDLE: FormState = { status: "idle" };
