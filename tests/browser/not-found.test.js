// A wrong address, at any depth.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SIZES, THEMES, axe, context, demandNone, load, openBook, watch } from "./lib/browser.js";

const { browser, site } = await openBook();

for (const wrong of ["nowhere.html", "no/such/chapter.html"]) {
  for (const theme of THEMES) {
    for (const size of SIZES) {
      test(`${wrong}, ${theme}, ${size.width} px`, async () => {
        const reader = await context(browser, { theme, size });
        try {
          const page = await reader.newPage();
          const faults = watch(page);
          const lost = [];
          page.on("response", (response) => {
            if (response.status() !== 200) lost.push(`${response.status()} ${response.url()}`);
          });
          await load(page, site.url(wrong));
          assert.deepEqual(lost, [`404 ${site.url(wrong)}`], "only the page is not found");
          const styles = await page.evaluate(() => [...document.styleSheets]
            .filter((sheet) => sheet.href).map((sheet) => sheet.cssRules.length));
          assert.ok(styles.length > 3 && styles.every((rules) => rules > 0), `${styles}`);
          const home = page.locator("#mdbook-sidebar a[href]").first();
          assert.ok((await home.evaluate((link) => link.href)).startsWith(site.url("")));
          // Chromium reports the page itself.
          demandNone([...faults.filter((fault) => !/status of 404/.test(fault)), ...await axe(page)]);
        } finally {
          await reader.close();
        }
      });
    }
  }
}
