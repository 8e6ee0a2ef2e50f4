import { defineConfig } from '@playwright/test';

// Of `npm test`, which starts the site; or of `npm start`, to walk one journey by hand.
const address = process.env.E2E_BASE_URL ?? 'http://localhost:3000';

/**
 * Journeys in a real browser, at the size of a phone, against a site that already runs. `npm test` builds and starts it
 * (scripts/test.ts) and says where Chromium is.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Only to end what hangs: how fast it goes is measured in bench/.
  timeout: 600_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  // A journey that passes the second time is a defect to be seen: never tried again by hand, and told by name at the end
  // of the suite where it is (docs/decisions/0123-journeys-tried-twice.md).
  retries: Number(process.env.JOURNEY_RETRIES ?? 0),
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: address,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 360, height: 740 },
    // What is not there is told within the minute, not at the end of the journey.
    actionTimeout: 60_000,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
  },
});
