// The book on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { CHAPTER, context, demandNone, load, openBook } from "./lib/browser.js";

const { browser, site } = await openBook();
const squeeze = (text) => text.replace(/\s+/g, "");

for (const name of [CHAPTER, "print.html"]) {
  test(`${name} as PDF: tagged, with the answers of closed questions`, async () => {
    const reader = await context(browser);
    try {
      const page = await reader.newPage();
      await load(page, site.url(name));
      // The beginning of each text that a closed <details> holds.
      const hidden = await page.evaluate(() => {
        const texts = [];
        for (const details of document.querySelectorAll("main details:not([open])")) {
          for (const part of details.querySelectorAll("p, li:not(:has(li)), pre > code, td")) {
            const text = part.textContent.replace(/\s+/g, "").slice(0, 12);
            if (text) texts.push(text);
          }
        }
        return texts;
      });
      assert.ok(hidden.length > 20, `${hidden.length} texts are hidden in closed details`);
      const data = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true });
      const pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
      assert.equal((await pdf.getMarkInfo())?.Marked, true, "the PDF is not tagged");
      assert.ok((await pdf.getOutline())?.length > 0, "the PDF has no outline");
      let text = "";
      for (let number = 1; number <= pdf.numPages; number += 1) {
        const content = await (await pdf.getPage(number)).getTextContent();
        text += squeeze(content.items.map((item) => item.str ?? "").join(""));
      }
      demandNone(hidden.filter((part) => !text.includes(part)).map((part) => `not in the PDF: ${part}`));
    } finally {
      await reader.close();
    }
  });
}

test("the dark theme prints dark on white", async () => {
  const reader = await context(browser, { theme: "navy" });
  try {
    const page = await reader.newPage();
    await load(page, site.url(CHAPTER));
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
