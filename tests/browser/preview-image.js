// Draws src/preview.png, which a link to the book shows elsewhere: its title, its
// sentence and the recording of its cover, 1200 by 630 pixels.

import path from "node:path";
import { COVER, context, launch, load } from "./lib/browser.js";
import { renderBook, root, serve } from "./lib/site.js";

const browser = await launch();
const site = await serve(renderBook());
const reader = await context(browser, { theme: "navy", size: { width: 1200, height: 630 } });
const page = await reader.newPage();
await load(page, site.url(COVER));
await page.addStyleTag({ content: `
  body, main.preview { margin: 0; background: #14171f; color: #f2f3f7; }
  main.preview { box-sizing: border-box; inline-size: 1200px; block-size: 630px; padding: 64px 72px;
    display: flex; flex-direction: column; font-family: var(--text-font); }
  .preview h1 { margin: 0; font-size: 80px; letter-spacing: -0.01em; line-height: 1.1; }
  .preview p { max-width: 900px; margin: 20px 0 0; color: #b4b9c8; font-size: 36px; line-height: 1.3; }
  .preview .drawing { margin-block-start: auto; zoom: 2; --fg: #8fc8f5; }
` });
await page.evaluate(() => {
  const main = document.querySelector("main");
  const [title, sentence] = [main.querySelector("h1").textContent, main.querySelector("h1 + p").textContent];
  const drawing = document.createElement("div");
  drawing.className = "drawing";
  drawing.append(main.querySelector(".trace-scroll"));
  const picture = document.createElement("main");
  picture.className = "preview";
  const words = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  picture.append(words("h1", title), words("p", sentence), drawing);
  document.body.replaceChildren(picture);
});
const file = path.join(root, "src", "preview.png");
await page.screenshot({ path: file, clip: { x: 0, y: 0, width: 1200, height: 630 } });
console.log(path.relative(process.cwd(), file));
await browser.close();
await site.close();
