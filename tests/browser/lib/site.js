// The rendered book, and a server for it on loopback.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** The folder with `book.toml`; BOOK names another copy of the book. */
export const root = path.resolve(
  process.env.BOOK ?? path.join(import.meta.dirname, "../../.."),
);

/** Renders the book below `source` into a folder that goes when the process ends. */
function render(source) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "rendered-book-"));
  process.once("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  try {
    execFileSync("mdbook", ["build", source, "--dest-dir", dir], { stdio: "pipe" });
  } catch (error) {
    throw new Error(error.code === "ENOENT"
      ? "mdbook is not on the PATH; cargo install --locked mdbook@0.5.4"
      : `mdbook cannot render the book:\n${error.stderr}`);
  }
  return dir;
}

/** The folder of the rendered book. */
export const renderBook = () => render(root);

/** The same pages as mdBook renders them without theme or settings. */
export function renderStock() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "stock-book-"));
  process.once("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  for (const folder of ["src", "listings", "exercises"]) {
    fs.symlinkSync(path.join(root, folder), path.join(dir, folder));
  }
  const text = fs.readFileSync(path.join(root, "book.toml"), "utf8");
  // The head of book.toml up to the settings of the output.
  fs.writeFileSync(path.join(dir, "book.toml"), text.split(/^\[output/m)[0]);
  return render(dir);
}

/** The places of all pages, such as `ch06-09-advice/rules.html`, the largest first,
 *  so that no long test is left to the end. `toc.html` is the sidebar's frame, no
 *  page. */
export const pagesOf = (dir) => fs.readdirSync(dir, { recursive: true })
  .map((name) => name.replaceAll(path.sep, "/"))
  .filter((name) => name.endsWith(".html") && name !== "toc.html")
  .map((name) => ({ name, size: fs.statSync(path.join(dir, name)).size }))
  .sort((a, b) => b.size - a.size)
  .map(({ name }) => name);

/** The page that has most of what `pattern` finds: pages are cut and renamed, so
 *  that a test asks for what it needs. */
export function richest(dir, pattern) {
  const counted = pagesOf(dir)
    .filter((name) => !["print.html", "index.html", "404.html"].includes(name))
    .map((name) => [fs.readFileSync(path.join(dir, name), "utf8").match(pattern)?.length ?? 0, name])
    .sort(([a], [b]) => b - a);
  if (!counted[0][0]) throw new Error(`no page has ${pattern}`);
  return counted[0][1];
}

/** The listings by name: the file of each. */
export function listings() {
  const found = new Map();
  const sections = path.join(root, "listings");
  for (const section of fs.readdirSync(sections)) {
    for (const kind of ["examples", "broken", "cpp", "answers"]) {
      const folder = path.join(sections, section, kind);
      if (!fs.existsSync(folder)) continue;
      for (const file of fs.readdirSync(folder).filter((name) => /\.(rs|cpp|c|md)$/.test(name))) {
        found.set(path.parse(file).name, path.join(folder, file));
      }
    }
  }
  const exercises = path.join(root, "exercises", "tests");
  for (const name of fs.readdirSync(exercises)) {
    found.set(name, path.join(exercises, name, "starter.rs"));
  }
  return found;
}

/** What a reader must get: the whole program without the marks of includes. */
export const program = (file) => fs.readFileSync(file, "utf8")
  .split("\n").filter((line) => !/ANCHOR(_END)?:/.test(line)).join("\n").trimEnd();

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};
const PACKED = new Set([".html", ".css", ".js", ".json", ".svg"]);

const PIECE = 4096;

/** Sends `body` as over a slow line: piece by piece, each seen before the next. */
async function sendInPieces(response, body, headers) {
  response.writeHead(200, { ...headers, "content-encoding": "identity" });
  for (let at = 0; at < body.length; at += PIECE) {
    response.write(body.subarray(at, at + PIECE));
    await new Promise((sent) => setTimeout(sent, 60));
  }
  response.end();
}

/** Serves `dir` below its site-url, as a static host does: packed, and with
 *  404.html for what is not there. A page asked for with `?pieces` comes in pieces. */
export async function serve(dir) {
  const base = /<base href="([^"]*)">/.exec(
    fs.readFileSync(path.join(dir, "404.html"), "utf8"))?.[1] ?? "/";
  const files = new Map();
  const load = (name) => {
    const file = path.join(dir, name);
    if (!file.startsWith(dir + path.sep) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      return undefined;
    }
    const type = path.extname(file);
    const body = fs.readFileSync(file);
    const packed = PACKED.has(type);
    return {
      body: packed ? gzipSync(body) : body,
      headers: {
        "content-type": TYPES[type] ?? "application/octet-stream",
        "cache-control": "max-age=600",
        ...(packed && { "content-encoding": "gzip" }),
      },
    };
  };
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, "http://host");
    const wanted = decodeURIComponent(url.pathname);
    const name = wanted.startsWith(base) ? wanted.slice(base.length) || "index.html" : "";
    if (!files.has(name)) files.set(name, name && load(name));
    const file = files.get(name);
    const { body, headers } = file || load("404.html");
    if (url.searchParams.has("pieces")) return sendInPieces(response, gunzipSync(body), headers);
    response.writeHead(file ? 200 : 404, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base,
    url: (name) => `http://127.0.0.1:${server.address().port}${base}${name}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
