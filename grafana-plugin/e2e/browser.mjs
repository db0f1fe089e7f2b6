// Chromium as the system has it; nothing is downloaded, nothing is asked from elsewhere.
import { chromium } from 'playwright-core';

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A page that reports what goes wrong in it. */
export async function newPage(
  browser,
  { width = 1440, height = 900, theme = 'dark', context } = {},
) {
  const place =
    context ?? (await browser.newContext({ viewport: { width, height }, colorScheme: theme }));
  const page = await place.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(message.text());
  });
  return page;
}
