// Takes pictures of pages in both themes and sizes, to be looked at.

import fs from "node:fs";
import path from "node:path";
import { COVER, RECORDING, SIZES, THEMES, context, launch, load } from "./lib/browser.js";
import { renderBook, richest, serve } from "./lib/site.js";

const folder = path.join(import.meta.dirname, "screenshots");
fs.mkdirSync(folder, { recursive: true });
const browser = await launch();
const dir = renderBook();
const site = await serve(dir);
const recorded = richest(dir, RECORDING);
const entry = `${recorded.split("/")[0].replace(/\.html$/, "")}.html`;
for (const theme of THEMES) {
  for (const size of SIZES) {
    const reader = await context(browser, { theme, size });
    for (const name of [COVER, entry, recorded, "appendix-corrections.html", "404.html"]) {
      const page = await reader.newPage();
      await load(page, site.url(name));
      const file = path.join(folder, `${name.replace(".html", "").replaceAll("/", "-")}-${theme}-${size.width}.png`);
      // More than the beginning of a chapter could not be made out.
      const height = Math.min(2400, await page.evaluate(() => document.body.scrollHeight));
      await page.setViewportSize({ ...size, height });
      await page.screenshot({ path: file });
      console.log(path.relative(process.cwd(), file));
      await page.close();
    }
    await reader.close();
  }
}
await browser.close();
await site.close();
