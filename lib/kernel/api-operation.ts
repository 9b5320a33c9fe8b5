import type { z } from "zod";

/** One operation of API v1 as the OpenAPI description shows it; made from the schemas that validate. */
export interface ApiOperation {
  method: "get" | "post" | "patch" | "put" | "delete";
  /** Below /api/v1, with parameters in braces: "/cases/{id}/submit". */
  path: string;
  tag: string;
  summary: string;
  /** Who may call it, in words of the role table; empty means anyone. */
  roles: readonly string[];
  query?: z.ZodType;
  body?: z.ZodType;
  answers: Readonly<Record<number, { description: string; schema?: z.ZodType }>>;
  /** Codes a caller must expect besides the general ones. */
  refusals?: readonly string[];
}
