// The Run button, against a stand-in for the Playground.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { RUNS, context, launch, load, openBook, tabTo } from "./lib/browser.js";
import { playground } from "./lib/playground.js";
import { listings, program } from "./lib/site.js";

const stub = await playground();
after(() => stub.close());
const { browser, site, richest } = await openBook({
  hosts: [`MAP play.rust-lang.org ${stub.host}`], flags: ["--ignore-certificate-errors"],
});
const PAGE = richest(RUNS);
beforeEach(() => { stub.requests.length = 0; });

const CARGO = "   Compiling playground v0.0.1 (/playground)\n" +
  "    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.50s\n" +
  "     Running `target/debug/playground`\n";

/** Opens the chapter and finds the first listing with a Run button. */
async function reading(work, { from = browser, clock = false, page: name = PAGE,
  listing = "figure.listing[data-run]" } = {}) {
  const reader = await context(from);
  try {
    const page = await reader.newPage();
    if (clock) await page.clock.install();
    await load(page, site.url(name));
    const figure = page.locator(listing).first();
    await work({
      page,
      figure,
      name: await figure.getAttribute("id"),
      press: () => figure.locator("button.listing-run").click(),
      note: figure.locator(".run-result .run-note"),
      stdout: figure.locator(".run-result .run-stdout"),
      stderr: figure.locator(".run-result .run-stderr"),
      /** Waits until the note says this. */
      says: async (words) => {
        const said = figure.locator(".run-note", { hasText: words });
        await said.waitFor().catch(async () => assert.fail(
          `the note is not ${words}, but "${await figure.locator(".run-note").allTextContents()}"`));
        return said.textContent();
      },
    });
  } finally {
    await reader.close();
  }
}

/** What the Playground has been asked: one preflight, one program. */
function demandOneRun(name) {
  assert.deepEqual(stub.requests.map(({ method, url }) => `${method} ${url}`),
    ["OPTIONS /execute", "POST /execute"]);
  for (const { method, headers } of stub.requests) {
    assert.equal(headers.referer, undefined, `${method} says where the reader was`);
    assert.equal(headers.cookie, undefined, `${method} has a cookie`);
  }
  const { code, ...settings } = JSON.parse(stub.requests[1].body);
  assert.deepEqual(settings, { channel: "stable", mode: "debug", edition: "2024",
    crateType: "bin", tests: false, backtrace: false });
  assert.equal(code.trimEnd(), program(listings().get(name)));
}

/** The edge of a result tells success from failure, as its note does in words. */
const edge = (figure) => figure.locator(".run-result")
  .evaluate((result) => getComputedStyle(result).borderInlineStartColor);
const failure = (figure) => figure.evaluate((element) => {
  const probe = element.appendChild(document.createElement("i"));
  probe.style.color = "var(--blockquote-caution-color)";
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
});

test("nothing is sent before the button is pressed", () =>
  reading(async ({ page }) => {
    await page.mouse.wheel(0, 3000);
    await page.locator("button.listing-run").last().hover();
    await page.keyboard.press("Tab");
    assert.deepEqual(stub.requests, []);
  }));

test("a program that runs: its two outputs, apart", () =>
  reading(async ({ press, figure, name, stdout, stderr, says }) => {
    stub.answer = { body: { success: true, exitDetail: "",
      stdout: "egg & <b>toast</b>\n", stderr: `${CARGO}the pan is hot\n` } };
    await press();
    await says("Playground");
    await stdout.waitFor();
    demandOneRun(name);
    assert.equal(await stdout.textContent(), "egg & <b>toast</b>\n");
    assert.equal(await stderr.textContent(), "the pan is hot\n");
    assert.equal(await figure.locator("output.run-result").count(), 1);
    assert.notEqual(await edge(figure), await failure(figure), "success has the edge of failure");
    const link = figure.locator("a.listing-open");
    assert.equal(await link.getAttribute("target"), "_blank");
    assert.match(await link.getAttribute("rel"), /\bnoopener\b/);
  }));

test("a listing of which the page shows a part is sent whole", () =>
  reading(async ({ press, name, stdout }) => {
    stub.answer = { body: { success: true, exitDetail: "", stdout: "ready\n", stderr: CARGO } };
    await press();
    await stdout.waitFor();
    demandOneRun(name);
  }, { page: richest(/data-run(?:(?!<\/figure>)[^])*?class="boring"/g),
    listing: "figure.listing[data-run]:has(.boring)" }));

test("by keyboard, twice", () =>
  reading(async ({ page, name, stdout }) => {
    stub.answer = { body: { success: true, exitDetail: "", stdout: "one\n", stderr: CARGO } };
    await tabTo(page, "figure.listing[data-run] button.listing-run");
    await page.keyboard.press("Enter");
    await stdout.filter({ hasText: "one" }).waitFor();
    demandOneRun(name);
    stub.answer.body.stdout = "two\n";
    await page.keyboard.press("Space");
    await stdout.filter({ hasText: "two" }).waitFor();
    assert.equal(stub.requests.filter(({ method }) => method === "POST").length, 2);
    assert.ok(await page.evaluate(() => document.activeElement.matches(".listing-run")),
      "the button keeps the focus");
  }));

test("a program that fails", () =>
  reading(async ({ press, figure, name, stdout, stderr, says }) => {
    stub.answer = { body: { success: false, exitDetail: "Exited with status 101",
      stdout: "egg\n", stderr: `${CARGO}thread 'main' panicked\n` } };
    await press();
    const note = await says("Exited with status 101");
    assert.equal(await edge(figure), await failure(figure));
    assert.ok(note.includes(`cargo run --example ${name}`), note);
    assert.equal(await stdout.textContent(), "egg\n");
    assert.equal(await stderr.textContent(), "thread 'main' panicked\n");
    demandOneRun(name);
  }));

test("a program that does not compile there", () =>
  reading(async ({ press, name, stdout, stderr, says }) => {
    stub.answer = { body: { success: false, exitDetail: "Exited with status 101", stdout: "",
      stderr: "   Compiling playground v0.0.1 (/playground)\nerror[E0432]: unresolved import\n" } };
    await press();
    const note = await says(/compile/);
    assert.ok(note.includes(`cargo run --example ${name}`), note);
    assert.match(await stderr.textContent(), /error\[E0432\]: unresolved import/);
    assert.equal(await stdout.count(), 0, "nothing was printed");
    demandOneRun(name);
  }));

for (const [what, answer, words] of [
  ["an error of the Playground", { status: 500, body: { error: "no container is free" } }, "no container is free"],
  ["an answer that is no result", { status: 502, body: "<h1>Bad gateway</h1>" }, "502"],
]) {
  test(what, () => reading(async ({ press, name, stdout, says }) => {
    stub.answer = answer;
    await press();
    const note = await says(words);
    assert.ok(note.includes(`cargo run --example ${name}`), note);
    assert.equal(await stdout.count(), 0);
    demandOneRun(name);
  }));
}

test("an answer that does not come", () =>
  reading(async ({ page, press, name, note, says }) => {
    stub.answer = null;
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await press();
    await sent;
    const waiting = await note.textContent();
    await page.clock.runFor(18_000);
    assert.equal(await note.textContent(), waiting, "18 seconds later it still waits");
    await page.clock.runFor(2_500);
    const text = await says(/20 s/);
    assert.ok(text.includes(`cargo run --example ${name}`), text);
  }, { clock: true }));

test("a Playground that cannot be reached", async () => {
  const closed = await playground();
  await closed.close();
  const from = await launch({ hosts: [`MAP play.rust-lang.org ${closed.host}`] });
  try {
    await reading(async ({ press, figure, name, says }) => {
      await press();
      const note = await says(/cannot be reached/);
      assert.equal(await edge(figure), await failure(figure));
      assert.ok(note.includes(`cargo run --example ${name}`), note);
    }, { from });
  } finally {
    await from.close();
  }
});
