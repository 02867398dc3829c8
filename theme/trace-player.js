// Lets the reader step through a recording. Without this script the whole
// figure and the list of its steps are there.
"use strict";
customElements.define("trace-player", class extends HTMLElement {
    connectedCallback() {
        this.marks = [...this.querySelectorAll("[data-s]")];
        this.steps = [...this.querySelectorAll(".trace-steps ol ol > li")];
        const name = this.dataset.listing;
        const bar = document.createElement("div");
        bar.className = "trace-bar";
        bar.setAttribute("role", "group");
        bar.setAttribute("aria-label", `Step through the recording of ${name}`);
        const button = (text, step) => {
            const element = document.createElement("button");
            element.type = "button";
            element.textContent = text;
            element.addEventListener("click", () => this.show(step()));
            bar.append(element);
        };
        button("First", () => 0);
        button("Back", () => (this.step ?? 1) - 1);
        button("Next", () => (this.step ?? -1) + 1);
        button("All", () => null);
        this.range = document.createElement("input");
        this.range.type = "range";
        this.range.min = 0;
        this.range.max = this.steps.length - 1;
        this.range.value = 0;
        this.range.setAttribute("aria-label", `Step of ${name}`);
        this.range.addEventListener("input",
            () => this.show(Number(this.range.value)));
        this.text = document.createElement("output");
        this.text.setAttribute("aria-live", "polite");
        bar.append(this.range);
        this.prepend(bar);
        bar.after(this.text);
        // mdBook turns the page on arrow keys that reach the document.
        bar.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });
        // The listing on the page, to light up a line of it.
        // Where lines are hidden, those that show have other numbers.
        const code = document.getElementById(name)?.querySelector("pre > code");
        this.code = code?.querySelector(".boring") ? null : code;
        this.show(null);
    }

    show(step) {
        if (step !== null) {
            step = Math.max(0, Math.min(this.steps.length - 1, step));
        }
        this.step = step;
        const item = step === null ? undefined : this.steps[step];
        this.classList.toggle("stepping", item !== undefined);
        for (const mark of this.marks) {
            const at = Number(mark.dataset.s);
            mark.classList.toggle("done", step !== null && at <= step);
            mark.classList.toggle("now", at === step);
        }
        for (const other of this.steps) {
            other.toggleAttribute("aria-current", other === item);
        }
        const count = this.steps.length;
        if (item) {
            const time = item.parentElement.previousElementSibling;
            this.text.textContent =
                `${step + 1} of ${count}, at ${time.textContent}: ${item.textContent}`;
        } else {
            this.text.textContent = `All ${count} steps`;
        }
        this.range.value = step ?? 0;
        this.range.setAttribute("aria-valuetext", this.text.textContent);
        this.light(item?.dataset.line);
        this.follow();
    }

    // Marks a line of the listing by a band behind it.
    light(line) {
        if (!this.code) return;
        this.code.classList.toggle("lit", line !== undefined);
        this.code.style.setProperty("--lit-line", (line ?? 1) - 1);
    }

    // Keeps the current mark in view, sideways only.
    follow() {
        const mark = this.querySelector(".now");
        const scroll = this.querySelector(".trace-scroll");
        if (!mark || !scroll) return;
        const at = mark.getBoundingClientRect();
        const view = scroll.getBoundingClientRect();
        if (at.right > view.right - 24 || at.left < view.left + 120) {
            scroll.scrollLeft += at.left - view.left - view.width / 2;
        }
    }
});
