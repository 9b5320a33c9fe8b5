import { type BrowserContext, type BrowserContextOptions, type Page, test as base } from "@playwright/test";
import { signIn } from "./browser";

interface Elsewhere {
  /** A page in a browser of its own, beside the one of the journey. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
  /** The same with somebody of the demo signed in. */
  signedIn: (email: string) => Promise<Page>;
}

/**
 * A journey in more than one browser. Each of them is closed with its journey: left open, its pages would go on
 * listening for news, and each later journey of the same worker would record them too.
 */
export const test = base.extend<Elsewhere>({
  elsewhere: async ({ browser }, hand) => {
    const opened: BrowserContext[] = [];
    await hand(async (options) => {
      const context = await browser.newContext(options);
      opened.push(context);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  signedIn: async ({ elsewhere }, hand) => {
    await hand(async (email) => {
      const page = await elsewhere();
      await signIn(page, email);
      return page;
    });
  },
});
