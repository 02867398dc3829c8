// Every page, on a desktop and on a phone, in light and in dark.

import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { COVER, DESKTOP, QUESTION, RECORDING, SIZES, axe, context, demandNone, load, openAll,
  openBook, settle, shifts, watch } from "./lib/browser.js";

const { browser, dir, site, richest, pages: all } = await openBook();

// mdBook writes the first page twice.
const read = (name) => fs.readFileSync(path.join(dir, name));
const pages = all.filter((name) => name !== "index.html"
  || !read(name).equals(read("introduction.html")));

/** So many columns of code are seen at once; rustfmt keeps listings within 80. */
const columns = (size) => size === DESKTOP ? 80 : 43;

/** What is too wide: the page, a block of code that needs scrolling, a block
 *  that shows too few columns. Recorded output is counted apart. */
const widths = (page, wanted) => page.evaluate((most) => {
  const tooWide = [];
  const hidden = [];
  const recorded = [];
  const narrow = [];
  // mdBook's own frame, too, scrolls what is too wide for it.
  for (let frame = document.querySelector("main"); frame; frame = frame.parentElement) {
    if (frame.scrollWidth > frame.clientWidth) {
      tooWide.push(`the page scrolls sideways: ${frame.scrollWidth} px in ${frame.clientWidth} ` +
        `of ${frame.tagName.toLowerCase()}#${frame.id}.${frame.className}`);
      break;
    }
  }
  for (const code of document.querySelectorAll("main pre > code")) {
    const style = getComputedStyle(code);
    const ruler = document.createElement("span");
    ruler.textContent = "0".repeat(100);
    code.append(ruler);
    const column = ruler.getBoundingClientRect().width / 100;
    ruler.remove();
    const room = code.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const place = `${code.closest("[id]")?.id}: ${code.textContent.split("\n", 1)[0].slice(0, 40)}`;
    // A hundredth of a column is rounding.
    const shown = Math.floor(room / column + 0.01);
    if (shown < most) narrow.push(`${shown} columns of code, not ${most}, in ${place}`);
    const pre = code.parentElement;
    if (code.scrollWidth > code.clientWidth || pre.scrollWidth > pre.clientWidth) {
      (code.matches(".language-text") ? recorded : hidden).push(`code is wider than its column: ${place}`);
    }
  }
  return { tooWide, hidden, recorded, narrow };
}, wanted);

/** The height of the text in screens of 1440 by 900, with folds closed. */
const screens = async (page) => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1440, height: 900 });
  // Where styles leave out what is far from the window, its height is a guess.
  const all = await page.addStyleTag({ content: "main, main * { content-visibility: visible !important; }" });
  const height = await page.evaluate(() => document.querySelector("main").getBoundingClientRect().height);
  await all.evaluate((style) => style.remove());
  await page.setViewportSize(before);
  return height / 900;
};
const MOST_SCREENS = 9;
const mayBeLong = (name) => name === "print.html" || name.startsWith("appendix-");

/** Chooses the other theme as a reader does. */
const choose = async (page, theme) => {
  await page.evaluate((name) => document.getElementById(`mdbook-theme-${name}`).click(), theme);
  await settle(page);
  // Colours glide into each other.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
};

// Of what axe tests, only colours depend on the theme, and they do not depend on
// the width: the dark theme is for these rules and the desktop.
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

for (const size of SIZES) {
  let scrolled = 0;
  let outputs = 0;
  let blocks = 0;
  let longest = 0;
  test(`every page at ${size.width} px`, { concurrency: 2 }, async (t) => {
    // The pages of one context share a process, and with it a core.
    const readers = [await context(browser, { size }), await context(browser, { size })];
    await Promise.all(pages.map((name) => t.test(name, async () => {
      const reader = readers.shift();
      readers.push(reader);
      const page = await reader.newPage();
      const faults = watch(page);
      await load(page, site.url(name));
      faults.push(...await shifts(page));
      if (size === DESKTOP) {
        const height = mayBeLong(name) ? 0 : await screens(page);
        longest = Math.max(longest, height);
        if (height > MOST_SCREENS) {
          faults.push(`${height.toFixed(1)} screens of 1440 by 900: cut it, at most ${MOST_SCREENS}`);
        }
      }
      // Closed answers and recordings are part of the page.
      await openAll(page);
      const { tooWide, hidden, recorded, narrow } = await widths(page, columns(size));
      faults.push(...tooWide, ...narrow);
      if (size === DESKTOP) faults.push(...hidden, ...recorded);
      if (name !== "print.html") {
        scrolled += hidden.length;
        outputs += recorded.length;
        blocks += await page.locator("main pre > code").count();
      }
      // Every colour on the page for printing is on another page, too; to
      // compute each contrast again takes as long as all other pages.
      if (name === "print.html") {
        faults.push(...await axe(page, { without: OF_COLOUR }));
      } else {
        faults.push(...await axe(page));
        if (size === DESKTOP) {
          await choose(page, "navy");
          faults.push(...await axe(page, { only: OF_COLOUR }));
          await choose(page, "light");
        }
      }
      await page.close();
      demandNone(faults);
    })));
    for (const reader of readers) await reader.close();
    t.diagnostic(`of ${blocks} blocks, ${scrolled} of code and ${outputs} ` +
      `of recorded output scroll sideways at ${size.width} px`);
    if (longest) t.diagnostic(`the longest page has ${longest.toFixed(1)} screens`);
  });
}

// Dark from the first moment on: a page of each kind, at both widths.
for (const size of SIZES) {
  for (const name of [COVER, richest(RECORDING), richest(QUESTION), "appendix-corrections.html"]) {
    test(`${name} opened in the dark theme, ${size.width} px`, async () => {
      const reader = await context(browser, { theme: "navy", size });
      try {
        const page = await reader.newPage();
        const faults = watch(page);
        await load(page, site.url(name));
        if (!await page.evaluate(() => document.documentElement.classList.contains("navy"))) {
          faults.push("the theme is not navy");
        }
        faults.push(...await shifts(page));
        await openAll(page);
        faults.push(...await axe(page));
        demandNone(faults);
      } finally {
        await reader.close();
      }
    });
  }
}

test("what is shown of a page elsewhere is its own, and true", async () => {
  const reader = await context(browser);
  const faults = [];
  const seen = { title: new Map(), description: new Map(), opening: new Map() };
  const once = (kind, text, name) => {
    const other = seen[kind].get(text);
    if (other) faults.push(`${name}: has the ${kind} of ${other}: ${text}`);
    seen[kind].set(text, name);
  };
  const page = await reader.newPage();
  // Only what stands in the page, and its scripts, count.
  await page.route(/\.css$/, (route) => route.abort());
  for (const name of pages.filter((page) => !["print.html", "404.html", "index.html"].includes(page))) {
    const html = read(name).toString();
    const meta = (key) => new RegExp(`<meta (?:property|name)="${key}" content="([^"]*)"`).exec(html)?.[1];
    once("title", meta("og:title"), name);
    once("description", meta("og:description"), name);
    if (!meta("og:description")?.startsWith(meta("og:title"))) {
      faults.push(`${name}: the description does not name the page: ${meta("og:description")}`);
    }
    const image = path.join(dir, path.dirname(name), meta("og:image"));
    if (!fs.existsSync(image)) faults.push(`${name}: there is no picture ${image}`);
    await page.goto(site.url(name), { waitUntil: "domcontentloaded" });
    const { description, opening } = await page.evaluate(() => ({
      description: document.querySelector("meta[name=description]").content,
      opening: document.querySelector("main > p:not(.resume)").textContent.replace(/\s+/g, " ").trim(),
    }));
    once("opening", description, name);
    const shown = description.replace(/ …$/, "");
    const title = meta("og:title").replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
      .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    if (!shown || !`${title}. ${opening}`.startsWith(shown) || shown.length > 201) {
      faults.push(`${name}: the description is not its title and beginning: ${description}`);
    }
  }
  await reader.close();
  // What PNG says of itself: width and height.
  const picture = fs.readFileSync(path.join(dir, "preview.png"));
  if (picture.readUInt32BE(16) !== 1200 || picture.readUInt32BE(20) !== 630) {
    faults.push("preview.png is not 1200 by 630 pixels; npm run preview-image");
  }
  demandNone(faults);
});
