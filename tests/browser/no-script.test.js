// The book without JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CODE, RECORDING, RUNS, SIZES, context, demandNone, openBook } from "./lib/browser.js";

const { browser, site, richest } = await openBook();
// A page with much code, and one with recordings.
const LONG = richest(CODE);
const RECORDED = richest(RECORDING);

for (const colorScheme of ["light", "dark"]) {
  for (const size of SIZES) {
    test(`without scripts, ${colorScheme}, ${size.width} px`, async () => {
      const reader = await context(browser, { javaScriptEnabled: false, colorScheme, size });
      try {
        const page = await reader.newPage();
        await page.goto(site.url(LONG), { waitUntil: "load" });
        assert.equal(await page.locator("main h1:visible").count(), 1);
        assert.ok((await page.locator("main").innerText()).length > 4_000, "the text is there");
        const found = await page.evaluate(() => {
          const back = getComputedStyle(document.documentElement).backgroundColor;
          const faults = [];
          let blocks = 0;
          for (const code of document.querySelectorAll("main pre > code")) {
            const style = getComputedStyle(code);
            blocks += 1;
            const place = code.textContent.slice(0, 30);
            if ([back, "rgba(0, 0, 0, 0)"].includes(style.backgroundColor)) {
              faults.push(`code has the background of the page: ${place}`);
            }
            if (style.overflowX !== "auto") faults.push(`overflow-x is ${style.overflowX}: ${place}`);
          }
          for (let frame = document.querySelector("main"); frame; frame = frame.parentElement) {
            if (frame.scrollWidth > frame.clientWidth) {
              faults.push(`the page scrolls sideways in ${frame.tagName} ${frame.className}`);
            }
          }
          return { faults, blocks };
        });
        assert.ok(found.blocks > 5);
        demandNone(found.faults);
        for (const way of ["prev", "next"]) {
          const link = page.locator(`a[rel~=${way}]:visible`).first();
          assert.match(await link.getAttribute("href"), /ch06-.*\.html$/);
        }
        // Nobody can unfold the sidebar's sections: they are open.
        const folded = await page.frameLocator("#mdbook-sidebar iframe").locator("body").evaluate((body) =>
          [...body.querySelectorAll("a[href]")].filter((link) => !link.checkVisibility()).length);
        assert.equal(folded, 0, "pages are folded in the sidebar");
        await page.goto(site.url(RECORDED), { waitUntil: "load" });
        for (const figure of await page.locator("figure.recording").all()) {
          const fold = page.locator("details.recorded:not([open])").filter({ has: figure });
          if (await fold.count()) await fold.locator("> summary").click();
          assert.ok(await figure.locator("svg").first().isVisible());
          await figure.locator("details.trace-steps > summary").click();
          assert.ok(await figure.locator("ol ol > li").first().isVisible(), "the list opens");
        }
        const dead = await page.locator("main button:visible, main .listing-bar:visible").count();
        assert.equal(dead, 0, "no button is shown that does nothing");
      } finally {
        await reader.close();
      }
    });
  }
}

test("with scripts, the bar shows the command of the caption", async () => {
  const commands = async (javaScriptEnabled, selector) => {
    const reader = await context(browser, { javaScriptEnabled });
    const found = {};
    for (const name of [LONG, RECORDED, richest(RUNS), richest(/<figure class="listing"/g)]) {
      const page = await reader.newPage();
      await page.goto(site.url(name), { waitUntil: "load" });
      Object.assign(found, await page.evaluate((css) => Object.fromEntries(
        [...document.querySelectorAll("figure.listing")].map((figure) => [figure.id,
          figure.querySelector(css)?.textContent.replace(/\s+/g, " ").trim()])), selector));
    }
    await reader.close();
    return found;
  };
  const written = await commands(false, "figcaption > code:last-child");
  assert.ok(Object.keys(written).length > 5);
  assert.deepEqual(await commands(true, ".listing-bar code"), written);
});
