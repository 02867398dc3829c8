// Steps through a recording; without it, the whole figure and its list stand.
customElements.define("trace-player", class extends HTMLElement {
  connectedCallback() {
    const name = this.dataset.listing;
    this.marks = [...this.querySelectorAll("[data-s]")];
    this.steps = [...this.querySelectorAll(".trace-steps ol ol > li")];
    const code = document.getElementById(name)?.querySelector("pre > code");
    // Where lines are hidden, those that show have other numbers.
    this.code = code?.querySelector(".boring") ? null : code;
    const make = (tag, set) => Object.assign(document.createElement(tag), set);
    const bar = make("div", { className: "trace-bar", role: "group",
      ariaLabel: `Step through the recording of ${name}` });
    const at = () => this.step ?? -1;
    for (const [text, step] of [["First", () => 0], ["Back", () => at() - 1],
      ["Next", () => at() + 1], ["All", () => null]]) {
      bar.append(make("button", { type: "button", textContent: text,
        onclick: () => this.show(step()) }));
    }
    this.range = make("input", { type: "range", min: 0, value: 0,
      max: this.steps.length - 1, ariaLabel: `Step of ${name}`,
      oninput: () => this.show(+this.range.value) });
    bar.append(this.range);
    // mdBook turns the page on arrow keys that reach the document.
    bar.onkeydown = (event) => {
      if (event.key.startsWith("Arrow")) event.stopPropagation();
    };
    this.text = make("output", { ariaLive: "polite" });
    this.prepend(bar, this.text);
    this.show(null);
  }

  show(step) {
    const count = this.steps.length;
    if (step !== null) step = Math.max(0, Math.min(count - 1, step));
    this.step = step;
    const item = this.steps[step];
    this.classList.toggle("stepping", !!item);
    for (const mark of this.marks) {
      mark.classList.toggle("done", +mark.dataset.s <= step);
      mark.classList.toggle("now", +mark.dataset.s === step);
    }
    this.steps.forEach((li) => { li.ariaCurrent = li === item ? "step" : null; });
    const time = item?.parentElement.previousElementSibling.textContent;
    this.text.textContent = item
      ? `${step + 1} of ${count}, at ${time}: ${item.textContent}`
      : `All ${count} steps`;
    this.range.value = step ?? 0;
    this.range.ariaValueText = this.text.textContent;
    const line = item?.dataset.line;
    this.code?.classList.toggle("lit", !!line);
    this.code?.style.setProperty("--lit-line", (line ?? 1) - 1);
    // Keeps the present mark in view, sideways only.
    const scroll = this.querySelector(".trace-scroll");
    const now = this.querySelector(".now")?.getBoundingClientRect();
    const view = scroll.getBoundingClientRect();
    if (now && (now.right > view.right - 24 || now.left < view.left + 120)) {
      scroll.scrollLeft += now.left - view.left - view.width / 2;
    }
  }
});
