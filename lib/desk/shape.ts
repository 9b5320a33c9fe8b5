import { z } from "zod";

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: Schema | boolean;
  format?: string;
}

/** What a body may look like, in the notation people know from TypeScript: fields with `?` may be left out. */
export function shapeOf(schema: z.ZodType): string {
  return written(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Schema,
    "",
  );
}

function written(schema: Schema | boolean | undefined, indent: string): string {
  if (schema === undefined || typeof schema === "boolean") return "any";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const union = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (union) return [...new Set(union.map((inner) => written(inner, indent)))].join(" | ");
  if (schema.properties) return object(schema, schema.properties, indent);
  if (schema.type === "array") return list(schema.items, indent);
  if (schema.type === "object") return `{ [name]: ${written(schema.additionalProperties, indent)} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return schema.format && type === "string" ? schema.format : type;
}

function object(schema: Schema, properties: Record<string, Schema>, indent: string): string {
  const deeper = `${indent}  `;
  const fields = Object.entries(properties).map(([name, inner]) => {
    const mark = schema.required?.includes(name) ? "" : "?";
    return `${deeper}${name}${mark}: ${written(inner, deeper)}`;
  });
  return fields.length === 0 ? "{}" : `{\n${fields.join("\n")}\n${indent}}`;
}

function list(items: Schema | boolean | undefined, indent: string): string {
  const inner = written(items, indent);
  return inner.includes(" | ") && !inner.startsWith("{") ? `(${inner})[]` : `${inner}[]`;
}
