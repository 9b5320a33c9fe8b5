import type { BuildOptions } from "esbuild";

export function bundleReader(): Promise<void>;
export const BUNDLING: BuildOptions;
