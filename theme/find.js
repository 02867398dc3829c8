// What the reader looks for: better answers of mdBook's search, the place where a
// result leads, and the filter of the corrections.
"use strict";
(() => {
  const main = document.querySelector("main");
  const all = (css, root = main) => [...root.querySelectorAll(css)];
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  // ---- The search. It knows words; here it learns that they stand in a row.

  const results = document.getElementById("mdbook-searchresults");
  const search = globalThis.elasticlunr?.Index.prototype.search;
  let phrase = "";
  let hits = [];
  // The texts of the index in one form, for as long as the page lives.
  const texts = new Map();
  const textOf = (hit, field) => {
    const key = `${field} ${hit.ref}`;
    if (!texts.has(key)) texts.set(key, plain(hit.doc[field]));
    return texts.get(key);
  };
  const at = (hit, field) => textOf(hit, field).toLowerCase().indexOf(phrase);

  if (results && search) {
    elasticlunr.Index.prototype.search = function (words, options) {
      const ask = (change) => search.call(this, words, { ...options, ...change });
      phrase = plain(words).toLowerCase();
      // Whole words; where there are none, beginnings of words; then any of them.
      hits = ask({});
      if (!hits.length) hits = ask({ expand: true });
      if (!hits.length) hits = ask({ bool: "OR" });
      const rank = (hit) => at(hit, "title") >= 0 ? 0 : at(hit, "body") >= 0 ? 1 : 2;
      hits = hits.map((hit) => [rank(hit), hit]).sort(([a], [b]) => a - b).map(([, hit]) => hit);
      // A page's own heading repeats its title.
      const way = (crumbs) => crumbs.split(" » ").map(plain)
        .filter((crumb, n, crumbs) => crumb !== crumbs[n - 1]).join(" » ");
      hits = hits.map((hit) => ({ ...hit, doc: { ...hit.doc, breadcrumbs: way(hit.doc.breadcrumbs) } }));
      return hits;
    };

    new MutationObserver(() => {
      [...results.children].forEach((item, n) => {
        // mdBook marks each word of the address by itself. A space that does not
        // break keeps the words together and finds any other space.
        const link = item.querySelector("a");
        link.href = link.href.replace(/(?<=[?&]highlight=)[^#]*/, (words) => words.replaceAll("%20", "%C2%A0"));
        // mdBook stresses each word of the teaser that begins like one of the phrase.
        const words = phrase.split(" ").filter((word) => word.length > 2);
        for (const em of item.querySelectorAll(".teaser em")) {
          const text = em.textContent.toLowerCase();
          if (!words.some((word) => text.includes(word.slice(0, Math.max(3, word.length - 2))))) em.replaceWith(...em.childNodes);
        }
        const start = hits[n] ? at(hits[n], "body") : -1;
        if (start < 0 || !phrase.includes(" ")) return;
        const body = textOf(hits[n], "body");
        const end = start + phrase.length;
        const from = body.lastIndexOf(" ", Math.max(0, start - 60)) + 1;
        item.querySelector(".teaser").replaceChildren(body.slice(from, start),
          make("em", { textContent: body.slice(start, end) }), body.slice(end).match(/^.{0,90}\S*/s)[0]);
      });
    }).observe(results, { childList: true });
  }

  // ---- Where a result leads: to the words themselves.

  const wanted = new URLSearchParams(location.search).get("highlight");
  if (wanted?.trim() && globalThis.Mark) {
    const words = plain(wanted);
    const marker = new Mark(main);
    const exclude = ["svg *", "button", ".listing-bar *"];
    const marks = () => all("mark[data-markjs]");
    // An address from elsewhere, with spaces, of which mdBook has marked each word.
    if (wanted.includes(" ")) {
      marker.unmark();
      marker.mark(words, { exclude, separateWordSearch: false });
    }
    // Words in a row of which some are code.
    if (!marks().length) marker.mark(words, { exclude, separateWordSearch: false, acrossElements: true });

    // From the heading of the result to the next one.
    const heads = all("h1, h2, h3");
    const head = heads.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
    const next = heads[heads.indexOf(head) + 1];
    const inside = (element) => !head || head.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
      && !(next && next.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    // Words that stand apart: in the part that was found, and no parts of words.
    if (!marks().length) {
      marker.mark(words.split(" ").filter((word) => word.length > 2),
        { exclude, accuracy: "exactly", filter: (node) => inside(node) });
    }
    for (const mark of marks()) {
      mark.addEventListener("click", () => marker.unmark());
    }

    // What is seen comes before what a question hides: it would give the answer away.
    const found = marks();
    const folded = (mark) => mark.closest("details:not([open])") && !mark.closest("summary");
    const cost = (mark) => (inside(mark) ? 0 : 4) + (mark.closest(".boring") ? 2 : 0) + (folded(mark) ? 1 : 0);
    const goal = found.sort((a, b) => cost(a) - cost(b))[0];
    if (goal) {
      for (let fold = goal.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      goal.closest(".boring")?.closest("code").classList.remove("hide-boring");
      let moved = false;
      for (const by of ["wheel", "touchstart", "keydown", "pointerdown"]) {
        addEventListener(by, () => { moved = true; }, { once: true, passive: true });
      }
      const show = () => { if (!moved) goal.scrollIntoView({ block: "center", behavior: "instant" }); };
      show();
      // The browser goes to the heading once more when all is loaded.
      addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(show)));
    }
  }

  // ---- The corrections: verdicts as marks, and a choice of rows.

  const VERDICTS = ["false", "outdated", "half-true", "unproven"];
  const title = document.querySelector("main > h1#corrections:first-child");
  if (title) {
    const rows = all("tbody tr").map((row) => {
      const cell = [...row.cells].find(({ textContent }) => VERDICTS.includes(textContent.trim()));
      const verdict = cell?.textContent.trim() ?? "";
      cell?.replaceChildren(make("span", { className: `finding ${verdict}`, textContent: verdict }));
      const sections = new Set(all("a[href]", row)
        .map((link) => /ch06-(\d+)/.exec(link.getAttribute("href"))?.[1]).filter(Boolean));
      return { row, verdict, sections };
    });
    // Each heading with what stands below it, up to the next.
    const parts = [];
    for (const element of main.children) {
      if (element.matches("h2, h3")) parts.push({ level: element.tagName, elements: [], tables: [] });
      parts.at(-1)?.elements.push(element);
      parts.at(-1)?.tables.push(...all("table", element));
    }
    const choice = (text, first, options) => {
      const select = make("select", {}, new Option(first, ""), ...options.map(([name, value]) => new Option(name, value)));
      return [select, make("label", {}, `${text} `, select)];
    };
    const [verdict, byVerdict] = choice("Verdict", "all", VERDICTS.map((name) =>
      [`${name} (${rows.filter((row) => row.verdict === name).length})`, name]));
    const names = all(".chapter > li > .chapter-link-wrapper > a[href*='ch06-']", document);
    const [section, bySection] = choice("Section", "all", names.map((link) =>
      [link.textContent, /ch06-(\d+)/.exec(link.href)[1]]));
    const status = make("output", {});
    const show = () => {
      let shown = 0;
      for (const { row, verdict: has, sections } of rows) {
        row.hidden = !((!verdict.value || has === verdict.value)
          && (!section.value || sections.has(section.value)));
        shown += !row.hidden;
      }
      // A part of which no row is left goes with its headings.
      for (const part of parts) {
        const below = parts.slice(parts.indexOf(part));
        const end = below.findIndex(({ level }, n) => n > 0 && level <= part.level);
        const tables = below.slice(0, end < 0 ? undefined : end).flatMap((each) => each.tables);
        const none = tables.length > 0 && !tables.some((table) => table.querySelector("tbody tr:not([hidden])"));
        for (const element of part.elements) element.hidden = none;
      }
      status.textContent = shown === rows.length ? `All ${shown} rows` : `${shown} of ${rows.length} rows`;
    };
    verdict.onchange = section.onchange = show;
    // Who follows a link to a row that is not shown wants to see it.
    const reveal = () => {
      const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("tr");
      if (!row?.hidden) return;
      verdict.value = section.value = "";
      show();
      row.scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    const filter = make("form", { className: "filter", ariaLabel: "Filter of the corrections" },
      byVerdict, bySection, status);
    document.querySelector("main > h2").before(filter);
    show();
  }
})();
