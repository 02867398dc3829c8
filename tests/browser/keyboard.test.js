// What a reader without a mouse can do, with real key presses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COVER, DESKTOP, FOLDED, PHONE, QUESTION, RECORDING, RUNS, context, load, openAll, openBook, tabTo }
  from "./lib/browser.js";
import { listings, program } from "./lib/site.js";

const { browser, site, richest } = await openBook();
const CODE = richest(RUNS);
const RECORDED = richest(RECORDING);
/** A page among its section's, and a section's first. */
const BETWEEN = "ch06-05-tokio-concurrency/futurelock.html";
const ENTRY = "ch06-06-parallel-programming.html";

/** Opens a page, does something with the keyboard, closes it. */
async function reading(name, work, options = {}) {
  const reader = await context(browser, {
    permissions: ["clipboard-read", "clipboard-write"], ...options,
  });
  try {
    const page = await reader.newPage();
    await load(page, site.url(name));
    if (name === RECORDED) await openAll(page, FOLDED);
    await work(page);
  } finally {
    await reader.close();
  }
}

const focused = (page) => page.evaluate(() => {
  const { tagName, id, className } = document.activeElement;
  return `${tagName.toLowerCase()}#${id}.${className}`;
});
const focusIsIn = (page, selector) => page.evaluate(
  (s) => document.activeElement.closest(s) !== null, selector);
const fileOf = (page) => page.url().slice(site.url("").length).split(/[?#]/)[0];

for (const size of [DESKTOP, PHONE]) {
  test(`the skip link comes first and leads to the text, ${size.width} px`, () =>
    reading(CODE, async (page) => {
      await page.keyboard.press("Tab");
      assert.ok(await focusIsIn(page, "a.skip-link"), `first is ${await focused(page)}`);
      assert.ok(await page.locator("a.skip-link").evaluate((link) => {
        const { left, top, right, bottom } = link.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      }), "the focused skip link cannot be seen");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.ok(await focusIsIn(page, "main"), `after it comes ${await focused(page)}`);
    }, { size }));

  test(`Enter and Space open and close the sidebar, ${size.width} px`, () =>
    reading(CODE, async (page) => {
      const button = page.locator("button#sidebar-button");
      const sidebar = page.locator("#mdbook-sidebar");
      await tabTo(page, "#sidebar-button");
      const seen = () => sidebar.evaluate((nav) => {
        const { left, right } = nav.getBoundingClientRect();
        return right > 0 && left < innerWidth && nav.checkVisibility({ visibilityProperty: true });
      });
      for (const key of ["Enter", "Space", "Enter", "Space"]) {
        const before = await button.getAttribute("aria-expanded");
        assert.equal(String(await seen()), before, "aria-expanded does not say what is seen");
        await page.keyboard.press(key);
        const after = before === "true" ? "false" : "true";
        assert.equal(await button.getAttribute("aria-expanded"), after, `after ${key}`);
        // It slides out of view.
        await page.waitForFunction(([word]) => {
          const { left, right } = document.querySelector("#mdbook-sidebar").getBoundingClientRect();
          return String(right > 0 && left < innerWidth) === word;
        }, [after], { timeout: 2000 });
        assert.ok(await focusIsIn(page, "#sidebar-button"), "the button keeps the focus");
      }
    }, { size }));
}

test("the focus never enters a closed sidebar", () =>
  reading(CODE, async (page) => {
    assert.equal(await page.locator("#sidebar-button").getAttribute("aria-expanded"), "false");
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press("Tab");
      assert.ok(!await focusIsIn(page, "#mdbook-sidebar"), await focused(page));
    }
  }, { size: PHONE }));

for (const [how, open] of [
  ["the key /", (page) => page.keyboard.press("/")],
  ["the key s", (page) => page.keyboard.press("s")],
  ["its button", async (page) => {
    await tabTo(page, "#mdbook-search-toggle");
    await page.keyboard.press("Enter");
  }],
]) {
  test(`search, opened by ${how}, finds a word and leads there`, () =>
    reading(COVER, async (page) => {
      await open(page);
      const bar = page.locator("#mdbook-searchbar");
      await bar.waitFor({ state: "visible" });
      await page.waitForFunction(
        () => document.activeElement === document.querySelector("#mdbook-searchbar")
          && !document.activeElement.disabled);
      await page.keyboard.type("futurelock");
      const result = page.locator(`#mdbook-searchresults a[href*="${BETWEEN}"]`).first();
      await result.waitFor({ state: "visible" });
      const goal = await result.evaluate((link) => new URL(link.href).hash);
      // Each ArrowDown marks the next result.
      const place = await result.evaluate((link) => [...document.querySelectorAll(
        "#mdbook-searchresults > li")].indexOf(link.closest("li")));
      for (let presses = 0; presses <= place; presses += 1) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname.endsWith(BETWEEN) && url.hash === goal);
      await page.waitForFunction((hash) => {
        const box = document.getElementById(hash.slice(1)).getBoundingClientRect();
        return box.top >= 0 && box.top < innerHeight;
      }, decodeURIComponent(goal));
    }));
}

test("Enter in the search bar leads to the first result", () =>
  reading(COVER, async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("futurelock");
    const first = page.locator("#mdbook-searchresults a").first();
    await first.waitFor({ state: "visible" });
    const goal = await first.evaluate((link) => link.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(goal);
    assert.match(await page.locator("main").innerText(), /futurelock/i);
  }));

test("the copy button copies", () =>
  reading(CODE, async (page) => {
    await tabTo(page, "button.listing-copy");
    const name = await page.evaluate(() => document.activeElement.closest("figure").id);
    await page.keyboard.press("Enter");
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.trimEnd(), program(listings().get(name)));
  }));

test("all buttons of a listing can be reached and seen", () =>
  reading(CODE, async (page) => {
    for (const part of ["button.listing-copy", "button.listing-run", "a.listing-open"]) {
      await tabTo(page, `figure.listing[data-run] .listing-bar ${part}`);
      assert.ok(await page.evaluate(() => document.activeElement.checkVisibility(
        { opacityProperty: true, visibilityProperty: true })), `${part} cannot be seen`);
      const { width, height } = await page.evaluate(() => {
        const { width, height } = document.activeElement.getBoundingClientRect();
        return { width, height };
      });
      assert.ok(width >= 24 && height >= 24, `${part} is ${width} by ${height} px`);
    }
  }));

test("the arrow keys turn the page, but not while a recording is stepped", () =>
  reading(RECORDED, async (page) => {
    const player = page.locator("trace-player").first();
    const text = () => player.locator("output").textContent();
    await tabTo(page, "trace-player input[type=range]");
    await page.keyboard.press("End");
    assert.match(await text(), /^(\d+) of \1\b/, "End goes to the last step");
    await page.keyboard.press("Home");
    assert.match(await text(), /^1 of /, "Home goes to the first step");
    await page.keyboard.press("ArrowRight");
    assert.match(await text(), /^2 of /, "ArrowRight makes a step");
    await page.keyboard.press("ArrowLeft");
    assert.match(await text(), /^1 of /, "ArrowLeft makes a step back");
    const box = player.locator(".trace-bar");
    for (const [name, wanted] of [["First", /^1 of /], ["Next", /^2 of /], ["Next", /^3 of /],
      ["Back", /^2 of /], ["All", /^All /]]) {
      await box.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
      assert.match(await text(), wanted, `${name} by Enter`);
      await page.keyboard.press("ArrowRight");
      assert.equal(fileOf(page), RECORDED, `ArrowRight on ${name} turns the page`);
    }
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("ArrowRight");
    await page.waitForURL((url) => !url.pathname.endsWith(RECORDED));
    await load(page, page.url());
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL((url) => url.pathname.endsWith(RECORDED));
  }));

test("with all steps shown, each key goes to the step it names", () =>
  reading(RECORDED, async (page) => {
    const player = page.locator("trace-player").first();
    await tabTo(page, "trace-player input[type=range]");
    for (const [key, wanted] of [["Home", /^1 of /], ["End", /^(\d+) of \1\b/]]) {
      await player.getByRole("button", { name: "All" }).click();
      await player.locator("input[type=range]").focus();
      await page.keyboard.press(key);
      assert.match(await player.locator("output").textContent(), wanted, `${key} after All`);
    }
  }));

test("Tab passes through the whole player", () =>
  reading(RECORDED, async (page) => {
    await tabTo(page, "trace-player .trace-bar button");
    const reached = [];
    for (let presses = 0; presses < 9; presses += 1) {
      reached.push(await page.evaluate(() => document.activeElement.textContent.trim()
        || document.activeElement.tagName));
      await page.keyboard.press("Tab");
    }
    for (const name of ["First", "Back", "Next", "All", "INPUT"]) {
      assert.ok(reached.includes(name), `Tab does not reach ${name}, but ${reached}`);
    }
  }));

test("arrow keys on a listing's buttons do not turn the page", () =>
  reading(CODE, async (page) => {
    for (const part of ["button.listing-copy", "button.listing-run", "a.listing-open"]) {
      await tabTo(page, part);
      // mdBook listens to the document: what reaches it turns the page.
      await page.evaluate(() => {
        window.turned = false;
        document.addEventListener("keydown", () => { window.turned = true; });
      });
      await page.keyboard.press("ArrowRight");
      assert.ok(!await page.evaluate(() => window.turned), `ArrowRight on ${part} reaches mdBook`);
    }
  }));

test("the links to the next and the previous page say where they lead", async () => {
  for (const name of [BETWEEN, ENTRY]) {
    await reading(name, async (page) => {
      const links = page.locator(".nav-chapters:visible");
      assert.equal(await links.count(), 2);
      for (const link of await links.all()) {
        const title = await link.locator(".chapter-title").textContent();
        const goal = await page.context().newPage();
        await load(goal, await link.evaluate((a) => a.href));
        assert.equal(await goal.locator("main h1").first().textContent(), title);
        await goal.close();
      }
    });
  }
});

test("an answer to a question is kept", () =>
  reading(richest(QUESTION), async (page) => {
    const questions = page.locator(".check-yourself fieldset");
    assert.ok(await questions.count() > 0, "there are no questions");
    for (const question of await questions.all()) {
      assert.notEqual((await question.locator("legend").innerText()).trim(), "");
    }
    await tabTo(page, ".check-yourself fieldset summary");
    await page.keyboard.press("Enter");
    await tabTo(page, ".check-yourself fieldset input, .check-yourself fieldset button");
    await page.keyboard.press("Space");
    const state = () => questions.first().evaluate((set) => [...set.querySelectorAll("input, button")]
      .map((control) => control.checked ?? control.ariaPressed).join());
    const chosen = await state();
    assert.match(chosen, /true/);
    await load(page, page.url());
    assert.equal(await state(), chosen, "the answer is kept");
  }));

test("the sidebar shows the pages of the section that is read, and folds the others", () =>
  reading(BETWEEN, async (page) => {
    const seen = () => page.locator("#mdbook-sidebar .chapter > li > ol:visible").count();
    assert.equal(await seen(), 1);
    assert.equal(await page.locator("#mdbook-sidebar li:has(> ol .active) > ol:visible").count(), 1);
    const folds = page.locator("#mdbook-sidebar button.chapter-fold-toggle");
    assert.ok(await folds.count() >= 10);
    for (const fold of await folds.all()) {
      assert.match(await fold.getAttribute("aria-label"), /^Pages of 6\.\d+ /);
    }
    // The first is folded: the page is one of another section.
    await tabTo(page, "#mdbook-sidebar button.chapter-fold-toggle");
    for (const [key, state, count] of [["Enter", "true", 2], ["Space", "false", 1]]) {
      await page.keyboard.press(key);
      assert.equal(await folds.first().getAttribute("aria-expanded"), state);
      assert.equal(await seen(), count, `after ${key}`);
    }
  }));

test("on a phone, a heading in the sidebar closes it and is shown", () =>
  reading(richest(/<h2 id/g), async (page) => {
    await page.locator("#sidebar-button").click();
    const heading = page.locator(".on-this-page a").last();
    const goal = await heading.evaluate((link) => link.hash);
    await heading.click();
    await page.waitForFunction(() => document.querySelector("#mdbook-sidebar").getBoundingClientRect().right <= 0
      || !document.querySelector("#mdbook-sidebar").checkVisibility());
    assert.equal(await page.locator("#sidebar-button").getAttribute("aria-expanded"), "false");
    assert.equal(new URL(page.url()).hash, goal);
    assert.ok(await page.locator(`[id="${goal.slice(1)}"]`).evaluate((head) => {
      const { left, top } = head.getBoundingClientRect();
      return left >= 0 && left < innerWidth && top >= 0 && top < innerHeight;
    }), "the heading is out of view");
  }, { size: PHONE }));
