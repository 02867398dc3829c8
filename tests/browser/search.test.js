// The search: what comes first, and what the reader sees who follows it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COVER, PHONE, context, demandNone, load, openBook, watch } from "./lib/browser.js";

const { browser, site } = await openBook();

/** Searches for `words` from the cover; what is found, best first. */
async function searched(page, words) {
  await load(page, site.url(COVER));
  await page.keyboard.press("/");
  await page.locator("#mdbook-searchbar:focus").waitFor();
  await page.keyboard.insertText(words);
  // mdBook listens to the keys.
  await page.keyboard.press("Shift");
  await page.locator("#mdbook-searchresults-header", { hasText: `'${words}'` }).waitFor();
  return page.locator("#mdbook-searchresults > li").evaluateAll((items) => items.map((item) => ({
    name: item.querySelector("a").textContent,
    href: item.querySelector("a").href,
    teaser: item.querySelector(".teaser").textContent,
  })));
}

async function reading(work, options) {
  const reader = await context(browser, options);
  try {
    const page = await reader.newPage();
    const faults = watch(page);
    await work(page);
    demandNone(faults);
  } finally {
    await reader.close();
  }
}

/** What is marked, and whether the reader sees it. */
const marked = (page) => page.locator("main mark").evaluateAll((marks) => marks.map((mark) => {
  const { top, bottom } = mark.getBoundingClientRect();
  return { text: mark.textContent.replace(/\s+/g, " "),
    seen: top >= 0 && bottom <= innerHeight && mark.checkVisibility() };
}));

for (const [words, first, size] of [
  ["Cannot start a runtime from within a runtime", /^ch06-04/],
  ["there is no reactor running", /^ch06-04/],
  ["future cannot be sent between threads safely", /^ch06-0/],
  ["does not live long enough", /^ch06-0/],
  ["cannot be unpinned", /^ch06-02/],
  ["use of moved value", /^ch06-0/],
  ["cannot be unpinned", /^ch06-02/, PHONE],
]) {
  test(`"${words}" leads to these words${size ? " on a phone" : ""}`, () => reading(async (page) => {
    const [best] = await searched(page, words);
    const place = best.href.slice(site.url("").length);
    assert.match(place, first);
    assert.ok(best.teaser.toLowerCase().includes(words.toLowerCase()), `the teaser is ${best.teaser}`);
    await load(page, best.href);
    const marks = await marked(page);
    assert.ok(marks.length > 0 && marks.length <= 10, `${marks.length} marks`);
    for (const { text } of marks) assert.equal(text.toLowerCase(), words.toLowerCase());
    assert.ok(marks.some(({ seen }) => seen), "no mark is in view");
  }, { size }));
}

test("a fold that holds the words is opened, and no other", () => reading(async (page) => {
  await load(page, site.url(COVER));
  // A page with a word that stands in one fold only.
  const found = await page.evaluate(async (root) => {
    const names = [...document.querySelectorAll("#mdbook-sidebar .chapter a[href]")].map((link) => link.href);
    for (const name of names.filter((name) => name.startsWith(root))) {
      const text = await (await fetch(name)).text();
      const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
      const folds = [...main.querySelectorAll("details:is(.predict, .whatif)")];
      if (folds.length < 2) continue;
      for (const fold of folds) {
        const heads = [...main.querySelectorAll("h1, h2, h3")]
          .filter((head) => head.compareDocumentPosition(fold) & Node.DOCUMENT_POSITION_FOLLOWING);
        const lines = fold.querySelector("code.language-text")?.textContent.trim().split("\n") ?? [];
        const words = lines.find((line) => line.length >= 12 && !/[^\w :,.-]/.test(line)
          && main.textContent.split(line).length === 2);
        if (words) return { name, words, at: heads.at(-1).id };
      }
    }
    return null;
  }, site.url(""));
  assert.ok(found, "no page has a fold with words of its own beside another one");
  await load(page, `${found.name}?highlight=${encodeURIComponent(found.words.replaceAll(" ", "\u00a0"))}#${found.at}`);
  assert.deepEqual(await marked(page), [{ text: found.words.replace(/\s+/g, " "), seen: true }]);
  assert.equal(await page.locator("main details[open]").count(), 1);
}));

test("words that stand apart are marked as words, in the part that was found", () => reading(async (page) => {
  const [best] = await searched(page, "deadlock queue runtime");
  await load(page, best.href);
  const marks = await marked(page);
  assert.ok(marks.length > 0 && marks.length < 60, `${marks.length} marks`);
  for (const { text } of marks) assert.match(text, /^(deadlock|queue|runtime)$/i);
  assert.ok(marks.some(({ seen }) => seen), "no mark is in view");
}));

test("an address of stock mdBook marks the words in a row, too", () => reading(async (page) => {
  const [best] = await searched(page, "Cannot start a runtime from within a runtime");
  await load(page, best.href.replaceAll("%C2%A0", "%20"));
  const texts = new Set((await marked(page)).map(({ text }) => text));
  assert.deepEqual([...texts], ["Cannot start a runtime from within a runtime"]);
}));

test("a half-typed word is understood, and a name says the way once", () => reading(async (page) => {
  const results = await searched(page, "futurelo");
  assert.match(results[0].name, /^6\.5 [^»]* » Futurelock[^»]*$/);
}));
