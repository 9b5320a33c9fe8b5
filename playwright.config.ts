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
  // The kill comes last and alone: it takes the server away from everybody else.
  projects: [
    { name: "journeys", testIgnore: /kill|every-page/ },
    // What patients do, once more on a phone.
    {
      name: "phone",
      testMatch: /(patient|booking)(-[a-z]+)?-web/,
      use: { viewport: { width: 360, height: 780 }, hasTouch: true },
    },
    // Every page there is, once nobody moves things about any more.
    { name: "face", testMatch: /every-page/, fullyParallel: true, dependencies: ["journeys", "phone"] },
    { name: "kill", testMatch: /kill/, dependencies: ["face"] },
  ],
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: process.env["VALVIA_TEST_URL"] ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
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
