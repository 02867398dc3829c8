// What the reader has read and known. It stays in this browser.
"use strict";
(() => {
  const KEY = "book-progress";
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };
  // { read: { page: true }, known: { question: "yes" | "no" } }
  const load = () => {
    let stored = null;
    try { stored = JSON.parse(localStorage.getItem(KEY)); } catch { /* as if nothing were stored */ }
    return { read: { ...stored?.read }, known: { ...stored?.known } };
  };
  const save = (change) => {
    const progress = load();
    change(progress);
    try { localStorage.setItem(KEY, JSON.stringify(progress)); } catch { /* it lasts as long as the page */ }
  };
  const fileOf = (url) => new URL(url).pathname.split("/").pop() || "index.html";

  // Each question, with the reader's own verdict.
  const questions = [];
  for (const heading of document.querySelectorAll("main h2[id^=check-yourself]")) {
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

  // The sections are the numbered pages: those between preface and appendix.
  const sections = [...document.querySelectorAll("#mdbook-sidebar .chapter-item:not(.affix)")]
    .map((item) => [item, item.querySelector("a[href]")]).filter(([, link]) => link);
  const here = sections.find(([, link]) => link.classList.contains("active"));
  const mark = make("button", { type: "button", className: "mark-read" });
  const clear = make("button", { type: "button", className: "clear-progress", textContent: "Clear all progress" });

  const show = () => {
    const { read, known } = load();
    for (const [item, link] of sections) {
      const done = !!read[fileOf(link.href)];
      item.classList.toggle("section-read", done);
      link.ariaDescription = done ? "read" : null;
    }
    for (const { question, verdict, inputs } of questions) {
      verdict.textContent = { yes: " ✓ knew it", no: " ✗ did not" }[known[question]] ?? "";
      for (const input of inputs) input.checked = input.value === known[question];
    }
    const done = !!here && !!read[fileOf(here[1].href)];
    mark.ariaPressed = String(done);
    mark.textContent = done ? "Marked as read" : "Mark this section as read";
  };
  mark.onclick = () => {
    const page = fileOf(here[1].href);
    save((p) => { if (p.read[page]) delete p.read[page]; else p.read[page] = true; });
    show();
  };
  clear.onclick = () => {
    try { localStorage.removeItem(KEY); } catch { /* nothing was stored */ }
    show();
  };
  if (here) {
    document.querySelector("main").append(make("div", { className: "progress" }, mark, clear));
  }
  // Another tab of the book may have changed it.
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) show(); });
  show();
})();
