// What the reader gets into the clipboard and into the link to the Playground.

import assert from "node:assert/strict";
import { test } from "node:test";
import { context, demandNone, load, openBook } from "./lib/browser.js";
import { listings, program } from "./lib/site.js";

const { browser, site, pages } = await openBook();
const reader = await context(browser, { permissions: ["clipboard-read", "clipboard-write"] });

/** Presses a button and reads what it has put into the clipboard. */
async function copied(page, button) {
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await button.click();
  await page.waitForFunction(async () => await navigator.clipboard.readText() !== "nothing yet");
  return page.evaluate(() => navigator.clipboard.readText());
}

test("every listing is copied whole, and opens whole in the Playground", async (t) => {
  const files = listings();
  const faults = [];
  const seen = { whole: 0, part: 0, open: 0 };
  for (const name of pages.filter((page) => /^ch|^intro/.test(page))) {
    const page = await reader.newPage();
    await load(page, site.url(name));
    for (const figure of await page.locator("figure.listing").all()) {
      const id = await figure.getAttribute("id");
      const wanted = program(files.get(id));
      seen[await figure.locator(".boring").count() ? "part" : "whole"] += 1;
      const button = figure.locator(".listing-bar button.listing-copy");
      if (await button.count() !== 1) {
        faults.push(`${name}: ${id} has ${await button.count()} copy buttons in its bar`);
        continue;
      }
      const text = await copied(page, button);
      if (text.trimEnd() !== wanted) {
        faults.push(`${name}: the copy of ${id} is not its file, but:\n${text.slice(0, 200)}`);
      }
      if (await figure.getAttribute("data-run") === null) continue;
      seen.open += 1;
      const open = new URL(await figure.locator("a.listing-open").getAttribute("href"));
      const { code, ...settings } = Object.fromEntries(open.searchParams);
      assert.deepEqual([open.origin, settings],
        ["https://play.rust-lang.org", { version: "stable", mode: "debug", edition: "2024" }]);
      if (code.trimEnd() !== wanted) {
        faults.push(`${name}: the Playground gets of ${id} not its file, but:\n${code.slice(0, 200)}`);
      }
    }
    await page.close();
  }
  demandNone(faults);
  for (const [kind, count] of Object.entries(seen)) assert.ok(count > 0, `no listing is ${kind}`);
  t.diagnostic(`${seen.whole} shown whole, ${seen.part} in part, ${seen.open} open in the Playground`);
});

test("of a console, the commands are copied", async () => {
  const faults = [];
  let count = 0;
  for (const name of pages.filter((page) => page !== "print.html")) {
    const page = await reader.newPage();
    await load(page, site.url(name));
    for (const code of await page.locator("main code.language-console:visible").all()) {
      const shown = await code.textContent();
      const wanted = shown.split("\n").filter((line) => line.startsWith("$ "))
        .map((line) => line.slice(2)).join("\n");
      assert.notEqual(wanted, "", `${name} has a console block without command`);
      count += 1;
      const text = await copied(page, page.locator("pre").filter({ has: code }).locator("button"));
      if (text.trimEnd() !== wanted) faults.push(`${name}: of\n${shown}was copied\n${text}`);
    }
    await page.close();
  }
  demandNone(faults);
  assert.ok(count > 0, "the book has no console block");
});
