import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";

const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const GENERAL: Record<string, string> = {
  400: "The body is not valid JSON.",
  401: "No session and no valid bearer token.",
  404: "Not there, or not yours.",
  409: "A conflict of state or capacity; `code` says which.",
  422: "Something in the input is not valid; `errors` names each field.",
  429: "Too many tries; wait `Retry-After` seconds.",
};

/** The OpenAPI 3.1 description of these operations, made from the schemas that validate. */
export function openApiOf(operations: readonly ApiOperation[], serverUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, { [operation.method]: describe(operation) });
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Valvia API",
      version: "1",
      description:
        "Every command and query of the main job. Money is whole minor units with an ISO 4217 currency; times are RFC 3339. " +
        "Send an Idempotency-Key with every POST that creates or pays.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: schemaOf(problemView, "output") },
    },
    paths,
  };
}

function describe(operation: ApiOperation): object {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return {
    tags: [operation.tag],
    summary: operation.summary,
    description: descriptionOf(operation),
    operationId: `${operation.method}${operation.path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(operation.roles.length === 0 ? { security: [] } : {}),
    parameters: [...names.map(pathParameter), ...queryParameters(operation.query), ...idempotency(operation)],
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(operation.body, "input") } },
          },
        }
      : {}),
    responses: responsesOf(operation),
  };
}

function descriptionOf(operation: ApiOperation): string {
  const who = operation.roles.length === 0 ? "Anyone." : `For: ${operation.roles.join(", ")}.`;
  const codes = operation.refusals?.length ? ` Refuses with: ${operation.refusals.join(", ")}.` : "";
  return `${who}${codes}`;
}

function pathParameter(name: string): object {
  return { name, in: "path", required: true, schema: { type: "string" } };
}

function queryParameters(query: z.ZodType | undefined): object[] {
  if (!query) return [];
  const schema = schemaOf(query, "input") as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }));
}

function idempotency(operation: ApiOperation): object[] {
  if (operation.method !== "post" || operation.roles.length === 0) return [];
  return [
    { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 255 } },
  ];
}

function responsesOf(operation: ApiOperation): Record<string, object> {
  const answers = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      ...(answer.schema
        ? { content: { "application/json": { schema: schemaOf(answer.schema, "output") } } }
        : {}),
    },
  ]);
  const general = Object.entries(GENERAL)
    .filter(([status]) => !(status in operation.answers))
    .map(([status, description]) => [
      status,
      {
        description,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]);
  return Object.fromEntries([...answers, ...general]);
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
