// The player of recordings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COVER, FOLDED, PHONE, RECORDING, SIZES, THEMES, axe, context, demandNone, load, openAll, openBook, watch }
  from "./lib/browser.js";

const { browser, site, richest } = await openBook();
const PAGE = richest(RECORDING);

async function reading(options, work) {
  const reader = await context(browser, options);
  try {
    const page = await reader.newPage();
    const faults = watch(page);
    await load(page, site.url(PAGE));
    await openAll(page, FOLDED);
    await work(page, page.locator("figure.recording trace-player"));
    demandNone(faults);
  } finally {
    await reader.close();
  }
}

test("the page has two recordings or more", () =>
  reading({}, async (page, players) => assert.ok(await players.count() >= 2)));

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing while stepping, ${theme}, ${size.width} px`, () =>
      reading({ theme, size }, async (page, players) => {
        const faults = [];
        for (const step of ["First", "Next"]) {
          for (const player of await players.all()) {
            await player.getByRole("button", { name: step }).click();
          }
          faults.push(...await axe(page, { selector: "figure.recording" }));
        }
        // In the middle, with the list open.
        for (const player of await players.all()) {
          await player.locator("details").evaluate((list) => { list.open = true; });
          const range = player.locator("input[type=range]");
          await range.fill(String(Math.floor(await range.getAttribute("max") / 2)));
        }
        faults.push(...await axe(page, { selector: "figure.recording" }));
        demandNone(faults);
      }));
  }
}

test("each step is told, marked in the list and drawn", () =>
  reading({}, async (page, players) => {
    for (const player of await players.all()) {
      const name = await player.getAttribute("data-listing");
      const items = player.locator("details.trace-steps ol ol > li");
      const count = await items.count();
      assert.ok(count > 1, `${name} has ${count} steps`);
      assert.equal(Number(await player.locator("input[type=range]").getAttribute("max")), count - 1);
      const live = player.locator("output");
      assert.equal(await live.getAttribute("aria-live"), "polite");
      const next = player.getByRole("button", { name: "Next" });
      const told = new Set();
      for (let step = 0; step < count; step += 1) {
        await next.click();
        const text = await live.textContent();
        assert.ok(!told.has(text), `${name}: step ${step + 1} changes nothing: ${text}`);
        told.add(text);
        const item = (await items.nth(step).textContent()).trim();
        assert.ok(text.startsWith(`${step + 1} of ${count}`) && text.includes(item),
          `${name}: step ${step + 1} says "${text}", the list "${item}"`);
        assert.equal(await items.nth(step).getAttribute("aria-current"), "step");
        assert.equal(await player.locator("[aria-current]").count(), 1);
        assert.ok(await player.locator(`svg [data-s="${step}"].now`).count() > 0,
          `${name}: step ${step + 1} is not drawn`);
      }
      await next.click();
      assert.ok((await live.textContent()).startsWith(`${count} of ${count}`), "it ends there");
    }
  }));

test("the names of the lanes stay in view on a phone", () =>
  reading({ size: PHONE }, async (page, players) => {
    for (const player of await players.all()) {
      const name = await player.getAttribute("data-listing");
      const found = await player.evaluate((element) => {
        const scroll = element.querySelector(".trace-scroll");
        scroll.scrollLeft = scroll.scrollWidth;
        const view = scroll.getBoundingClientRect();
        return {
          lanes: [...element.querySelectorAll(".trace-lanes span")].map((lane) => {
            const box = lane.getBoundingClientRect();
            return { text: lane.textContent, width: box.width,
              seen: box.left >= view.left - 1 && box.right <= view.right + 1 };
          }),
          column: element.querySelectorAll(".trace-lanes").length,
          scrolled: scroll.scrollLeft,
          free: view.width - (element.querySelector(".trace-lanes")?.getBoundingClientRect().width ?? 0),
        };
      });
      assert.ok(found.lanes.length > 0, `${name} has no lanes`);
      assert.equal(found.column, 1, `${name} has ${found.column} .trace-lanes`);
      for (const { text, width, seen } of found.lanes) {
        assert.ok(width > 0 && seen,
          `${name}: at ${found.scrolled} px the lane "${text}" is out of view`);
      }
      assert.ok(found.free >= 150, `${name}: the names leave ${found.free} px for the drawing`);
    }
  }));

test("the present mark stays in view on a phone", () =>
  reading({ size: PHONE }, async (page, players) => {
    for (const player of await players.all()) {
      const name = await player.getAttribute("data-listing");
      const count = Number(await player.locator("input[type=range]").getAttribute("max")) + 1;
      for (let step = 1; step <= count; step += 1) {
        await player.getByRole("button", { name: "Next" }).click();
        assert.ok(await player.evaluate((element) => {
          const view = element.querySelector(".trace-scroll").getBoundingClientRect();
          const left = element.querySelector(".trace-lanes")?.getBoundingClientRect().right ?? view.left;
          return [...element.querySelectorAll(".now")].some((mark) => {
            const box = mark.getBoundingClientRect();
            return box.right > left && box.left < view.right;
          });
        }), `${name}: step ${step} is out of view`);
      }
    }
  }));

test("nothing moves by itself in a recording", () =>
  reading({}, async (page, players) => {
    const moving = () => page.evaluate(() => document.getAnimations()
      .filter((animation) => animation.effect.target?.closest("figure"))
      .map((animation) => `${animation.constructor.name} on ${animation.effect.target.tagName}`));
    const told = async () => Promise.all((await players.all())
      .map((player) => player.locator("output").textContent()));
    await page.clock.install();
    await load(page, page.url());
    await openAll(page, FOLDED);
    assert.deepEqual(await moving(), []);
    await players.first().getByRole("button", { name: "First" }).click();
    assert.deepEqual(await moving(), []);
    const before = await told();
    await page.clock.runFor(60_000);
    assert.deepEqual(await told(), before, "a minute later");
  }));

for (const name of [PAGE, COVER, "appendix-corrections.html"]) {
  test(`with less motion wished for, nothing on ${name} is animated`, () =>
    reading({ reducedMotion: "reduce" }, async (page) => {
      await load(page, site.url(name));
      demandNone(await page.evaluate(() => {
        const found = new Set();
        for (const element of document.querySelectorAll("*")) {
          for (const part of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, part);
            for (const kind of ["transition", "animation"]) {
              // A hundredth of a millisecond still tells scripts that it has ended.
              const lasts = style[`${kind}Duration`].split(",").some((time) => parseFloat(time) >= 0.001);
              if (lasts) {
                found.add(`${element.tagName.toLowerCase()}${element.id && `#${element.id}`}` +
                  `${part ?? ""}: ${kind} of ${style[`${kind}Duration`]}`);
              }
            }
          }
        }
        return [...found];
      }));
    }));
}
