import { launch } from "./lib/browser.js";
import { yardstick, longestTask } from "./lib/weight.js";
import { serve, pagesOf, renderBook } from "./lib/site.js";
const b = await launch();
const dir = renderBook(); const site = await serve(dir);
const heavy = pagesOf(dir).find((n) => n !== "print.html");
console.log(heavy);
for (let n = 0; n < 6; n++) { const y = []; for (let k = 0; k < 3; k++) y.push(await yardstick(b)); const t = []; for (let k = 0; k < 3; k++) t.push((await longestTask(b, site.url(heavy), { visits: 1 })).longest); console.log(y.map((v) => v.toFixed(0)).join(" "), "|", t.join(" ")); }
await b.close(); await site.close();
