// Written by i18n/write-catalogue.mjs; one namespace per file of locales/en.
import type account from "@/locales/en/account.json";
import type areas from "@/locales/en/areas.json";
import type cases from "@/locales/en/cases.json";
import type common from "@/locales/en/common.json";
import type emergency from "@/locales/en/emergency.json";
import type guides from "@/locales/en/guides.json";
import type home from "@/locales/en/home.json";
import type intake from "@/locales/en/intake.json";
import type mails from "@/locales/en/mails.json";
import type payments from "@/locales/en/payments.json";
import type problem from "@/locales/en/problem.json";
import type refusals from "@/locales/en/refusals.json";
import type treatments from "@/locales/en/treatments.json";
import type trust from "@/locales/en/trust.json";

export interface Catalogue {
  account: typeof account;
  areas: typeof areas;
  cases: typeof cases;
  common: typeof common;
  emergency: typeof emergency;
  guides: typeof guides;
  home: typeof home;
  intake: typeof intake;
  mails: typeof mails;
  payments: typeof payments;
  problem: typeof problem;
  refusals: typeof refusals;
  treatments: typeof treatments;
  trust: typeof trust;
}
