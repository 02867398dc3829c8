// What the reader gets into the clipboard and into the link to the Playground.

import assert from "node:assert/strict";
import { test } from "node:test";
import { context, demandNone, load, openBook } from "./lib/browser.js";
import { listings, program } from "./lib/site.js";

const { browser, site, pages } = await openBook();

/** Presses every copy button of a page; what each put into the clipboard. */
const copies = (page) => page.evaluate(async () => {
  const copied = async (button) => {
    if (!button) return "there is no copy button";
    const before = "nothing was copied";
    await navigator.clipboard.writeText(before);
    button.click();
    for (let turns = 0; turns < 100; turns += 1) {
      const now = await navigator.clipboard.readText();
      if (now !== before) return now;
    }
    return before;
  };
  const figures = [];
  for (const figure of document.querySelectorAll("figure:is(.listing, .exercise)")) {
    figures.push({
      id: figure.id,
      part: figure.querySelector(".boring") !== null,
      copied: await copied(figure.querySelector(".listing-bar button.listing-copy")),
      open: figure.hasAttribute("data-run")
        ? figure.querySelector("a.listing-open")?.href ?? "" : null,
    });
  }
  const consoles = [];
  for (const code of document.querySelectorAll("main code.language-console")) {
    consoles.push({ shown: code.textContent,
      copied: await copied(code.parentElement.querySelector("button.listing-copy")) });
  }
  return { figures, consoles };
});

test("listings are copied whole, and of a console the commands", async (t) => {
  const reader = await context(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  const files = listings();
  const faults = [];
  const seen = { "whole": 0, "in part": 0, "open in the Playground": 0, "of a console": 0 };
  const same = (text, wanted, what) => {
    if (text.trimEnd() !== wanted) faults.push(`${what}, but:\n${text.slice(0, 200)}`);
  };
  // The page for printing has no buttons that a reader of paper could press.
  for (const name of pages.filter((page) => page !== "print.html")) {
    const page = await reader.newPage();
    await load(page, site.url(name));
    const { figures, consoles } = await copies(page);
    for (const { id, part, copied, open } of figures) {
      const wanted = program(files.get(id));
      seen[part ? "in part" : "whole"] += 1;
      same(copied, wanted, `${name}: the copy of ${id} is not its file`);
      if (open === null) continue;
      seen["open in the Playground"] += 1;
      const link = new URL(open);
      const { code, ...settings } = Object.fromEntries(link.searchParams);
      assert.deepEqual([link.origin, settings],
        ["https://play.rust-lang.org", { version: "stable", mode: "debug", edition: "2024" }]);
      same(code, wanted, `${name}: the Playground gets not the file of ${id}`);
    }
    for (const { shown, copied } of consoles) {
      seen["of a console"] += 1;
      const commands = shown.split("\n").filter((line) => line.startsWith("$ "));
      assert.ok(commands.length > 0, `${name}: a console block has no command`);
      same(copied, commands.map((line) => line.slice(2)).join("\n"),
        `${name}: the copy is not the commands of\n${shown}`);
    }
    await page.close();
  }
  demandNone(faults);
  for (const [kind, count] of Object.entries(seen)) {
    assert.ok(count > 0, `none was seen ${kind}`);
    t.diagnostic(`${count} ${kind}`);
  }
});
