import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { createAccountForm, createTokenForm } from "./forms";

export const accountView = z.object({ id: z.uuid(), token: z.string() });
export const tokenView = z.object({ id: z.uuid(), token: z.string() });
export const waitForMailView = z.object({ status: z.literal("check_your_mail") });

export const peopleApi: ApiOperation[] = [
  {
    method: "post",
    path: "/accounts",
    tag: "People",
    summary: "Open an account",
    roles: [],
    body: createAccountForm,
    answers: {
      201: { description: "Opened (demo mode); the token is shown once.", schema: accountView },
      202: {
        description: "A mail says how to go on; also for an address already known.",
        schema: waitForMailView,
      },
    },
  },
  {
    method: "post",
    path: "/tokens",
    tag: "People",
    summary: "Make a bearer token from address and password",
    roles: [],
    body: createTokenForm,
    answers: { 201: { description: "The token, shown once.", schema: tokenView } },
    refusals: ["wrong_password", "too_many", "otp_required", "wrong_code"],
  },
];
