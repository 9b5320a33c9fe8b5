/** SQLSTATE of a database error, wherever Prisma 7 hides it; null when it is not one. */
export function sqlState(error: unknown): string | null {
  for (const found of walk(error, 0)) {
    for (const key of ["originalCode", "code", "sqlState"]) {
      const value = found[key];
      if (typeof value === "string" && /^[0-9A-Z]{5}$/.test(value) && !/^P\d{4}$/.test(value)) return value;
      if (value === "P2002") return "23505";
      if (value === "P2034") return "40001";
    }
  }
  return null;
}

function* walk(value: unknown, depth: number): Generator<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || depth > 5) return;
  const record = value as Record<string, unknown>;
  yield record;
  for (const key of ["cause", "meta", "driverAdapterError", "originalError", "error"]) {
    yield* walk(record[key], depth + 1);
  }
}

export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === "40001" || state === "40P01";
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === "23505";
}

/** Two live claims of one resource would overlap. */
export function isExclusionViolation(error: unknown): boolean {
  return sqlState(error) === "23P01";
}

export function isCheckViolation(error: unknown): boolean {
  return sqlState(error) === "23514";
}

/** Too many were before us in the queue for a connection: nothing of this step was begun. */
export function isCrowded(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isLate = "code" in error && error.code === "P2028" && error.message.includes("Unable to start");
  return isLate || error.message === "timeout exceeded when trying to connect";
}
