// The switch in a listing's bar: each variation of the book, made in the page.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { DESKTOP, PHONE, SIZES, THEMES, axe, context, demandNone, load, measured, openBook, tabTo, watch }
  from "./lib/browser.js";
import { playground } from "./lib/playground.js";
import { listings, program } from "./lib/site.js";

const stub = await playground();
after(() => stub.close());
const { browser, dir, site, pages, richest } = await openBook({
  hosts: [`MAP play.rust-lang.org ${stub.host}`], flags: ["--ignore-certificate-errors"],
});

const files = listings();
const SWITCHED = /<details class="whatif"/g;
const RUNS = /<figure class="listing"[^>]*data-run[^>]*>(?:(?!<\/figure>)[^])*?<details class="whatif"/g;
const PAGE = richest(SWITCHED);

/** Every variation that lies beside a listing: what it changes, and what it prints. */
const variations = [...files].flatMap(([name, file]) => fs.readdirSync(path.dirname(file))
  .filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".diff"))
  .map((entry) => entry.slice(name.length + 1, -".diff".length))
  // Beside a listing there may be the difference to another one.
  .filter((word) => /^\w+$/.test(word))
  .map((word) => {
    const text = (end) => {
      const beside = path.join(path.dirname(file), `${name}.${word}.${end}`);
      return fs.existsSync(beside) ? fs.readFileSync(beside, "utf8") : "";
    };
    return { name, word, diff: text("diff"), prints: [text("stdout"), text("stderr")] };
  }));
const of = (id) => variations.find(({ name, word }) => `${name}.${word}` === id);

/** The changed program, by replacing text in text. */
function changed({ name, word, diff }) {
  let text = `\n${program(files.get(name))}\n`;
  for (const hunk of `\n${diff}`.split(/\n@@[^\n]*/).filter((part) => part.trim())) {
    const side = (signs) => `\n${hunk.slice(1).replace(/\n$/, "").split("\n")
      .filter((line) => signs.includes(line[0] ?? " ")).map((line) => `${line.slice(1).trimEnd()}\n`).join("")}`;
    const parts = text.split(side(" -"));
    assert.equal(parts.length, 2, `${name}.${word}: its lines stand ${parts.length - 1} times in the program`);
    text = parts.join(side(" +"));
  }
  return text.slice(1).trimEnd();
}

async function reading(work, { page: name = PAGE, listing = "", hash = "", ...options } = {}) {
  const reader = await context(browser, options);
  try {
    const page = await reader.newPage();
    const faults = watch(page);
    if (options.javaScriptEnabled === false) await page.goto(site.url(name), { waitUntil: "load" });
    else await load(page, site.url(name) + hash);
    const figure = page.locator(`figure.listing${listing}:has(select.listing-what-if)`).first();
    const select = figure.locator("select");
    await work({ page, figure, select, code: figure.locator(":scope > pre > code").first(),
      id: await figure.count() ? await figure.getAttribute("id") : null,
      status: page.locator("main > [role=status]") });
    demandNone(faults.filter((fault) => !/play\.rust-lang\.org/.test(fault)));
  } finally {
    await reader.close();
  }
}

/** Makes all variations of a page one after the other, then none, and tells of each
 *  what the reader has. */
const makeAll = (page) => page.evaluate(async () => {
  const seen = (element) => element.checkVisibility();
  const copied = async (button) => {
    await navigator.clipboard.writeText("nothing was copied");
    const { textContent } = button;
    button.click();
    for (let turns = 0; turns < 100; turns += 1) {
      const now = await navigator.clipboard.readText();
      if (now !== "nothing was copied") {
        // As two seconds later.
        button.textContent = textContent;
        return now;
      }
    }
    return "nothing was copied";
  };
  const state = async (figure) => {
    const code = figure.querySelector("pre > code");
    const open = figure.querySelector("a.listing-open");
    const said = document.querySelector("main > [role=status]").textContent;
    return {
      said,
      program: code.textContent,
      copied: await copied(figure.querySelector(".listing-copy")),
      sent: open && new URL(open.href).searchParams.get("code"),
      command: figure.querySelector(".listing-command").textContent,
      link: figure.querySelector(".listing-command a").getAttribute("href"),
      added: [...code.querySelectorAll("ins")].map((line) => line.textContent.trimEnd()),
      unseen: [...code.querySelectorAll("ins, .after-cut")].filter((line) => !seen(line)).length,
      outputs: [...figure.querySelectorAll("pre > code.language-text")].filter(seen).map((output) => output.textContent),
      folds: [...figure.querySelectorAll(":scope > details.whatif")].filter(seen).map(({ id }) => id),
    };
  };
  // White space between blocks is nobody's.
  const whole = (figure) => figure.outerHTML.replace(/\s*\n\s*(?=<)/g, "\n").replace(/>\s+</g, "><");
  const found = [];
  for (const figure of document.querySelectorAll("figure.listing:has(> details.whatif)")) {
    const select = figure.querySelector("select.listing-what-if");
    if (!select) {
      found.push({ id: figure.id, missing: true });
      continue;
    }
    const ids = [...figure.querySelectorAll(":scope > details.whatif")].map(({ id }) => id);
    const choose = (value) => {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const code = figure.querySelector("pre > code");
    const before = { whole: whole(figure), code: code.innerHTML, ...await state(figure) };
    const made = [];
    for (const [n, id] of ids.entries()) {
      choose(n);
      made.push({ id, ids, ...await state(figure) });
    }
    choose("");
    const back = { whole: whole(figure), code: code.innerHTML, ...await state(figure) };
    found.push({ id: figure.id, before, made, back });
  }
  return found;
});

test("each variation of the book is made whole, shows what it prints, and is unmade", async (t) => {
  const reader = await context(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  const faults = [];
  const seen = new Set();
  let sent = 0;
  for (const name of pages.filter((page) => !["print.html", "index.html"].includes(page))) {
    if (!fs.readFileSync(path.join(dir, name), "utf8").match(SWITCHED)) continue;
    const page = await reader.newPage();
    faults.push(...watch(page));
    await load(page, site.url(name));
    for (const { id: listing, missing, before, made, back } of await makeAll(page)) {
      const fault = (what) => faults.push(`${name}: ${what}`);
      if (missing) {
        fault(`${listing} has no switch`);
        continue;
      }
      for (const now of made) {
        const variation = of(now.id);
        if (!variation) {
          fault(`${now.id} is no variation`);
          continue;
        }
        seen.add(now.id);
        const wanted = changed(variation);
        const same = (text, what) => {
          if (text.trimEnd() !== wanted) fault(`${now.id}: ${what} is not the changed program:\n${text}`);
        };
        same(now.program, "what is shown");
        same(now.copied, "the copy");
        if (now.sent !== null) {
          same(now.sent, "what the Playground gets");
          sent += 1;
        }
        const plus = variation.diff.split("\n").filter((line) => line[0] === "+").map((line) => line.slice(1).trimEnd());
        if (now.added.join("\n") !== plus.join("\n")) fault(`${now.id}: marked as added is ${now.added}`);
        if (now.unseen) fault(`${now.id}: ${now.unseen} marked lines cannot be seen`);
        const prints = variation.prints.filter((text) => text.trim()).map((text) => text.trimEnd());
        if (now.outputs.map((text) => text.trimEnd()).join("\n--\n") !== prints.join("\n--\n")) {
          fault(`${now.id}: below it stands\n${now.outputs.join("\n--\n")}`);
        }
        const command = `cargo try ${variation.name} ${variation.word}`;
        if (now.command !== command || now.link !== `#${variation.name}`) fault(`${now.id}: the bar says ${now.command}`);
        if (!/\?/.test(now.said)) fault(`${now.id}: it is told as ${now.said}`);
        const others = now.ids.filter((id) => id !== now.id);
        if (now.folds.join() !== others.join()) fault(`${now.id}: the blocks ${now.folds} are shown`);
      }
      if (before.program.trimEnd() !== program(files.get(listing))) fault(`${listing} is not its file`);
      delete before.said;
      delete back.said;
      for (const part of Object.keys(before)) {
        if (JSON.stringify(before[part]) !== JSON.stringify(back[part])) {
          const at = [...`${before[part]}`].findIndex((letter, n) => letter !== `${back[part]}`[n]);
          fault(`${listing}: its ${part} is not as before, but from ${at} on:\n${`${back[part]}`.slice(Math.max(0, at - 80), at + 200)}`);
        }
      }
    }
    await page.close();
  }
  await reader.close();
  demandNone(faults);
  const unseen = variations.filter(({ name, word }) => !seen.has(`${name}.${word}`));
  assert.deepEqual(unseen.map(({ name, word }) => `${name}.${word}`), [], "no page makes them");
  assert.ok(seen.size >= 90 && sent > 0, `${seen.size} variations, ${sent} links`);
  t.diagnostic(`${seen.size} variations, ${sent} of them for the Playground`);
});

test("by keyboard, told, and back", () =>
  reading(async ({ page, figure, select, code, id, status }) => {
    const before = await code.textContent();
    const options = await select.locator("option").allTextContents();
    assert.ok(await page.getByRole("combobox", { name: `Variations of ${id}`, exact: true }).isVisible());
    assert.ok(await page.getByRole("status").evaluateAll((all) =>
      all.some((element) => element.matches("main > p") && element.textContent === "")),
    "the place of messages is there before they are");
    await tabTo(page, "select.listing-what-if");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await code.textContent(), before);
    assert.ok((await status.textContent()).startsWith(options[1]), await status.textContent());
    assert.match(await figure.locator(".listing-command").textContent(), new RegExp(`^cargo try ${id} \\w+$`));
    assert.ok(await select.evaluate((element) => document.activeElement === element), "the focus stays");
    assert.equal(page.url(), site.url(PAGE), "the arrow does not turn the page");
    await page.keyboard.press("ArrowUp");
    assert.equal(await code.textContent(), before);
    assert.match(await status.textContent(), /as printed/);
    // From the switch on, the buttons of the bar follow.
    await page.keyboard.press("Tab");
    assert.ok(await figure.locator(".listing-bar button").first().evaluate((button) => document.activeElement === button));
  }));

const CARGO = "     Running `target/debug/playground`\n";

test("Run sends the changed program, and the answer of another one is nobody's", () =>
  reading(async ({ page, figure, select, id }) => {
    stub.requests.length = 0;
    const run = figure.locator("button.listing-run");
    const word = await figure.locator("details.whatif").first().getAttribute("id");
    const programs = () => stub.requests.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body).code.trimEnd());
    const sending = () => page.waitForRequest((request) => request.method() === "POST");
    stub.answer = null;
    let sent = sending();
    await run.click();
    await sent;
    // It waits; the reader does not.
    await select.selectOption("0");
    assert.equal(await figure.locator(".run-result").count(), 0);
    stub.answer = { body: { success: false, exitDetail: "Exited with status 101", stdout: "changed\n", stderr: CARGO } };
    sent = sending();
    await run.click();
    await sent;
    await figure.locator(".run-stdout", { hasText: "changed" }).waitFor();
    assert.equal(programs().at(-1), changed(of(word)));
    const note = await figure.locator(".run-note").textContent();
    assert.ok(note.includes(`cargo try ${id} ${word.split(".")[1]}`), note);
    await select.selectOption("");
    assert.equal(await figure.locator(".run-result").count(), 0, "the result was that of another program");
    sent = sending();
    await run.click();
    await sent;
    await figure.locator(".run-note", { hasText: `cargo run --example ${id}` }).waitFor();
    assert.equal(programs().at(-1), program(files.get(id)));
  }, { page: richest(RUNS), listing: "[data-run]" }));

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`axe finds nothing with a variation chosen, ${theme}, ${size.width} px`, () =>
      reading(async ({ page }) => {
        const selects = await page.locator("select.listing-what-if").all();
        assert.ok(selects.length > 0);
        for (const select of selects) await select.selectOption({ index: await select.locator("option").count() - 1 });
        await measured(page);
        const faults = await axe(page, { selector: "main" });
        await page.evaluate(() => document.querySelectorAll("details.whatif").forEach((fold) => { fold.open = true; }));
        await measured(page);
        faults.push(...await axe(page, { selector: "main" }));
        demandNone(faults);
      }, { theme, size }));
  }
}

// With all that a bar can hold, and with most questions.
const FULL = richest(/<figure class="listing"[^>]*data-run(?:(?!<\/figure>)[^])*?class="boring"(?:(?!<\/figure>)[^])*?<details class="whatif"/g);

for (const [width, name] of [1440, DESKTOP.width, 1100, 690, PHONE.width, 320].flatMap((width) => [[width, FULL], [width, PAGE]])) {
  test(`the switch fits its bar at ${width} px on ${name}`, () =>
    reading(async ({ page }) => {
      const found = await page.evaluate(() => {
        const faults = [];
        for (const figure of document.querySelectorAll("figure.listing:has(select)")) {
          const select = figure.querySelector("select");
          const bar = figure.querySelector(".listing-bar").getBoundingClientRect();
          const check = (when) => {
            for (const part of figure.querySelector(".listing-bar").children) {
              const { left, right, top, bottom, width, height } = part.getBoundingClientRect();
              const name = `${figure.id}, ${when}: ${part.className}`;
              if (left < bar.left - 0.5 || right > bar.right + 0.5 || top < bar.top - 0.5 || bottom > bar.bottom + 0.5) {
                faults.push(`${name} is outside of the bar`);
              }
              if (part.matches("select, button") && (width < 24 || height < 24)) faults.push(`${name} is ${width} by ${height} px`);
              if (part.matches(".listing-command") && width < 130) faults.push(`${name} is ${width} px wide`);
              for (const other of figure.querySelector(".listing-bar").children) {
                const box = other.getBoundingClientRect();
                if (other !== part && box.left < right - 10 && left < box.right - 10 && box.top < bottom - 1 && top < box.bottom - 1) {
                  faults.push(`${name} lies over ${other.className}`);
                }
              }
            }
          };
          check("as printed");
          const high = bar.height;
          for (let n = 1; n < select.length; n += 1) {
            select.selectedIndex = n;
            select.dispatchEvent(new Event("change"));
            check(select.value);
            const now = figure.querySelector(".listing-bar").getBoundingClientRect().height;
            if (now !== high) faults.push(`${figure.id}: the bar is ${now} px high, not ${high}`);
            for (const code of figure.querySelectorAll("ins, .after-cut")) {
              const inside = code.closest("code");
              const box = code.getBoundingClientRect();
              if (inside.scrollLeft === 0 && box.left < inside.getBoundingClientRect().left - 0.5) {
                faults.push(`${figure.id}: a marked line begins outside of the code`);
              }
            }
          }
        }
        for (let frame = document.querySelector("main"); frame; frame = frame.parentElement) {
          if (frame.scrollWidth > frame.clientWidth) faults.push(`the page scrolls sideways in ${frame.tagName}`);
        }
        return faults;
      });
      demandNone(found);
    }, { page: name, size: { width, height: 800 } }));
}

test("without scripts each variation is a closed block, whole", () =>
  reading(async ({ page }) => {
    assert.equal(await page.locator("select").count(), 0);
    const folds = page.locator("details.whatif");
    assert.ok(await folds.count() > 1);
    for (const fold of await folds.all()) {
      const { diff, prints, name, word } = of(await fold.getAttribute("id"));
      assert.ok(await fold.locator("summary").isVisible());
      assert.ok(await fold.locator("summary > code").last().isVisible());
      assert.equal(await fold.locator("pre").first().isVisible(), false, `${name}.${word} is open`);
      await fold.locator("summary").click();
      assert.ok(await fold.locator("pre").first().isVisible());
      const texts = await fold.locator("pre > code").allTextContents();
      assert.deepEqual(texts.map((text) => text.trimEnd()),
        [diff, ...prints].filter((text) => text.trim()).map((text) => text.trimEnd()));
    }
  }, { javaScriptEnabled: false }));

test("on paper the listing is as printed and its variations stand below, then the choice is back", () =>
  reading(async ({ page, figure, select, code }) => {
    const before = (await code.textContent()).trimEnd();
    await select.selectOption("0");
    const made = (await code.textContent()).trimEnd();
    const said = await page.locator("main > [role=status]").textContent();
    await page.evaluate(() => {
      document.querySelector("main > [role=status]").textContent = "";
      addEventListener("beforeprint", () => { window.printed = document.querySelector("figure.listing:has(select) pre > code").textContent; });
    });
    const data = await page.pdf();
    const pdf = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
    let text = "";
    for (let number = 1; number <= pdf.numPages; number += 1) {
      text += (await (await pdf.getPage(number)).getTextContent()).items.map((item) => item.str ?? "").join("");
    }
    const squeeze = (part) => part.replace(/\s+/g, "");
    text = squeeze(text);
    const faults = [];
    for (const id of await figure.locator("details.whatif").evaluateAll((folds) => folds.map((fold) => fold.id))) {
      const { diff, prints, name, word } = of(id);
      for (const line of [...diff.split("\n").filter((row) => /^[-+]/.test(row)), ...prints.join("\n").split("\n"), `cargo try ${name} ${word}`]) {
        if (!text.includes(squeeze(line).slice(0, 30))) faults.push(`${id}: not in the PDF: ${line}`);
      }
    }
    demandNone(faults);
    // Once in its block, and not in the program.
    assert.equal((await page.evaluate(() => window.printed)).trimEnd(), before);
    assert.equal((await code.textContent()).trimEnd(), made, "after printing the choice is back");
    assert.equal(await select.inputValue(), "0");
    assert.notEqual(said, "");
    assert.equal(await page.locator("main > [role=status]").textContent(), "", "paper is not told");
  }));

test("a link to a variation opens its block, chosen or not", async () => {
  const id = /<details class="whatif" id="([^"]*)"/.exec(fs.readFileSync(path.join(dir, PAGE), "utf8"))[1];
  await reading(async ({ page, select }) => {
    const fold = page.locator(`[id="${id}"]`);
    const shown = () => fold.evaluate((element) => element.open && element.checkVisibility()
      && element.getBoundingClientRect().top < innerHeight && element.getBoundingClientRect().bottom > 0);
    assert.ok(await shown());
    await select.selectOption("0");
    assert.equal(await fold.isVisible(), false);
    await page.evaluate(() => { location.hash = ""; });
    await page.evaluate((goal) => { location.hash = goal; }, id);
    await page.waitForFunction((goal) => document.getElementById(goal).open && document.getElementById(goal).checkVisibility(), id, { polling: 50 });
    assert.ok(await shown());
    assert.equal(await select.inputValue(), "");
  }, { hash: `#${id}` });
});

test("what a search has marked in the program is neither lost nor in the way", () =>
  reading(async ({ page, figure, code, id }) => {
    const select = figure.locator("select");
    assert.ok(await code.locator("mark").count() > 0, "the words are marked in the program");
    const before = await code.textContent();
    assert.equal(before.trimEnd(), program(files.get(id)));
    await select.selectOption("0");
    assert.equal((await code.textContent()).trimEnd(), changed(of(await figure.locator("details.whatif").first().getAttribute("id"))));
    await select.selectOption("");
    assert.equal(await code.textContent(), before);
    // Marked no longer, the program has other nodes than when the page was loaded.
    await page.locator("main mark").first().click();
    await page.waitForFunction(() => !document.querySelector("main mark"), null, { polling: 50 });
    assert.equal(await code.textContent(), before);
    await select.selectOption("0");
    await select.selectOption("");
    assert.equal(await code.textContent(), before);
  }, { hash: "?highlight=fn%C2%A0main" }));

const RECORDED = pages.filter((name) => !["print.html", "index.html"].includes(name)).flatMap((name) => {
  const html = fs.readFileSync(path.join(dir, name), "utf8");
  return [...html.matchAll(/<trace-player[^>]*data-listing="([^"]*)"/g)].map(([, listing]) => ({ name, listing,
    figure: new RegExp(`<figure class="listing" id="${listing}"(?:(?!</figure>)[^])*</figure>`).exec(html)?.[0] ?? "" }));
});

test("the line of a recorded step is lit in the program as printed only", async () => {
  const { name, listing } = RECORDED.find(({ figure }) => figure.includes('class="whatif"') && !figure.includes('"boring"'));
  await reading(async ({ page }) => {
    const figure = page.locator(`figure.listing[id="${listing}"]`);
    const code = figure.locator(":scope > pre > code").first();
    const lit = () => code.evaluate((element) => element.classList.contains("lit"));
    await page.evaluate(() => document.querySelectorAll("details.recorded").forEach((fold) => { fold.open = true; }));
    const next = page.locator(`trace-player[data-listing="${listing}"]`).getByRole("button", { name: "Next" });
    for (let steps = 0; steps < 20 && !await lit(); steps += 1) await next.click();
    assert.ok(await lit(), "a step lights a line");
    await figure.locator("select").selectOption("0");
    assert.equal(await lit(), false, "the changed program has other lines");
    assert.match(await figure.locator(".varied-output").textContent(), /recording shows the program as printed/);
    await figure.locator("select").selectOption("");
    assert.ok(await lit(), "back, the step is lit again");
  }, { page: name });
});

test("a prediction stays closed, and nothing of it is seen beside a variation", () =>
  reading(async ({ page }) => {
    const figure = page.locator("figure.listing:has(> details.predict):has(select)").first();
    const fold = figure.locator("> details.predict");
    await figure.locator("select").selectOption("0");
    assert.equal(await fold.isVisible(), false);
    await figure.locator("select").selectOption("");
    assert.ok(await fold.locator("summary").isVisible());
    assert.equal(await fold.evaluate((element) => element.open), false);
  }, { page: richest(/<details class="predict"(?:(?!<\/figure>)[^])*?<details class="whatif"/g) }));

test("who comes back to a page finds switch and program alike", () =>
  reading(async ({ page, select, code }) => {
    const alike = async () => {
      const value = await select.inputValue();
      const varied = await code.evaluate((element) => element.classList.contains("varied"));
      assert.equal(value !== "", varied, `the switch says "${value}", the program is ${varied ? "" : "not "}changed`);
    };
    await select.selectOption("0");
    await page.reload();
    await alike();
    await select.selectOption("0");
    await page.goto(site.url("introduction.html"));
    await page.goBack();
    await select.waitFor();
    await alike();
  }));

test("no recording and no plot tells in the open what its page asks to predict", (t) => {
  const faults = [];
  let folded = 0;
  for (const name of pages.filter((page) => !["print.html", "index.html"].includes(page))) {
    const html = fs.readFileSync(path.join(dir, name), "utf8");
    const open = html.replace(/<details class="recorded">[^]*?<\/figure>\s*<\/details>/g, () => { folded += 1; return ""; });
    for (const [, listing, figure] of html.matchAll(/<figure class="listing" id="([^"]*)"((?:(?!<\/figure>)[^])*)<\/figure>/g)) {
      if (!figure.includes('<details class="predict"')) continue;
      if (open.includes(`<trace-player data-listing="${listing}"`) || new RegExp(`<trace-player[^>]*data-listing="${listing}"`).test(open)
        || open.includes(`aria-label="${listing}: `)) faults.push(`${name}: the figure of ${listing} stands open; put it into <details class="recorded">`);
    }
  }
  demandNone(faults);
  assert.ok(folded > 0, "no figure is folded");
  t.diagnostic(`${folded} figures are folded`);
});

for (const size of SIZES) {
  test(`a folded recording opens with its player, at ${size.width} px`, () =>
    reading(async ({ page }) => {
      const fold = page.locator("details.recorded:has(trace-player)").first();
      const player = fold.locator("trace-player");
      assert.equal(await player.isVisible(), false);
      await fold.locator("> summary").focus();
      await page.keyboard.press("Enter");
      await player.getByRole("button", { name: "Next" }).click();
      assert.match(await player.locator("output").textContent(), /^1 of \d+/);
      const sizes = await player.evaluate((element) => {
        const { width, height } = element.querySelector(".trace-scroll svg").getBoundingClientRect();
        const outer = element.querySelector(".trace-scroll").getBoundingClientRect().width;
        return { width, height, outer, column: document.querySelector("main").clientWidth };
      });
      assert.ok(sizes.width > 100 && sizes.height > 50, JSON.stringify(sizes));
      assert.ok(sizes.outer <= sizes.column + 0.5, JSON.stringify(sizes));
      await measured(page);
      demandNone(await axe(page, { selector: "details.recorded" }));
    }, { page: richest(/<details class="recorded">(?=(?:(?!<\/details>)[^])*?<trace-player)/g), size }));
}
