// What a page costs a reader who comes for the first time.

import { context, settle } from "./browser.js";

/** The bytes and requests of a first visit to `url`, as they go over the wire. */
export async function firstVisit(browser, url) {
  const reader = await context(browser);
  try {
    const page = await reader.newPage();
    const session = await reader.newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    let requests = 0;
    session.on("Network.requestWillBeSent", () => { requests += 1; });
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
    await page.goto(url, { waitUntil: "load" });
    await settle(page);
    return { bytes, requests };
  } finally {
    await reader.close();
  }
}

/** The long tasks while `url` is loaded by a processor `slower` times as slow,
 *  in milliseconds, and the sum of the layout shifts. */
export async function slowVisit(browser, url, slower) {
  const reader = await context(browser);
  try {
    await reader.addInitScript(() => {
      window.longTasks = [];
      window.shifts = 0;
      new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: "longtask", buffered: true });
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value; })
        .observe({ type: "layout-shift", buffered: true });
    });
    const page = await reader.newPage();
    const session = await reader.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await page.goto(url, { waitUntil: "load" });
    await settle(page);
    return await page.evaluate(() => ({ longTasks, shifts }));
  } finally {
    await reader.close();
  }
}

/** How long this machine takes for a fixed piece of a page's work, at that speed, in
 *  milliseconds: lines are made, laid out and measured, as when a page is loaded. */
export async function yardstick(browser, slower = 4) {
  const reader = await context(browser);
  try {
    const page = await reader.newPage();
    const session = await reader.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    return await page.evaluate(() => {
      const times = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const start = performance.now();
        const place = document.body.appendChild(document.createElement("div"));
        for (let line = 0; line < 2500; line += 1) {
          const row = place.appendChild(document.createElement("p"));
          row.textContent = `${line} let dish = cook(${turn}).await; // ${"egg ".repeat(12)}`;
        }
        if (place.getBoundingClientRect().height < 400) throw new Error("nothing was laid out");
        place.remove();
        times.push(performance.now() - start);
      }
      // The first turn also compiles; what else the machine does adds to each.
      return Math.min(...times.slice(1));
    });
  } finally {
    await reader.close();
  }
}

/** The longest task of several visits: what else the machine does can only
 *  make it longer, so the least is the one nearest to the page's own. */
export async function longestTask(browser, url, { visits = 5, slower = 4 } = {}) {
  const longest = [];
  let shifts = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    const found = await slowVisit(browser, url, slower);
    longest.push(Math.max(0, ...found.longTasks));
    shifts = Math.max(shifts, found.shifts);
  }
  return { longest: Math.min(...longest), shifts };
}
