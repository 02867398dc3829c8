// Mends mdBook's markup where a keyboard, a screen reader or a phone needs it.
// Without this script a page works as mdBook made it.
"use strict";
(() => {
  const id = (name) => document.getElementById(name);
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const main = document.querySelector("main");

  // The way past the sidebar and the menu, before everything else.
  main.id ||= "main";
  main.tabIndex = -1;
  const skip = document.querySelector(".skip-link");
  // In full: the page for "not found" has another base.
  skip.href = `${location.pathname}${location.search}#${main.id}`;
  skip.onclick = () => main.focus();
  document.body.prepend(skip);
  id("mdbook-page-wrapper").append(document.querySelector(".book-footer"));

  // The label that opens the sidebar cannot be focused; a button can. mdBook's
  // script keeps the state in the label.
  const label = id("mdbook-sidebar-toggle");
  const button = document.createElement("button");
  Object.assign(button, { id: "sidebar-button", type: "button", className: "icon-button",
    title: "Table of contents", ariaLabel: "Table of contents" });
  button.setAttribute("aria-controls", "mdbook-sidebar");
  button.append(...label.childNodes);
  button.onclick = () => label.click();
  const state = () => button.setAttribute("aria-expanded", label.getAttribute("aria-expanded"));
  state();
  new MutationObserver(state).observe(label, { attributeFilter: ["aria-expanded"] });
  label.before(button);
  label.hidden = true;

  // A fold of the sidebar cannot be focused, either.
  for (const fold of all("#mdbook-sidebar .chapter-fold-toggle")) {
    const item = fold.closest("li");
    const toggle = document.createElement("button");
    Object.assign(toggle, { type: "button", className: fold.className,
      ariaLabel: `Pages of ${item.querySelector("a").textContent}`,
      ariaExpanded: String(item.classList.contains("expanded")) });
    toggle.onclick = () => { toggle.ariaExpanded = String(item.classList.toggle("expanded")); };
    toggle.append(...fold.childNodes);
    fold.replaceWith(toggle);
  }

  // On a phone the sidebar hides the text to which a heading in it leads.
  id("mdbook-sidebar").addEventListener("click", (event) => {
    if (event.target.closest(".header-in-summary") && document.body.clientWidth < 1080) label.click();
  });

  // The menu names the chapter; the only first heading is that of the text.
  const title = document.createElement("p");
  title.className = "menu-title";
  const chapter = document.title.split(" - ")[0];
  const entry = document.querySelector("#mdbook-sidebar li:has(> ol .active) a")?.textContent;
  title.textContent = entry ? `${entry.split(" ")[0]} · ${chapter}` : chapter;
  document.querySelector("h1.menu-title").replaceWith(title);
  id("mdbook-menu-bar").setAttribute("role", "banner");

  // Two themes and the choice of the system.
  for (const name of ["rust", "coal", "ayu"]) id(`mdbook-theme-${name}`).parentElement.remove();
  id("mdbook-theme-navy").textContent = "Dark";

  // The printer prints what is seen; the foot leads to the whole book. The page
  // for printing is the book already.
  const contents = document.querySelector(".print-contents");
  const printer = id("print-button").closest("a");
  if (!contents) {
    const print = document.createElement("button");
    Object.assign(print, { type: "button", className: "icon-button", title: "Print this page",
      ariaLabel: "Print this page" });
    print.append(...printer.childNodes);
    print.onclick = () => window.print();
    printer.replaceWith(print);
  } else {
    // Its table of contents leads to the pages as they stand in it, each behind a
    // break of mdBook's. A section begins on a new sheet; its pages follow each other.
    const breaks = all("main > div[style*='break-before']");
    const starts = [main.firstElementChild, ...breaks.map((end) => end.nextElementSibling)];
    all("li", contents).forEach((entry, n) => {
      if (starts[n]?.id) {
        const link = Object.assign(document.createElement("a"), { href: `#${starts[n].id}` });
        link.append(...entry.childNodes);
        entry.append(link);
      }
      if (entry.matches(".below")) breaks[n - 1]?.classList.add("flows");
    });
  }

  // Paper does not scroll: what is too wide for it becomes smaller.
  const PAPER = 680;
  addEventListener("beforeprint", () => {
    for (const drawing of all(".trace-scroll")) {
      const width = [...drawing.children].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0);
      if (width > PAPER) drawing.style.zoom = PAPER / width;
    }
  });
  addEventListener("afterprint", () => all(".trace-scroll").forEach((drawing) => { drawing.style.zoom = ""; }));

  // What a search engine that runs scripts says about the page: how it begins.
  // For the others, head.hbs names it.
  const opening = document.querySelector("main > p")?.textContent.replace(/\s+/g, " ").trim();
  const description = document.querySelector("meta[name=description]");
  if (opening && description && !contents) {
    const text = `${chapter}. ${opening}`;
    description.content = text.length <= 200 ? text : `${text.slice(0, 200).replace(/\s\S*$/, "")} …`;
  }

  const search = id("mdbook-searchbar");
  if (search) {
    id("mdbook-search-wrapper").setAttribute("role", "search");
    search.setAttribute("aria-label", "Search this book");
    search.setAttribute("aria-describedby", "mdbook-searchresults-header");
    id("mdbook-searchresults-header").setAttribute("role", "status");
  }

  // Where the arrows lead.
  const toc = new Map(all("#mdbook-sidebar .chapter-item a[href]").map((a) => [a.href, a.textContent]));
  for (const link of all(".nav-chapters")) {
    const name = toc.get(link.href);
    if (!name) continue;
    const text = document.createElement("span");
    const way = link.classList.contains("next") ? "Next" : "Previous";
    text.innerHTML = `<span class="way">${way}</span><span class="chapter-title"></span>`;
    text.lastChild.textContent = name;
    link.removeAttribute("title");
    link.removeAttribute("aria-label");
    link.append(text);
  }

  // mdBook turns the page on arrow keys wherever the focus is. What has the
  // focus keeps them, unless it is the text itself or a link in it.
  id("mdbook-body-container").addEventListener("keydown", (event) => {
    const keeps = event.target.closest("button, summary, .listing-bar, [tabindex='0']");
    if (keeps && /^Arrow(Left|Right)$/.test(event.key)) event.stopPropagation();
  });

  // On a phone, the rows of a wide table become cards (book.css): each cell
  // takes its heading along, and each element the role that its display hides.
  for (const table of all("main table:has(th:nth-child(4))")) {
    const heads = all("th", table);
    const role = (css, name) => all(css, table).forEach((e) => e.setAttribute("role", name));
    table.setAttribute("role", "table");
    role("thead, tbody", "rowgroup");
    role("tr", "row");
    role("th", "columnheader");
    for (const cell of all("td", table)) {
      cell.setAttribute("role", "cell");
      cell.dataset.label = heads[cell.cellIndex].textContent;
    }
  }

  // What scrolls sideways can be reached, and has a name. To measure lays out what
  // book.css leaves out, so it is done bit by bit, when nothing else is to do.
  const scrollers = all("main pre > code, main .table-wrapper, main figure > div, .trace-scroll");
  const reach = (e, wide) => {
    if (wide === e.hasAttribute("tabindex")) return;
    if (!wide) return ["tabindex", "role", "aria-label"].forEach((a) => e.removeAttribute(a));
    const of = e.closest("figure[id]")?.id ?? chapter;
    const kind = e.matches("code") ? "Code" : e.matches(".table-wrapper") ? "Table" : "Figure";
    e.tabIndex = 0;
    e.setAttribute("role", "group");
    e.setAttribute("aria-label", `${kind} of ${of}, scrolls sideways`);
  };
  // At the latest after a second: a browser with much to do may put off for good
  // what has no limit.
  const later = (task) => globalThis.requestIdleCallback?.(task, { timeout: 1000 }) ?? setTimeout(task, 10);
  // The page for printing has hundreds, and nobody who waits for it to react.
  const share = scrollers.length > 200 ? scrollers.length : 8;
  let queue = [];
  const measure = () => {
    const some = queue.splice(0, share);
    const wide = some.map((e) => e.scrollWidth > e.clientWidth);
    some.forEach((e, n) => reach(e, wide[n]));
    document.documentElement.classList.toggle("settled", !queue.length);
    if (queue.length) later(measure);
  };
  const anew = () => {
    if (!queue.length) later(measure);
    queue = [...scrollers];
  };
  // Also when an answer is opened: closed, it has no width.
  new ResizeObserver(anew).observe(main);
  // Nor has a changed program the width of the one in whose place it stands.
  document.addEventListener("changed-listing", anew);

  // mdBook lists the headings of the page in the sidebar when all is loaded.
  document.addEventListener("DOMContentLoaded", () => document.documentElement.classList.add("ready"));
})();
