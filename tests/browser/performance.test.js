// What the heaviest page costs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBook } from "./lib/browser.js";
import { firstVisit, longestTask } from "./lib/weight.js";

const { browser, site, pages } = await openBook();
// All the book at once is for who prints it, not for a first visit.
const heaviest = pages.find((name) => name !== "print.html");

test(`${heaviest}: a first visit takes no more than 120 KB and 25 requests`, async (t) => {
  const { bytes, requests } = await firstVisit(browser, site.url(heaviest));
  t.diagnostic(`${(bytes / 1000).toFixed(1)} KB, ${requests} requests`);
  assert.ok(bytes > 10_000, `${bytes} bytes: nothing was counted`);
  assert.ok(bytes <= 120_000, `${bytes} bytes`);
  assert.ok(requests <= 25, `${requests} requests`);
});

test(`${heaviest}: on a processor four times slower, no task takes over 100 ms and nothing shifts`, async (t) => {
  const { longest, shifts } = await longestTask(browser, site.url(heaviest));
  t.diagnostic(`longest task ${longest} ms, layout shift ${shifts}`);
  assert.ok(longest <= 100, `a task takes ${longest} ms`);
  assert.equal(shifts, 0);
});
