import { z } from "zod";
import { normalEmail, PASSWORD_MAX, PASSWORD_MIN, rolesOf } from "./person";

// PostgreSQL text cannot hold NUL.
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Please fill this in.")
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.");

export const emailField = z
  .string()
  .max(320)
  .transform((text, context) => {
    const email = normalEmail(text);
    if (email) return email;
    context.addIssue({ code: "custom", message: "Enter an e-mail address such as name@example.org." });
    return z.NEVER;
  });

export const localeField = z.enum(["en", "de", "zh", "ru", "ar"]).default("en");

const newPassword = z
  .string()
  .min(PASSWORD_MIN, `At least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `At most ${PASSWORD_MAX} characters.`);

export const createAccountForm = z.object({
  email: emailField,
  password: newPassword,
  name: line(120),
  locale: localeField,
});
export type CreateAccountForm = z.output<typeof createAccountForm>;

export const signInForm = z.object({
  email: emailField,
  password: z.string().min(1).max(PASSWORD_MAX),
  next: z.string().max(500).optional(),
});
export type SignInForm = z.output<typeof signInForm>;

/** A code of the app or a recovery code; which one it is shows when it is read. */
const codeField = z.string().min(1).max(40);

export const secondStepForm = z.object({ code: codeField });
export const confirmAuthenticatorForm = z.object({
  code: codeField,
  password: z.string().max(PASSWORD_MAX).default(""),
});
export type ConfirmAuthenticatorForm = z.output<typeof confirmAuthenticatorForm>;

// What a browser says of a passkey; what it means is checked by its signature.
const encoded = z.string().max(20_000);
const credential = {
  id: z.string().min(1).max(2_000),
  rawId: z.string().max(2_000),
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}).default({}),
};
const passkeyName = line(60);

export const addPasskeyForm = z.object({
  name: passkeyName,
  password: z.string().max(PASSWORD_MAX).default(""),
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded,
      attestationObject: encoded,
      transports: z.array(z.string().max(40)).max(10).default([]),
    }),
  }),
});
export type AddPasskeyForm = z.output<typeof addPasskeyForm>;

export const passkeyProof = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
});
export type PasskeyProof = z.output<typeof passkeyProof>;

const nextField = z.string().max(500).optional();
export const passkeyDoorForm = z.object({
  purpose: z.enum(["sign_in", "second", "confirm"]),
  /** Left out to ask what must be signed. */
  response: passkeyProof.optional(),
  next: nextField,
});

export const editPasskeyForm = z.object({ passkeyId: z.uuid(), name: passkeyName });
export const passkeyIdForm = z.object({ passkeyId: z.uuid() });

export const editAccountForm = z.object({ name: line(120), locale: z.enum(["en", "de", "zh", "ru", "ar"]) });
export type EditAccountForm = z.output<typeof editAccountForm>;

export const changePasswordForm = z.object({
  oldPassword: z.string().max(PASSWORD_MAX).default(""),
  newPassword,
});
export type ChangePasswordForm = z.output<typeof changePasswordForm>;

export const TOKEN_SCOPES = ["all", "read"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
const scopeField = z
  .enum(TOKEN_SCOPES)
  .default("all")
  .describe("What the token may do: everything its person may, or only read.");

export const createTokenForm = z.object({
  email: emailField,
  password: z.string().min(1).max(PASSWORD_MAX),
  name: line(80).default("API"),
  scope: scopeField,
  otp: z
    .string()
    .max(12)
    .optional()
    .describe("A code of the authenticator app or a recovery code: needed by whoever signs in in two steps."),
});
export type CreateTokenForm = z.output<typeof createTokenForm>;

const staffRoles = z.array(z.enum([...rolesOf("operator"), ...rolesOf("clinic")])).max(5);
export const changeRolesForm = z.object({
  roles: staffRoles.min(1, "Choose at least one role."),
  seen: staffRoles
    .optional()
    .describe(
      "The roles you last saw. Have they changed since, nothing happens and the answer is stale_roles.",
    ),
});
export type ChangeRolesForm = z.output<typeof changeRolesForm>;

/** How an administrator makes sure who asks: a call back to a known number, or papers seen. */
export const IDENTITY_CHECKS = ["called_back", "papers_seen"] as const;
export const removeFactorsForm = z.object({
  reason: z.enum(IDENTITY_CHECKS).describe("How it was made sure who asks. Kept with the trace of the act."),
});
export type RemoveFactorsForm = z.output<typeof removeFactorsForm>;
export const removePatientFactorsForm = removeFactorsForm.extend({ email: emailField });
export type RemovePatientFactorsForm = z.output<typeof removePatientFactorsForm>;

/** With the password of whoever signs in by nothing else. */
export const newTokenForm = z.object({
  name: line(80),
  scope: scopeField,
  password: z.string().max(PASSWORD_MAX).default(""),
});
export type NewTokenForm = z.output<typeof newTokenForm>;
export const tokenIdForm = z.object({ tokenId: z.uuid() });
export const sessionIdForm = z.object({ sessionId: z.uuid() });
/** The page of the account that waits for a link from a mail. */
export const ownLinkForm = z.object({ page: z.enum(["account", "account/second-factor"]) });
export const signInLinkForm = z.object({ email: emailField, next: z.string().max(500).optional() });
