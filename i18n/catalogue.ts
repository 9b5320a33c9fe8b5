// Written by i18n/write-catalogue.mjs; one namespace per file of locales/en.
import type common from "@/locales/en/common.json";
import type problem from "@/locales/en/problem.json";
import type refusals from "@/locales/en/refusals.json";

export interface Catalogue {
  common: typeof common;
  problem: typeof problem;
  refusals: typeof refusals;
}
