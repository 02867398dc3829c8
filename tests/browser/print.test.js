// The book on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { QUESTION, RECORDING, context, demandNone, load, openBook, tabTo } from "./lib/browser.js";

const { browser, site, richest } = await openBook();
const ASKS = richest(QUESTION);
const RECORDED = richest(RECORDING);
const squeeze = (text) => text.replace(/\s+/g, "");

for (const name of [ASKS, RECORDED, "print.html"]) {
  test(`${name} as PDF: tagged, with the answers of closed questions, without the steps of recordings`, async (t) => {
    const reader = await context(browser);
    try {
      const page = await reader.newPage();
      await load(page, site.url(name));
      // The beginning of each text that a closed <details> holds.
      const { hidden, steps } = await page.evaluate(() => {
        const texts = [];
        const steps = [...document.querySelectorAll("main .trace-steps > summary")]
          .map((summary) => summary.textContent.replace(/\s+/g, ""));
        for (const details of document.querySelectorAll("main details:not([open], .trace-steps)")) {
          for (const part of details.querySelectorAll("p, li:not(:has(li), .trace-steps li), pre > code, td")) {
            const text = part.textContent.replace(/\s+/g, "").slice(0, 12);
            if (text) texts.push(text);
          }
        }
        return { hidden: texts, steps };
      });
      if (name !== RECORDED) assert.ok(hidden.length > 5, `${hidden.length} texts are hidden in closed details`);
      if (name !== ASKS) assert.ok(steps.length > 1, `${steps.length} recordings`);
      const data = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true });
      const pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
      assert.equal((await pdf.getMarkInfo())?.Marked, true, "the PDF is not tagged");
      assert.ok((await pdf.getOutline())?.length > 0, "the PDF has no outline");
      let text = "";
      for (let number = 1; number <= pdf.numPages; number += 1) {
        const content = await (await pdf.getPage(number)).getTextContent();
        text += squeeze(content.items.map((item) => item.str ?? "").join(""));
      }
      demandNone([
        ...hidden.filter((part) => !text.includes(part)).map((part) => `not in the PDF: ${part}`),
        ...steps.filter((part) => text.includes(part)).map((part) => `in the PDF: ${part}`),
      ]);
      if (name !== "print.html") return;
      t.diagnostic(`${pdf.numPages} pages`);
      // It begins with a table of contents whose links lead to pages of the PDF.
      const wanted = await page.locator(".print-contents a[href]").evaluateAll((links) =>
        links.map((link) => ({ name: link.textContent, id: link.getAttribute("href").slice(1),
          heading: document.getElementById(link.getAttribute("href").slice(1))?.textContent })));
      assert.ok(wanted.length > 50, `${wanted.length} pages in the table of contents`);
      const titles = (text) => text.replace(/[^a-z0-9]/gi, "");
      for (const { name: entry, heading } of wanted) {
        assert.ok(titles(heading ?? "").startsWith(titles(entry)), `${entry} leads to ${heading}`);
      }
      const goals = await pdf.getDestinations();
      const led = new Set();
      for (let number = 1; number <= 5; number += 1) {
        for (const { dest } of await (await pdf.getPage(number)).getAnnotations()) {
          if (typeof dest === "string" && dest in goals) led.add(dest);
        }
      }
      demandNone(wanted.filter(({ id }) => !led.has(id)).map(({ name: entry }) =>
        `no link of the first pages of the PDF leads to ${entry}`));
    } finally {
      await reader.close();
    }
  });
}

test("the dark theme prints dark on white", async () => {
  const reader = await context(browser, { theme: "navy" });
  try {
    const page = await reader.newPage();
    await load(page, site.url(RECORDED));
    const faults = () => page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      /** Luminance of a CSS colour, 0 to 1, and its opacity. */
      const light = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return { value: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255, alpha: alpha / 255 };
      };
      const found = new Set();
      const name = (element) => element.tagName.toLowerCase() +
        [...element.classList].map((word) => `.${word}`).join("");
      for (const element of document.querySelectorAll("html, body, main, main *")) {
        if (!element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const back = light(style.backgroundColor);
        if (back.alpha > 0.1 && back.value < 0.85) found.add(`${name(element)} has a dark background`);
        const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const svg = element.closest("svg");
        const ink = light(svg && text ? style.fill : style.color);
        if (text && ink.value > 0.5) found.add(`${name(element)} has pale text`);
      }
      return [...found];
    });
    assert.notDeepEqual(await faults(), [], "on the screen it is dark");
    await page.emulateMedia({ media: "print" });
    demandNone(await faults());
    for (const part of [".listing-bar button", ".trace-bar", "#mdbook-menu-bar", ".nav-chapters"]) {
      assert.equal(await page.locator(`${part}:visible`).count(), 0, `${part} is printed`);
    }
  } finally {
    await reader.close();
  }
});

test("the printer prints the page that is read, and the foot leads to the book", async () => {
  const reader = await context(browser);
  try {
    const page = await reader.newPage();
    await load(page, site.url(RECORDED));
    await page.evaluate(() => { window.print = () => { window.printed = location.pathname; }; });
    await tabTo(page, ".right-buttons button");
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Print this page");
    await page.keyboard.press("Enter");
    assert.equal(site.url("") + (await page.evaluate(() => window.printed)).slice(site.base.length),
      site.url(RECORDED));
    await page.getByRole("link", { name: "The whole book to print" }).click();
    await page.waitForURL(site.url("print.html"));
  } finally {
    await reader.close();
  }
});
