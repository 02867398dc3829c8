// The corrections: verdicts as signs, and the filter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, SIZES, THEMES, axe, context, demandNone, load, openBook, tabTo, watch }
  from "./lib/browser.js";

const { browser, site } = await openBook();
const PAGE = "appendix-corrections.html";

async function reading(work, options) {
  const reader = await context(browser, options);
  try {
    const page = await reader.newPage();
    const faults = watch(page);
    await load(page, site.url(PAGE));
    await work(page);
    demandNone(faults);
  } finally {
    await reader.close();
  }
}

/** The rows that are shown, each with its verdict and the sections of its links. */
const shown = (page) => page.locator("main tbody tr:visible").evaluateAll((rows) => rows.map((row) => ({
  id: row.querySelector("[id]")?.id,
  verdict: row.querySelector(".finding")?.textContent ?? "",
  sections: [...row.querySelectorAll("a[href]")].map((link) => /ch06-(\d+)/.exec(link.getAttribute("href"))?.[1]),
})));

test("the filter works by keyboard, and says how many rows are left", () => reading(async (page) => {
  const all = await shown(page);
  const status = page.locator(".filter output");
  assert.equal(await status.textContent(), `All ${all.length} rows`);
  await tabTo(page, ".filter select");
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent.split(" ")[0]), "Verdict");
  await page.keyboard.press("o");
  const outdated = await shown(page);
  assert.ok(outdated.length > 0 && outdated.length < all.length);
  assert.deepEqual([...new Set(outdated.map(({ verdict }) => verdict))], ["outdated"]);
  assert.equal(await status.textContent(), `${outdated.length} of ${all.length} rows`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent.split(" ")[0]), "Section");
  await page.keyboard.type("6.1 ");
  const first = await shown(page);
  assert.ok(first.length > 0 && first.length < outdated.length);
  for (const { id, sections } of first) assert.ok(sections.includes("01"), id);
  // No heading stands over tables that are gone.
  const orphans = await page.locator("main > :is(h2, h3):visible").evaluateAll((heads) => heads.filter((head) => {
    const tables = [];
    for (let next = head.nextElementSibling; next && !(next.matches("h2, h3") && next.tagName <= head.tagName);
      next = next.nextElementSibling) tables.push(...next.querySelectorAll("table"));
    return tables.length > 0 && !tables.some((table) => table.checkVisibility());
  }).map((head) => head.id));
  assert.deepEqual(orphans, []);
}));

test("a link to a row that is filtered away shows it", () => reading(async (page) => {
  const goal = (await shown(page)).find(({ verdict }) => verdict === "false").id;
  await page.locator(".filter select").first().selectOption("outdated");
  assert.ok(!(await shown(page)).some(({ id }) => id === goal));
  await page.evaluate((id) => { location.hash = id; }, goal);
  await page.locator(`[id="${goal}"]`).waitFor({ state: "visible" });
  assert.match(await page.locator(".filter output").textContent(), /^All/);
}));

test("each verdict has a sign of its own beside its word", () => reading(async (page) => {
  const signs = await page.locator(".finding").evaluateAll((marks) => Object.fromEntries(marks
    .map((mark) => [mark.textContent, getComputedStyle(mark, "::before").content.split("/")[0].trim()])));
  assert.deepEqual(Object.keys(signs).sort(), ["false", "half-true", "outdated", "unproven"]);
  assert.equal(new Set(Object.values(signs)).size, 4, JSON.stringify(signs));
}));

test("without scripts the tables are whole, and no control is shown", async () => {
  const reader = await context(browser, { javaScriptEnabled: false, size: DESKTOP });
  try {
    const page = await reader.newPage();
    await page.goto(site.url(PAGE));
    assert.ok(await page.locator("main tbody tr:visible").count() > 100);
    assert.equal(await page.locator("main :is(select, button, input):visible").count(), 0);
  } finally {
    await reader.close();
  }
});

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing while rows are chosen, ${theme}, ${size.width} px`, () => reading(async (page) => {
      await page.locator(".filter select").first().selectOption("half-true");
      await page.locator(".filter select").last().selectOption({ index: 5 });
      const box = await page.evaluate(() => {
        const [filter, head] = [".filter", "main > h2:not([hidden])"]
          .map((part) => document.querySelector(part).getBoundingClientRect());
        return head.top - filter.bottom;
      });
      assert.ok(box >= 0, `the filter lies ${-box} px over the heading below`);
      demandNone(await axe(page));
    }, { theme, size }));
  }
}
