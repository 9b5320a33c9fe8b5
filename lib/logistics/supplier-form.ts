import { z } from "zod";
import { dateOf } from "@/lib/kernel/day";
import { pageForm } from "@/lib/cases/page";
import { dayField, plainText } from "@/lib/estimates/forms";
import { RESIDENCES } from "@/lib/guides/residence";
import { seenAtField } from "@/lib/records/forms";
import { languageField } from "./forms";
import { placeOf, SUPPLIER_KINDS } from "./supplier";

const countryField = z.string().refine((code) => RESIDENCES.includes(code), "There is no such country.");

const facts = {
  name: plainText(200),
  contact: plainText(500).optional(),
  country: countryField,
  city: plainText(120),
  termsAcceptedOn: dayField.optional(),
};

function kept<T extends { contact?: string | undefined; termsAcceptedOn?: string | undefined }>(form: T) {
  const { contact = null, termsAcceptedOn, ...rest } = form;
  return { ...rest, contact, termsAcceptedOn: termsAcceptedOn ? dateOf(termsAcceptedOn) : null };
}

/** A supplier as an administrator writes it down. What it does never changes: another trade is another supplier. */
export const addSupplierForm = z.object({ kind: z.enum(SUPPLIER_KINDS), ...facts }).transform(kept);
export type AddSupplierForm = z.output<typeof addSupplierForm>;

export const editSupplierForm = z.object({ seenAt: seenAtField, ...facts }).transform(kept);
export type EditSupplierForm = z.output<typeof editSupplierForm>;

/** A box that was ticked, or a word of the API. */
const ticked = z.union([z.literal("on").transform(() => true), z.boolean()]).default(false);

const person = {
  name: plainText(120),
  place: z
    .string()
    .regex(/^[A-Z]{2} \S/)
    .max(125)
    .transform(placeOf),
  phone: plainText(60).optional(),
  languages: z.array(languageField).max(40).default([]),
  gender: z.enum(["female", "male"]).optional(),
  medicalTraining: ticked,
  certificate: plainText(200).optional(),
  vehicle: plainText(120).optional(),
  plate: plainText(30).optional(),
  seats: z.coerce.number().int().min(1).max(60).optional(),
  wheelchair: ticked,
};

/** A driver with the vehicle, or an interpreter with the languages. */
export const addResourceForm = z.object(person);
export type AddResourceForm = z.output<typeof addResourceForm>;

export const editResourceForm = z.object({ seenAt: seenAtField, ...person });
export type EditResourceForm = z.output<typeof editResourceForm>;

/** Which of the two a page retires, or takes back. */
export const retireForm = z.object({ seenAt: seenAtField });
export type RetireForm = z.output<typeof retireForm>;

/** What the list of suppliers may be asked for. */
export const supplierListForm = z.object({
  q: plainText(100).optional(),
  kind: z.enum(SUPPLIER_KINDS).optional(),
  ...pageForm,
});
export type SupplierListForm = z.output<typeof supplierListForm>;
