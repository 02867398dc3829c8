// What the reader has read, where they were, and how they forget it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COVER, SIZES, THEMES, axe, context, demandNone, load, openBook, tabTo, watch }
  from "./lib/browser.js";

const { browser, site, pages } = await openBook();

const ENTRY = "ch06-05-tokio-concurrency.html";
const section = pages.filter((name) => name.startsWith(ENTRY.replace(".html", "")));
const PAGE = "ch06-05-tokio-concurrency/cancel-safety.html";

async function reading(work, options) {
  const reader = await context(browser, options);
  try {
    const page = await reader.newPage();
    const faults = watch(page);
    await work(page, (name) => load(page, site.url(name)));
    demandNone(faults);
  } finally {
    await reader.close();
  }
}

const read = (page) => page.locator(".page-read > .chapter-link-wrapper > a:first-child")
  .evaluateAll((links) => links.map((link) => link.href));
const count = (page) => page.locator(`#mdbook-sidebar li:has(> span > a[href$="${ENTRY}"]) .read-count`)
  .textContent();

test("a page is marked by keyboard, and its section counts", () => reading(async (page, open) => {
  await open(PAGE);
  assert.deepEqual(await read(page), []);
  const button = page.locator("button.mark-read");
  assert.equal(await button.textContent(), "Mark this page as read");
  await tabTo(page, "button.mark-read");
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await open(ENTRY);
  assert.deepEqual(await read(page), [site.url(PAGE)], "the mark is kept, under the page's whole name");
  assert.equal(await count(page), `1/${section.length}`);
  assert.equal(await page.locator("button.mark-read").getAttribute("aria-pressed"), "false");
  for (const name of section.filter((name) => name !== PAGE)) {
    await page.goto(site.url(name));
    await page.locator("button.mark-read").click();
  }
  await open(COVER);
  assert.equal(await count(page), "");
  // Other sections have pages of the same name.
  assert.equal((await read(page)).length, section.length);
  const entry = page.locator("#mdbook-sidebar .chapter > li.page-read > .chapter-link-wrapper > a:first-child");
  assert.deepEqual(await entry.evaluateAll((links) => links.map((link) => link.href)), [site.url(ENTRY)]);
}));

test("the mark of a section that was one page is that of all its pages", () => reading(async (page, open) => {
  await open(COVER);
  await page.evaluate((entry) => localStorage.setItem("book-progress",
    JSON.stringify({ read: { [entry]: true }, known: { "Why?": "yes" } })), ENTRY);
  await open(PAGE);
  assert.equal((await read(page)).length, section.length);
  await page.locator("button.mark-read").click();
  await open(PAGE);
  assert.equal(await count(page), `${section.length - 1}/${section.length}`, "taken back, it stays so");
  const { known } = await page.evaluate(() => JSON.parse(localStorage.getItem("book-progress")));
  assert.deepEqual(known, { "Why?": "yes" });
}));

test("who comes back to the cover goes on where they were", () => reading(async (page, open) => {
  await open(COVER);
  assert.equal(await page.locator(".resume").count(), 0, "a newcomer has nothing to go on with");
  await open(PAGE);
  const figure = await page.locator("main figure[id]").last().evaluate((last) => {
    last.scrollIntoView({ behavior: "instant" });
    return last.id;
  });
  // A look at the glossary is not where they were.
  await open("appendix-glossary.html");
  await open(COVER);
  const link = page.locator(".resume a");
  assert.match(await link.textContent(), /^Continue with Cancel safety/);
  await tabTo(page, ".resume a");
  await page.keyboard.press("Enter");
  await page.waitForURL(site.url(`${PAGE}#${figure}`));
}));

test("to clear all asks first", () => reading(async (page, open) => {
  await open(PAGE);
  await page.locator("button.mark-read").click();
  const dialog = page.getByRole("dialog", { name: "Clear all progress?" });
  const ask = async () => {
    await tabTo(page, "button.clear-progress");
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    assert.match(await dialog.textContent(), /1 page that/);
  };
  await ask();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".keep-progress")),
    "the harmless answer has the focus");
  // The keys of mdBook wait.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("s");
  assert.equal(page.url(), site.url(PAGE));
  for (const key of ["Enter", "Escape"]) {
    await page.keyboard.press(key);
    await dialog.waitFor({ state: "hidden" });
    assert.equal((await read(page)).length, 1, `${key} keeps the mark`);
    assert.ok(await page.evaluate(() => document.activeElement.matches(".clear-progress")));
    await ask();
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(await read(page), []);
  assert.match(await page.locator(".progress-note [role=status]").textContent(), /cleared/);
  const place = await page.evaluate(() => ["mark-read", "clear-progress"]
    .map((name) => document.querySelector(`.${name}`).getBoundingClientRect().top));
  assert.ok(place[1] - place[0] > 150, `to clear stands ${place[1] - place[0]} px below to mark`);
}));

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing in marks, offer and question, ${theme}, ${size.width} px`, () =>
      reading(async (page, open) => {
        await open(PAGE);
        await page.locator("button.mark-read").click();
        await page.locator("button.clear-progress").click();
        const faults = await axe(page, { selector: "dialog" });
        await page.keyboard.press("Escape");
        await open(COVER);
        assert.equal(await page.locator(".resume").count(), 1);
        faults.push(...await axe(page));
        // The offer has its place: nothing moves when it comes.
        faults.push(...await page.evaluate(() => new Promise((done) => {
          new PerformanceObserver((list) => done(list.getEntries().map((shift) => `shift of ${shift.value}`)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done([]), 100);
        })));
        demandNone(faults);
      }, { theme, size }));
  }
}
