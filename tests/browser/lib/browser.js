// A Chromium that knows no host but loopback.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { pagesOf, renderBook, richest, serve } from "./site.js";

export const THEMES = ["light", "navy"];
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
export const SIZES = [DESKTOP, PHONE];

/** What tests look for on the page that has most of it. */
export const RECORDING = /<trace-player/g;
export const RUNS = /<figure class="listing"[^>]*data-run/g;
export const CODE = /<pre/g;
export const QUESTION = /<details(?<=id="check-yourself"[^]*)/g;
export const COVER = "introduction.html";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--hide-scrollbars"];

/** Starts Chromium; `hosts` are rules such as `MAP example.org 127.0.0.1:1`. */
export async function launch({ hosts = [], flags = [] } = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!fs.existsSync(executablePath)) {
    throw new Error(`there is no ${executablePath}; install Debian's package chromium, ` +
      "or name another Chromium in the variable CHROMIUM");
  }
  const rules = [...hosts, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"].join(", ");
  return chromium.launch({
    executablePath,
    args: [...FLAGS, `--host-resolver-rules=${rules}`, ...flags],
  });
}

/** The book, served, and a browser, for all tests of one file. */
export async function openBook(options) {
  const dir = renderBook();
  const site = await serve(dir);
  const browser = await launch(options);
  after(async () => {
    await browser.close();
    await site.close();
  });
  return { dir, site, browser, pages: pagesOf(dir), richest: (pattern) => richest(dir, pattern) };
}

/** A context in which the reader has chosen `theme`. */
export async function context(browser, { theme = "light", size = DESKTOP, ...more } = {}) {
  const made = await browser.newContext({ viewport: size, ...more });
  // Everything is on this machine; what is not there by then does not come.
  made.setDefaultTimeout(5000);
  made.setDefaultNavigationTimeout(30000);
  await made.addInitScript((name) => localStorage.setItem("mdbook-theme", name), theme);
  // mdBook's page for printing asks for the dialog by itself. Nobody is here to
  // close it, and as long as it is open, the page's scripts may stand still.
  await made.addInitScript(() => { window.print = () => {}; });
  return made;
}

/** Notes what goes wrong on `page` without a test asking for it. */
export function watch(page) {
  const faults = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.hostname !== "127.0.0.1") {
      faults.push(`request to ${url.host}: ${request.method()} ${url.href}`);
    }
  });
  return faults;
}

/** Waits until the page has been drawn and has nothing left to do. */
export async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await new Promise((done) => requestIdleCallback(done));
  });
}

/** Waits until page.js has measured all that may scroll. Where scripts are off or
 *  the page is not the book's own, there is nothing to wait for. */
export const measured = (page) => page.waitForFunction(() => !document.querySelector(".book-footer")
  || !document.getElementById("sidebar-button") || document.documentElement.classList.contains("settled"),
null, { polling: 50, timeout: 30000 });

/** Loads a page of the book and waits until it stands. */
export async function load(page, url) {
  // The page for printing is the whole book, and two pages load at a time.
  await page.goto(url, { waitUntil: "load", timeout: 60000 });
  await settle(page);
  await measured(page);
}

/** The layout shifts since the page was opened, with what moved. */
export const shifts = (page) => page.evaluate(() => new Promise((done) => {
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

/** The recordings that stand closed below a prediction. */
export const FOLDED = "details.recorded";

/** Opens all that is closed on a page, or what fits `selector` of it. */
export async function openAll(page, selector = "details") {
  const opened = await page.evaluate((css) => {
    const closed = document.querySelectorAll(`main ${css}:not([open])`);
    // What is opened makes the page longer, and page.js measures anew.
    if (closed.length) document.documentElement.classList.remove("settled");
    for (const details of closed) details.open = true;
    return closed.length;
  }, selector);
  if (opened) await measured(page);
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds in the part `selector` of the page, or in all of it, with all
 *  its rules, with those in `only`, or with all but those in `without`. */
export async function axe(page, { selector, only, without = [] } = {}) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(([part, on, off]) => axe.run(part ?? document, {
    resultTypes: ["violations"],
    ...(on && { runOnly: on }),
    rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
  }), [selector, only, without]);
  assert.ok(violations.length + passes.length > 0, "axe has looked at nothing");
  return violations.flatMap((rule) => rule.nodes.map((node) =>
    `axe ${rule.id}: ${node.target.join(" ")}: ${rule.help}` +
    (rule.id === "color-contrast" ? ` (${node.any[0]?.message})` : "")));
}

/** Demands that there is no fault, and shows those there are. */
export function demandNone(faults) {
  const most = 40;
  const shown = faults.slice(0, most).join("\n");
  assert.ok(faults.length === 0, `${faults.length} faults:\n${shown}` +
    (faults.length > most ? `\nand ${faults.length - most} more` : ""));
}

/** Presses Tab until the focus is on an element that fits `selector`. */
export async function tabTo(page, selector) {
  await page.evaluate(() => { window.tabbed = new Set(); });
  for (;;) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((wanted) => {
      const now = document.activeElement;
      if (now.matches(wanted)) return "there";
      if (window.tabbed.has(now)) return "round";
      window.tabbed.add(now);
      return "on the way";
    }, selector);
    if (found === "there") return;
    assert.notEqual(found, "round", `Tab goes round the page and does not reach ${selector}`);
  }
}
