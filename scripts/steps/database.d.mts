import type { Client } from "pg";

export function connect(connectionString: string): Promise<Client>;

/** Answers with the names of the migrations it applied. */
export function migrate(connectionString: string): Promise<string[]>;
