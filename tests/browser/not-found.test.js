// A wrong address, at any depth.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COVER, SIZES, THEMES, axe, context, demandNone, load, openBook, watch } from "./lib/browser.js";

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
          // The book's own page, with a way to the cover and to each section.
          const ways = await page.locator("main a[href]").evaluateAll((links) => links.map((link) => link.href));
          assert.ok(ways.includes(site.url(COVER)), `${ways}`);
          assert.equal(ways.filter((way) => /ch06-\d\d-[^/]*\.html$/.test(way)).length, 10);
          for (const way of ways.filter((way) => !way.includes("#"))) {
            assert.equal((await page.request.get(way)).status(), 200, way);
          }
          // Chromium reports the page itself.
          demandNone([...faults.filter((fault) => !/status of 404/.test(fault)), ...await axe(page)]);
          await page.keyboard.press("s");
          await page.keyboard.type("futurelock");
          const first = page.locator("#mdbook-searchresults a").first();
          await first.waitFor();
          assert.ok((await first.evaluate((link) => link.href)).startsWith(site.url("ch06-05")),
            "a search from here leads into the book");
        } finally {
          await reader.close();
        }
      });
    }
  }
}
