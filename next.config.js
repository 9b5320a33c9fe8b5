import createNextIntlPlugin from "next-intl/plugin";

const dev = process.env.NODE_ENV !== "production";

/**
 * Addresses of signed-in pages. proxy.ts gives them a policy with a nonce; everything else is static HTML,
 * which no nonce can reach. Keep in step with `SIGNED_IN` in i18n/addresses.ts.
 */
const SIGNED_IN = "my|desk|cabinet|account|signin|start|job|send|mailbox|dev";

const publicPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  `connect-src 'self'${dev ? " ws:" : ""}`,
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  ...(dev ? [] : ["require-trusted-types-for 'script'", "trusted-types nextjs nextjs#bundler default"]),
].join("; ");

/**
 * A worker's own program decides what the worker may do: the one that decodes medical files runs what we built, compiles
 * decoders, and talks to this server. On files that are no workers this means nothing.
 */
const workerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
].join("; ");

/** All that means anything on a script, a style sheet or a font. */
const onFiles = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const onPages = [
  ...onFiles,
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** Routes under /api set their own policy: a second header of the same name would be joined, not replaced. */
const PAGES = "/((?!api/|_next/static/|fonts/).*)";

/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  reactStrictMode: true,
  // `npm run check` types the whole tree, tests included; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  images: { unoptimized: true },
  cacheComponents: false,
  cacheMaxMemorySize: 64 * 1024 * 1024,
  experimental: {
    globalNotFound: true,
    // Pages written on demand stay in memory, within the bound above: made-up addresses cannot fill the disk.
    isrFlushToDisk: false,
    // Loading each of some two hundred pages before the first answer took most of a start; each is loaded when first asked for.
    preloadEntriesOnStart: false,
  },
  // The decoders' glue asks for these where it runs in Node only.
  turbopack: {
    resolveAlias: {
      fs: { browser: "./scripts/steps/empty.mjs" },
      path: { browser: "./scripts/steps/empty.mjs" },
    },
  },
  serverExternalPackages: [
    "@myriaddreamin/typst-ts-node-compiler",
    "@napi-rs/canvas",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "dicom-parser",
    "file-type",
    "nodemailer",
    "pdfjs-dist",
    "pg",
    "pg-boss",
    "pino",
    "prom-client",
    "sharp",
    "stripe",
  ],
  outputFileTracingIncludes: {
    "/**": [
      "./locales/**/*.json",
      // Documents and social cards are set on the server: their templates and the fonts they print with.
      "./lib/infra/pdf/**/*",
      "./node_modules/@expo-google-fonts/noto-sans/{400Regular,600SemiBold,700Bold}/*.ttf",
      "./node_modules/@expo-google-fonts/noto-sans-sc/{400Regular,700Bold}/*.ttf",
      "./node_modules/@fontsource-variable/newsreader/files/newsreader-latin{,-ext}-wght-normal.woff2",
      "./node_modules/@expo-google-fonts/ibm-plex-sans-arabic/{400Regular,600SemiBold,700Bold}/*.ttf",
    ],
  },
  headers: async () => [
    { source: PAGES, headers: onPages },
    { source: "/_next/static/:path*", headers: onFiles },
    {
      source: "/_next/static/:file(.+\\.js)",
      headers: [
        { key: "Content-Security-Policy", value: dev ? "default-src 'self' 'unsafe-eval'" : workerPolicy },
      ],
    },
    { source: "/fonts/:file*", headers: onFiles },
    {
      source: "/fonts/:file(.+\\.woff2)",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
    {
      source: `/((?!api/|_next/static/|fonts/|(?:en|de|zh|ru|ar)/(?:${SIGNED_IN})(?:/|$)).*)`,
      headers: [{ key: "Content-Security-Policy", value: publicPolicy }],
    },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }],
    },
  ],
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
