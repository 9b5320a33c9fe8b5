// Stands in for "server-only" in programs that are servers anyhow.
export {};
