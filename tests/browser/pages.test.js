// Every page, in both themes, on a desktop and on a phone.

import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DESKTOP, SIZES, THEMES, axe, context, demandNone, load, openAll, openBook, watch }
  from "./lib/browser.js";

const { browser, dir, site, pages: all } = await openBook();

// mdBook writes the first page twice.
const read = (name) => fs.readFileSync(path.join(dir, name));
const pages = all.filter((name) => name !== "index.html"
  || !read(name).equals(read("introduction.html")));

/** So many columns of code are seen at once; rustfmt keeps listings within 80. */
const columns = (size) => size === DESKTOP ? 80 : 43;

/** The layout shifts since the page was opened, with what moved. */
const shifts = (page) => page.evaluate(() => new Promise((done) => {
  const found = [];
  const name = (node) => node?.nodeType === 1
    ? node.tagName.toLowerCase() + (node.id && `#${node.id}`) +
      [...node.classList].map((word) => `.${word}`).join("")
    : node?.nodeName;
  const note = (list) => found.push(...list.getEntries().map((shift) =>
    `layout shift of ${shift.value.toFixed(4)}: ` +
    shift.sources.map((source) => name(source.node)).join(", ")));
  const observer = new PerformanceObserver(note);
  observer.observe({ type: "layout-shift", buffered: true });
  // The buffered ones are delivered in a task of their own.
  setTimeout(() => {
    note({ getEntries: () => observer.takeRecords() });
    done(found);
  }, 50);
}));

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

for (const size of SIZES) {
  let scrolled = 0;
  let outputs = 0;
  let blocks = 0;
  test(`every page at ${size.width} px`, { concurrency: 2 }, async (t) => {
    const jobs = [];
    for (const theme of THEMES) {
      const reader = await context(browser, { theme, size });
      for (const name of pages) {
        jobs.push(t.test(`${name}, ${theme}`, async () => {
          const page = await reader.newPage();
          const faults = watch(page);
          await load(page, site.url(name));
          if (!await page.evaluate((word) => document.documentElement.classList.contains(word), theme)) {
            faults.push(`the theme is not ${theme}`);
          }
          faults.push(...await shifts(page));
          // Closed answers and recordings are part of the page.
          await openAll(page);
          const { tooWide, hidden, recorded, narrow } = await widths(page, columns(size));
          faults.push(...tooWide, ...narrow);
          if (size === DESKTOP) faults.push(...hidden, ...recorded);
          if (theme === "light" && name !== "print.html") {
            scrolled += hidden.length;
            outputs += recorded.length;
            blocks += await page.locator("main pre > code").count();
          }
          // Every colour on the page for printing is on another page, too; to
          // compute each contrast again takes as long as all other pages.
          const again = name === "print.html" && !(theme === "light" && size === DESKTOP);
          faults.push(...await axe(page, { without: again ? ["color-contrast"] : [] }));
          await page.close();
          demandNone(faults);
        }));
      }
    }
    await Promise.all(jobs);
    t.diagnostic(`of ${blocks} blocks, ${scrolled} of code and ${outputs} ` +
      `of recorded output scroll sideways at ${size.width} px`);
  });
}
