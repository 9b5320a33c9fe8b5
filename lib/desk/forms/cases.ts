import { z } from "zod";
import { type CasesQuery, casesQuery } from "@/lib/cases/forms";
import { paramsOf, type SearchParams } from "./nested";

/** The filters of the table of cases as its address says them; one that does not exist is no filter. */
export function deskCasesQuery(params: SearchParams): CasesQuery {
  const given = paramsOf(params);
  const read = casesQuery.safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
  return casesQuery.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

export const taskIdForm = z.object({ taskId: z.uuid() });
