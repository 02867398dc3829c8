// What the reader has read and known, and where they were. It stays in this browser.
"use strict";
(() => {
  const KEY = "book-progress";
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };
  const all = (css, root = document) => [...root.querySelectorAll(css)];

  // A page is named by its place in the book: ch06-05-tokio-concurrency/select.html.
  const root = new URL(`${path_to_root}./`, document.baseURI).pathname;
  const fileOf = (url) => new URL(url).pathname.slice(root.length) || "index.html";

  // The sections: a page with the pages below it, each with its link in the sidebar.
  const sections = all("#mdbook-sidebar .chapter > li:has(> ol.section)").map((item) => ({
    item,
    pages: all(".chapter-link-wrapper > a[href]", item).map((link) => ({
      link, item: link.closest("li"), file: fileOf(link.href),
    })),
  }));
  const pages = sections.flatMap((section) => section.pages);
  const here = pages.find(({ link }) => link.classList.contains("active"));

  // { paged: true, read: { page: true }, known: { question: "yes" | "no" }, last: { page, at } }
  const load = () => {
    let stored = null;
    try { stored = JSON.parse(localStorage.getItem(KEY)); } catch { /* as if nothing were stored */ }
    const progress = { paged: true, read: { ...stored?.read }, known: { ...stored?.known }, last: stored?.last };
    // When a section was one page, its mark was that of all it holds.
    if (!stored?.paged) {
      for (const { pages: [entry, ...rest] } of sections) {
        if (progress.read[entry.file]) for (const { file } of rest) progress.read[file] = true;
      }
    }
    return progress;
  };
  const save = (change) => {
    const progress = load();
    change(progress);
    try { localStorage.setItem(KEY, JSON.stringify(progress)); } catch { /* it lasts as long as the page */ }
  };

  // Each question, with the reader's own verdict.
  const questions = [];
  for (const heading of all("main h2[id^=check-yourself]")) {
    const list = make("div", { className: "check-yourself" });
    let next = heading.nextElementSibling;
    heading.after(list);
    while (next && next.tagName !== "H2" && next.tagName !== "H1") {
      const item = next;
      next = item.nextElementSibling;
      if (item.tagName !== "DETAILS") { list.append(item); continue; }
      const summary = item.querySelector("summary");
      const question = summary.textContent;
      const number = questions.length + 1;
      const verdict = make("span", { className: "verdict" });
      summary.append(verdict);
      const choices = [["yes", "I knew it"], ["no", "I did not"]].map(([value, text]) => {
        const input = make("input", { type: "radio", name: `known-${number}`, value });
        input.onchange = () => { save((p) => { p.known[question] = value; }); show(); };
        return [input, make("label", {}, input, ` ${text}`)];
      });
      const field = make("fieldset", {},
        make("legend", { className: "visually-hidden", textContent: `Question: ${question}` }),
        item, make("div", { className: "verdicts" }, ...choices.map(([, label]) => label)));
      list.append(field);
      questions.push({ question, verdict, inputs: choices.map(([input]) => input) });
    }
  }

  const mark = make("button", { type: "button", className: "mark-read" });
  for (const section of sections) {
    section.count = make("span", { className: "read-count", ariaHidden: "true" });
    section.pages[0].link.after(section.count);
  }

  const show = () => {
    const { read, known } = load();
    for (const { item, link, file } of pages) {
      item.classList.toggle("page-read", !!read[file]);
      link.ariaDescription = read[file] ? "read" : null;
    }
    for (const section of sections) {
      const count = section.pages.filter(({ file }) => read[file]).length;
      const whole = count === section.pages.length;
      section.item.classList.toggle("page-read", whole);
      section.count.textContent = count && !whole ? `${count}/${section.pages.length}` : "";
      section.pages[0].link.ariaDescription = count ? `${count} of ${section.pages.length} pages read` : null;
    }
    for (const { question, verdict, inputs } of questions) {
      verdict.textContent = { yes: " ✓ knew it", no: " ✗ did not" }[known[question]] ?? "";
      for (const input of inputs) input.checked = input.value === known[question];
    }
    const done = !!here && !!read[here.file];
    mark.ariaPressed = String(done);
    mark.textContent = done ? "Marked as read" : "Mark this page as read";
  };

  if (here) {
    mark.onclick = () => {
      save((p) => { if (p.read[here.file]) delete p.read[here.file]; else p.read[here.file] = true; });
      show();
    };
    document.querySelector("main").append(make("div", { className: "progress" }, mark));
    // Where the reader stops: the last heading or figure that has come into view.
    const leave = () => {
      const seen = all("main :is(h2, h3, figure)[id]")
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().top < innerHeight / 3);
      save((p) => { p.last = { page: here.file, at: seen.at(-1)?.id ?? "" }; });
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  }

  // The cover offers to go on. It keeps the place free (book.css).
  const { last } = load();
  const goal = last && pages.find(({ file }) => file === last.page);
  if (goal && document.querySelector("main > .doors")) {
    const link = make("a", { href: goal.link.href + (last.at && `#${last.at}`) },
      "Continue with ", make("b", { textContent: goal.link.textContent }));
    document.querySelector("main").prepend(make("p", { className: "resume" }, link));
  }

  // At the foot, far from the button that marks a page; and it asks.
  const clear = make("button", { type: "button", className: "clear-progress", textContent: "Clear all progress…" });
  const told = make("span", { role: "status" });
  const keep = make("button", { type: "button", className: "keep-progress", textContent: "Keep it", autofocus: true });
  const forget = make("button", { type: "button", className: "forget-progress", textContent: "Clear all" });
  const what = make("p", { id: "clear-what" });
  const dialog = make("dialog", { className: "ask" },
    make("h2", { id: "clear-title", textContent: "Clear all progress?" }), what,
    make("div", { className: "choices" }, keep, forget));
  dialog.setAttribute("aria-labelledby", "clear-title");
  dialog.setAttribute("aria-describedby", "clear-what");
  // mdBook's keys, which turn pages and open the search, wait outside.
  dialog.onkeydown = (event) => event.stopPropagation();
  clear.onclick = () => {
    const { read, known } = load();
    const of = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;
    what.textContent = `This browser forgets ${of(Object.keys(read).length, "page")} that you marked as read, ` +
      `what you said about ${of(Object.keys(known).length, "question")}, and where you were. ` +
      "There is no other copy.";
    told.textContent = "";
    dialog.showModal();
  };
  keep.onclick = () => dialog.close();
  forget.onclick = () => {
    try { localStorage.removeItem(KEY); } catch { /* nothing was stored */ }
    dialog.close();
    document.querySelector(".resume")?.remove();
    told.textContent = " All progress is cleared.";
    show();
  };
  document.querySelector(".book-footer").append(
    make("p", { className: "progress-note" }, "What you mark and answer stays in this browser. ", clear, told));
  document.getElementById("mdbook-body-container").append(dialog);

  // Another tab of the book may have changed it.
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) show(); });
  show();
})();
