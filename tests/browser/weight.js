// Prints what the heaviest page costs, in this book and as stock mdBook makes it.

import { launch } from "./lib/browser.js";
import { pagesOf, renderBook, renderStock, serve } from "./lib/site.js";
import { firstVisit, longestTask } from "./lib/weight.js";

const browser = await launch();
const rows = {};
const book = renderBook();
const heaviest = pagesOf(book).find((name) => name !== "print.html");
for (const [name, dir] of [["this book", book], ["stock mdBook", renderStock()]]) {
  const site = await serve(dir);
  const { bytes, requests } = await firstVisit(browser, site.url(heaviest));
  const { longest, shifts } = await longestTask(browser, site.url(heaviest), { visits: 5 });
  rows[name] = {
    "KB, packed": Number((bytes / 1000).toFixed(1)),
    "requests": requests,
    "longest task at 4x, ms": longest,
    "layout shift": Number(shifts.toFixed(4)),
  };
  await site.close();
}
await browser.close();
console.log(`A first visit to ${heaviest}:`);
console.table(rows);
