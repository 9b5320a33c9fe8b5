/** Told by instrumentation-client.ts when the reader sets out for another page. */
export const LEAVING = "valvia:leaving";
