import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

/** `npm test` starts the product and says where it is; the browser is one already on the machine. */
export default defineConfig({
  testDir: "tests/journeys",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // `npm test` asks for them in rounds (scripts/steps/journeys.mjs); by hand, ask for one of them by `--project`.
  projects: [
    { name: "journeys", testIgnore: /kill|every-page/ },
    // What patients do, once more on a phone.
    {
      name: "phone",
      testMatch: /(patient|booking)(-[a-z]+)?-web/,
      use: { viewport: { width: 360, height: 780 }, hasTouch: true },
    },
    // Every page there is, once nobody moves things about any more.
    { name: "face", testMatch: /every-page/, fullyParallel: true },
    // It takes the server away from everybody else.
    { name: "kill", testMatch: /kill/ },
  ],
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: process.env["VALVIA_TEST_URL"] ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // To keep a trace of those that fail, every page of the others is recorded too; ask for one by `--trace=on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env["CHROMIUM_PATH"] ? { executablePath: process.env["CHROMIUM_PATH"] } : {}),
      args: [
        // Chromium's sandbox refuses root.
        ...(asRoot ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
      ],
    },
  },
});
