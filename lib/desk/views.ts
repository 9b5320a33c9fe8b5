import { z } from "zod";
import { pageView } from "@/lib/cases/page";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { ROLES } from "@/lib/kernel/actor";
import { changeRolesForm, removeFactorsForm, removePatientFactorsForm } from "@/lib/people/forms";
import { staffListForm } from "./forms/staff";
import type { StaffMember } from "./queries/staff";

const staffSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  kind: z.enum(["operator", "clinic"]),
  clinic: z.string().nullable().describe("The clinic they work for, by its slug."),
  roles: z.array(z.enum(ROLES)),
  lastSeenAt: z.string().nullable(),
  factors: z.object({
    authenticator: z.boolean(),
    passkeys: z.number().int(),
    recoveryCodes: z.number().int().describe("How many are left."),
    owed: z.boolean().describe("Nothing opens for them until they have set one up."),
  }),
});

export function staffView(member: StaffMember): z.output<typeof staffSchema> {
  const { id, name, email, kind, clinic, roles, seenAt, factors } = member;
  const { hasApp, passkeys, recoveryCodes, isOwed } = factors;
  return {
    ...{ id, name, email, kind, roles },
    clinic: clinic?.slug ?? null,
    lastSeenAt: seenAt?.toISOString() ?? null,
    factors: { authenticator: hasApp, passkeys, recoveryCodes, owed: isOwed },
  };
}

const staffList = pageView(staffSchema);
const roles = ["admin"];

export const staffApi: ApiOperation[] = [
  {
    method: "get",
    path: "/staff",
    tag: "Staff",
    summary: "Everybody who works for the operator or a clinic, by name",
    roles,
    query: staffListForm,
    answers: { 200: { description: "A page of staff.", schema: staffList } },
  },
  {
    method: "get",
    path: "/staff/{id}",
    tag: "Staff",
    summary: "One member of staff",
    roles,
    answers: { 200: { description: "The member of staff.", schema: staffSchema } },
  },
  {
    method: "patch",
    path: "/staff/{id}",
    tag: "Staff",
    summary: "Change a colleague's roles; their sessions and tokens end",
    roles,
    body: changeRolesForm,
    answers: { 200: { description: "With the new roles.", schema: staffSchema } },
    refusals: ["own_roles", "invalid_roles", "stale_roles", "step_up_required"],
  },
  {
    method: "post",
    path: "/staff/{id}/sign-out",
    tag: "Staff",
    summary: "Sign a colleague out everywhere: every browser, every token",
    roles,
    answers: { 200: { description: "Signed out.", schema: staffSchema } },
    refusals: ["own_account", "step_up_required"],
  },
  {
    method: "post",
    path: "/staff/{id}/remove-factors",
    tag: "Staff",
    summary: "Remove every factor of a colleague who has lost them all",
    roles,
    body: removeFactorsForm,
    answers: { 200: { description: "Without a factor, and signed out everywhere.", schema: staffSchema } },
    refusals: ["own_account", "no_factors", "step_up_required"],
  },
  {
    method: "post",
    path: "/patient-factors/remove",
    tag: "Staff",
    summary: "Remove every factor of a patient who has lost them all, by their exact address",
    roles,
    body: removePatientFactorsForm,
    answers: {
      200: {
        description: "Without a factor, and signed out everywhere.",
        schema: z.object({ status: z.literal("removed") }),
      },
    },
    refusals: ["no_factors_there", "step_up_required", "too_many"],
  },
];
