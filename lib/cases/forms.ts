import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { TREATMENTS } from "@/lib/guides/treatment";
import { emailField } from "@/lib/people/forms";
import { STAGES } from "./case";
import { COMPANION_SCOPES } from "./invitation";
import { pageForm } from "./page";

/** A text PostgreSQL can keep: trimmed, not empty, no NUL and no half characters. */
export const textField = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Please fill this in.")
    .max(max, `At most ${max} characters.`)
    .refine(isStorable, "Contains a character that cannot be stored.");

function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

const JSON_DEPTH_MAX = 12;
const JSON_CHARACTERS_MAX = 20_000;

function isStorableJson(value: unknown, depth = 0): boolean {
  if (depth > JSON_DEPTH_MAX) return false;
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorableJson(inner, depth + 1));
}

/** Structured answers kept as they were given: an object, a list or a text of at most 20,000 characters. */
export const answersField = z
  .union([z.record(z.string(), z.unknown()), z.array(z.unknown()), z.string()])
  .refine((value) => isStorableJson(value), "Nested too deeply, or holds a character that cannot be stored.")
  .refine((value) => JSON.stringify(value).length <= JSON_CHARACTERS_MAX, "Too long.");

const REGIONS = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** ISO 3166-1 alpha-2, in capitals. */
export const countryField = z
  .string()
  .regex(/^[A-Za-z]{2}$/, "Two letters, such as DE.")
  .transform((code) => code.toUpperCase())
  .refine((code) => code !== "ZZ" && REGIONS.of(code) !== undefined, "There is no such country.");

/** A wording is named by its version: "1", "2026-04". A bare number is taken as its text. */
export const textVersionField = z
  .union([z.string(), z.number().int().min(0).max(1_000_000)])
  .transform(String)
  .pipe(textField(40));

export const languageField = z.enum(["en", "de", "zh", "ru", "ar"]);
const dayField = z.string().refine((day) => isDay(day) && day >= "1900-01-01", "A day such as 1951-03-24.");

const contactForm = z.object({
  name: textField(120),
  email: emailField,
  country: countryField,
  phone: z
    .string()
    .regex(
      /^\+?[0-9 ()./-]{3,40}$/,
      "Write a telephone number with its country code, such as +49 221 4710 123.",
    )
    .optional(),
});

const redFlagsForm = z.object({
  restBreathlessness: z.boolean(),
  restAngina: z.boolean(),
  syncope: z.boolean(),
  oxygenBelow92: z.boolean().nullable().describe("Null: not measured."),
  strokeSigns: z.boolean().optional(),
  heavyBleeding: z.boolean().optional(),
  feverWithImplant: z.boolean().optional(),
});

/** Somebody may not know yet which treatment is meant; the clinics say. */
export const TREATMENT_WISHES = [...TREATMENTS, "not-sure"] as const;

const clinicField = textField(120).describe("The centre to start with, by its slug: a wish, no consent.");

const intake = {
  treatment: z.enum(TREATMENT_WISHES),
  problem: textField(4_000),
  contact: contactForm,
  redFlags: redFlagsForm,
  symptoms: answersField.optional(),
  values: answersField.optional(),
  birthOn: dayField.optional(),
  language: languageField.optional(),
  clinic: clinicField.optional(),
};

export const startCaseForm = z.object({
  ...intake,
  consent: z.object({ textVersion: textVersionField }).optional(),
});
export type StartCaseForm = z.output<typeof startCaseForm>;

export const editCaseForm = z.object({
  ...z.object(intake).partial().shape,
  contact: contactForm.partial().optional(),
  redFlags: redFlagsForm.partial().optional(),
  clinic: clinicField.nullable().optional(),
  seenByDoctor: z.boolean().optional(),
  intakeStep: textField(40).optional(),
  version: z.number().int().min(1).max(2_000_000_000).optional(),
});
export type EditCaseForm = z.output<typeof editCaseForm>;

/** The first step on the web, before there is an account: nothing medical is stored without this consent. */
export const startDraftForm = z.object({
  consent: z.object({ textVersion: textVersionField }),
  language: languageField.default("en"),
  clinic: clinicField.optional(),
  treatment: intake.treatment.optional(),
});
export type StartDraftForm = z.output<typeof startDraftForm>;

/** Where the way back to a draft is mailed; the address is not kept with the case. */
export const sendDraftLinkForm = z.object({ email: emailField, language: languageField });
export type SendDraftLinkForm = z.output<typeof sendDraftLinkForm>;

export const submitCaseForm = z.object({
  consent: z.literal(true, "Please agree that we may look at your answers."),
  textVersion: textVersionField.optional(),
});
export type SubmitCaseForm = z.output<typeof submitCaseForm>;

export const assignCaseForm = z
  .object({ coordinatorId: z.uuid().optional(), email: emailField.optional() })
  .refine((form) => form.coordinatorId || form.email, {
    error: "Name the coordinator.",
    path: ["coordinatorId"],
  });
export type AssignCaseForm = z.output<typeof assignCaseForm>;

/** `until: null` takes the hold away. */
export const holdCaseForm = z.union([
  z.object({ reason: textField(300), until: z.iso.datetime({ offset: true }) }),
  z.object({ until: z.null() }),
]);
export type HoldCaseForm = z.output<typeof holdCaseForm>;

export const cancelCaseForm = z.object({ cause: textField(200) });
export type CancelCaseForm = z.output<typeof cancelCaseForm>;

export const changeStageForm = z.object({ to: z.enum(STAGES), reason: textField(1_000).optional() });
export type ChangeStageForm = z.output<typeof changeStageForm>;

export const giveConsentForm = z.object({
  clinic: textField(120),
  country: countryField.optional(),
  textVersion: textVersionField,
  deidentified: z.boolean().default(false),
  language: languageField.default("en"),
});
export type GiveConsentForm = z.output<typeof giveConsentForm>;

export const giveAccessForm = z.object({
  email: emailField,
  scopes: z.array(z.enum(COMPANION_SCOPES)).max(COMPANION_SCOPES.length).default(["read"]),
});
export type GiveAccessForm = z.output<typeof giveAccessForm>;

export const accessIdForm = z.object({ accessId: z.uuid() });

export const acceptInvitationForm = z.object({ token: textField(100) });

const caseFilters = {
  stage: z.enum(STAGES).optional(),
  owner: z.enum(["me", "nobody"]).optional(),
  waitingOn: z.enum(["patient", "coordinator", "clinic", "finance", "nobody"]).optional(),
  q: textField(100).optional(),
};
export const caseFiltersForm = z.object(caseFilters);
export type CaseFilters = z.output<typeof caseFiltersForm>;

export const casesQuery = z.object({ ...pageForm, ...caseFilters });
export type CasesQuery = z.output<typeof casesQuery>;

/** A view of the table of cases under a name; one without a filter would be the table itself. */
export const saveViewForm = z.object({
  name: textField(60),
  filters: caseFiltersForm.refine(
    (filters) => Object.values(filters).some((value) => value !== undefined),
    "Filter the table first, then keep the view.",
  ),
});
export type SaveViewForm = z.output<typeof saveViewForm>;

export const viewIdForm = z.object({ viewId: z.uuid() });

export const pageQuery = z.object(pageForm);
export type PageQuery = z.output<typeof pageQuery>;

export const consentTextsQuery = z.object({
  purpose: z.enum(["health_intake", "triage", "share_with_clinic"]).optional(),
  language: languageField.optional(),
});
export type ConsentTextsQuery = z.output<typeof consentTextsQuery>;
