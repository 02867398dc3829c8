// Is every rendered page valid HTML?

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { demandNone } from "./lib/browser.js";
import { pagesOf, renderBook, renderStock } from "./lib/site.js";

const { exceptions } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "html-exceptions.json"), "utf8"));

// What the standard of HTML demands; nothing about taste.
const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

/** The errors of a page. */
async function errorsOf(dir, name) {
  const text = fs.readFileSync(path.join(dir, name), "utf8");
  const report = await validator.validateString(text, name);
  return report.results.flatMap(({ messages }) => messages)
    .filter(({ severity }) => severity === 2)
    .map(({ ruleId, message, selector, line, column }) => ({
      rule: ruleId, message, selector: selector ?? "", at: `${name}:${line}:${column}`,
    }));
}

/** An exception names a rule and a part of the message or of the selector. */
const excuses = (exception, error) => exception.rule === error.rule &&
  error.message.includes(exception.message ?? "") && error.selector.includes(exception.selector ?? "");

const book = renderBook();
const stock = renderStock();
const names = pagesOf(book);
const inBook = [];
const inStock = [];
for (const name of names) inBook.push(...await errorsOf(book, name));
// What mdBook writes around a text is the same on each of its pages.
for (const name of names.slice(-3)) inStock.push(...await errorsOf(stock, name));

test("every page is valid, but for what mdBook itself writes", () => {
  assert.ok(names.length > 10);
  demandNone(inBook.filter((error) => !exceptions.some((exception) => excuses(exception, error)))
    .map(({ rule, message, selector, at }) => `${at}: ${rule}: ${message} (${selector})`));
});

test("every exception is needed, has a reason, and is mdBook's own", () => {
  const faults = [];
  for (const exception of exceptions) {
    const name = JSON.stringify(exception);
    if (!exception.rule || !exception.reason || !(exception.message || exception.selector)) {
      faults.push(`${name} needs a rule, a message or a selector, and a reason`);
    }
    if (!inBook.some((error) => excuses(exception, error))) faults.push(`${name} no longer occurs; delete it`);
    if (!inStock.some((error) => excuses(exception, error))) {
      faults.push(`${name} does not occur in pages of stock mdBook: it is an error of this book`);
    }
  }
  demandNone(faults);
});
