// Steps through a recording; without it, all of it stands there.
customElements.define("trace-player", class extends HTMLElement {
  connectedCallback() {
    const name = this.dataset.listing;
    this.marks = [...this.querySelectorAll("[data-s]")];
    this.steps = [...this.querySelectorAll(".trace-steps ol ol > li")];
    const code = document.getElementById(name)?.querySelector("pre > code");
    // Hidden lines would shift the others.
    this.code = code?.querySelector(".boring") ? null : code;
    const make = (tag, set) => Object.assign(document.createElement(tag), set);
    const bar = make("div", { className: "trace-bar", role: "group",
      ariaLabel: `Step through the recording of ${name}` });
    const at = () => this.step ?? -1;
    for (const [text, by] of [["First", -1e9], ["Back", -1], ["Next", 1], ["All"]]) {
      bar.append(make("button", { type: "button", textContent: text,
        onclick: () => this.show(by ? at() + by : null) }));
    }
    this.range = make("input", { type: "range", min: 0, value: 0,
      max: this.steps.length - 1, ariaLabel: `Step of ${name}`,
      oninput: () => this.show(+this.range.value) });
    bar.append(this.range);
    // Arrows turn mdBook's page. And the range is mute where its value stays, as
    // with Home after All.
    bar.onkeydown = (event) => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1,
        Home: -1e9, End: 1e9 }[event.key];
      if (by ** 2 === 1) event.stopPropagation();
      if (!by || event.target !== this.range) return;
      event.preventDefault();
      this.show(at() + by);
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
    this.light();
    const now = this.querySelector(".now")?.getBoundingClientRect();
    if (!now) return;
    const scroll = this.querySelector(".trace-scroll");
    const view = scroll.getBoundingClientRect();
    if (now.right > view.right - 24 || now.left < view.left + 120) {
      scroll.scrollLeft += now.left - view.left - view.width / 2;
    }
  }

  light() {
    // A changed program has other lines than the one that was recorded.
    const line = this.code?.matches(".varied") ? null : this.steps[this.step]?.dataset.line;
    this.code?.classList.toggle("lit", !!line);
    this.code?.style.setProperty("--lit-line", (line ?? 1) - 1);
  }
});
