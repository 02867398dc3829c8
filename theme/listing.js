// The bar above a listing or an exercise: its command, and buttons that copy and run it.
"use strict";
(() => {
  const PLAYGROUND = "https://play.rust-lang.org/";
  const LIMIT = 20_000; // milliseconds; the Playground itself gives up after 10 s
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };
  const status = make("p", { className: "visually-hidden", role: "status" });
  document.querySelector("main").append(status);

  // The whole program, hidden lines too; of a console, the commands.
  const textOf = (code) => {
    const text = code.textContent;
    const commands = text.split("\n").filter((line) => line.startsWith("$ "));
    if (!code.matches(".language-console") || !commands.length) return text;
    return commands.map((line) => `${line.slice(2)}\n`).join("");
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https, or without permission: the way of old browsers.
      const area = make("textarea", { value: text, className: "visually-hidden" });
      document.body.append(area);
      const focused = document.activeElement;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      focused?.focus();
      if (!done) throw new Error("the browser does not let a page copy");
    }
  };

  const copyButton = (code, name) => {
    const button = make("button", { type: "button", className: "listing-copy", textContent: "Copy",
      ariaLabel: `Copy ${name}` });
    button.onclick = async () => {
      try {
        await copy(textOf(code));
        button.textContent = "Copied";
        status.textContent = `Copied ${name}`;
      } catch {
        button.textContent = "Failed";
        status.textContent = "The browser does not let this page copy. Select the text instead.";
      }
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    };
    return button;
  };

  // Where a page shows a part: the rest of the program.
  const linesButton = (code, name) => {
    const button = make("button", { type: "button", className: "listing-lines", textContent: "All lines",
      ariaLabel: `All lines of ${name}`, ariaPressed: "false" });
    button.onclick = () => {
      const hidden = code.classList.toggle("hide-boring");
      button.ariaPressed = String(!hidden);
    };
    return button;
  };

  // Cargo's own messages stand before the line that names the program.
  const ofProgram = (stderr) => stderr.replace(/^[^]*?\n? *Running `.*`\n/, "");

  const answerOf = (answer, command) => {
    const local = ` On your own machine: ${command}`;
    const { stdout = "", stderr = "", success, exitDetail } = answer;
    if (success) return { ran: true, note: "Ran on the Rust Playground, whose crates can be older than those of the book.", stdout, stderr: ofProgram(stderr) };
    if (stderr.includes("Running `")) {
      return { note: `The program did not succeed on the Playground: ${exitDetail || "no exit status"}.${local}`, stdout, stderr: ofProgram(stderr) };
    }
    return { note: `It does not compile on the Playground, whose crates can be older than those of the book.${local}`, stdout, stderr };
  };

  const ask = async (code, command) => {
    const local = `On your own machine: ${command}`;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LIMIT);
    try {
      const response = await fetch(`${PLAYGROUND}execute`, {
        method: "POST", mode: "cors", credentials: "omit", referrerPolicy: "no-referrer", signal: stop.signal,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ channel: "stable", mode: "debug", edition: "2024", crateType: "bin",
          tests: false, backtrace: false, code }),
      });
      const answer = await response.json().catch(() => { if (stop.signal.aborted) throw stop.signal.reason; return {}; });
      if (answer.error) return { note: `The Playground could not run it: ${answer.error}. ${local}` };
      if (!response.ok || answer.success === undefined) {
        return { note: `The Playground answered with status ${response.status} and no result. ${local}` };
      }
      return answerOf(answer, command);
    } catch {
      return stop.signal.aborted
        ? { note: `No answer from the Playground within ${LIMIT / 1000} seconds. ${local}` }
        : { note: `The Playground cannot be reached. ${local}` };
    } finally {
      clearTimeout(timer);
    }
  };

  const runButton = (code, name, command) => {
    const button = make("button", { type: "button", className: "listing-run", textContent: "Run",
      ariaLabel: `Run ${name} on the Rust Playground`, title: "Sends the program to play.rust-lang.org" });
    const result = make("output", { className: "run-result" });
    const show = ({ ran, waits, note, stdout, stderr }) => {
      result.classList.toggle("failed", !ran && !waits);
      result.replaceChildren(make("span", { className: "run-note", textContent: note }));
      if (stdout) result.append(make("code", { className: "run-stdout", textContent: stdout }));
      if (stderr) result.append(make("span", { className: "run-label", textContent: "Standard error" }),
        make("code", { className: "run-stderr", textContent: stderr }));
    };
    button.onclick = async () => {
      // Not `disabled`, which would take the focus away.
      if (button.ariaDisabled === "true") return;
      button.ariaDisabled = "true";
      if (!result.isConnected) code.parentElement.after(result);
      show({ waits: true, note: "Sent to play.rust-lang.org; waiting for its answer." });
      show(await ask(textOf(code), command));
      button.ariaDisabled = null;
    };
    return button;
  };

  for (const figure of document.querySelectorAll("figure:is(.listing, .exercise)")) {
    const code = figure.querySelector("pre > code:is(.language-rust, .language-cpp, .language-c)");
    const caption = figure.querySelector("figcaption");
    const command = caption?.lastElementChild;
    if (!code || !command?.matches("code")) continue;
    const name = figure.id;
    const text = command.textContent.replace(/\s+/g, " ").trim();
    const bar = make("div", { className: "listing-bar", role: "group", ariaLabel: name });
    // The name in the command is the link to the listing.
    const at = text.lastIndexOf(name);
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)];
    command.replaceChildren(before, make("a", { href: `#${name}`, textContent: name }), after);
    command.className = "listing-command";
    bar.append(command);
    if (code.querySelector(".boring")) bar.append(linesButton(code, name));
    bar.append(copyButton(code, name));
    if (figure.hasAttribute("data-run")) {
      bar.append(runButton(code, name, text), make("a", { className: "listing-open",
        href: `${PLAYGROUND}?version=stable&mode=debug&edition=2024&code=${encodeURIComponent(textOf(code))}`, target: "_blank", rel: "noopener noreferrer",
        title: "Opens a new tab", ariaLabel: `Open in Playground: ${name}, in a new tab` },
        make("span", { className: "wide", textContent: "Open in\u00a0" }), "Playground"));
    }
    caption.after(bar);
  }

  for (const code of document.querySelectorAll("main pre > code")) {
    const pre = code.parentElement;
    if (pre.querySelector(".code-bar") || (pre.closest("figure:is(.listing, .exercise)") && !code.matches(".language-console"))) continue;
    const kind = code.matches(".language-console") ? "the commands" : "this code";
    const bar = make("div", { className: "code-bar" }, copyButton(code, kind));
    if (code.querySelector(".boring")) bar.prepend(linesButton(code, kind));
    pre.append(bar);
  }
})();
// The switch in a listing's bar that makes one of its variations, and unmakes it.
// Without this script, each variation is a closed block below the listing.
(() => {
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };

  // The lines of a program; mdBook has wrapped each hidden one.
  const linesOf = (code) => [...code.childNodes].flatMap((node) => {
    const hidden = node.nodeType === Node.ELEMENT_NODE && node.matches(".boring");
    return node.textContent.split(/(?<=\n)/).map((text) => ({ text, hidden }));
  });

  // Hunks, as the book's own tool reads them: the old lines stand once in the program.
  const changed = (lines, diff) => {
    const end = (text) => text.trimEnd();
    for (const hunk of diff.split(/^@@.*\n/m).filter(Boolean)) {
      const rows = hunk.split("\n").slice(0, -1).map((row) => row || " ");
      const old = rows.filter((row) => row[0] !== "+").map((row) => end(row.slice(1)));
      const at = lines.findIndex((_, n) => old.every((text, k) => end(lines[n + k]?.text ?? "\0") === text));
      if (at < 0) return null;
      let from = at;
      const put = [];
      let cut = false;
      for (const row of rows) {
        if (row[0] === "+") put.push({ text: `${row.slice(1)}\n`, mark: "added" });
        else {
          const line = lines[from++];
          if (row[0] === "-") cut = true;
          else { put.push(cut && !put.at(-1)?.mark ? { ...line, mark: "after-cut" } : line); cut = false; }
        }
      }
      lines = [...lines.slice(0, at), ...put, ...lines.slice(from)];
      // What was taken out at the end of a hunk shows on the line that follows.
      if (cut && !put.at(-1)?.mark && lines[at + put.length]) {
        lines[at + put.length] = { ...lines[at + put.length], mark: "after-cut" };
      }
    }
    return lines;
  };

  for (const figure of document.querySelectorAll("figure.listing:has(> details.whatif)")) {
    const name = figure.id;
    const code = figure.querySelector(":scope > pre > code");
    const bar = figure.querySelector(".listing-bar");
    const command = bar?.querySelector(".listing-command");
    if (!code || !command) continue;
    const open = bar.querySelector(".listing-open");
    const original = { nodes: [...code.childNodes], command: [...command.childNodes], open: open?.href };
    const outputs = [...figure.querySelectorAll(":scope > pre:has(> .language-text), :scope > details.predict")];
    const status = make("p", { className: "visually-hidden", role: "status" });
    const place = make("div", { className: "varied-output" });
    const variations = [...figure.querySelectorAll(":scope > details.whatif")].map((details) => {
      const summary = details.querySelector("summary");
      const say = summary.querySelector("code:last-child");
      const question = summary.textContent.replace(say?.textContent ?? "", "").trim();
      const diff = details.querySelector("pre:has(> .language-diff)");
      return { details, question, command: say?.textContent ?? "", diff,
        shown: [...details.children].filter((e) => e !== summary && e !== diff) };
    });
    const select = make("select", { className: "listing-what-if", ariaLabel: `Variations of ${name}` },
      make("option", { value: "", textContent: "As printed" }),
      ...variations.map(({ question }, n) => make("option", { value: n, textContent: question })));
    let now = null;

    const back = () => {
      if (!now) return;
      now.details.append(...now.shown);
      now.details.hidden = false;
      now = null;
      code.replaceChildren(...original.nodes);
      code.classList.remove("varied");
      command.replaceChildren(...original.command);
      if (open) open.href = original.open;
      for (const element of outputs) element.hidden = false;
      place.remove();
    };
    const to = (variation) => {
      const lines = changed(linesOf(code), variation.diff.textContent);
      if (!lines) return;
      now = variation;
      code.replaceChildren(...lines.map(({ text, hidden, mark }) => hidden
        ? make("span", { className: "boring", textContent: text })
        : mark ? make(mark === "added" ? "ins" : "span", { className: mark, textContent: text }) : text));
      code.classList.add("varied");
      code.classList.remove("lit");
      const [before, after = ""] = variation.command.split(name);
      command.replaceChildren(before, make("a", { href: `#${name}`, textContent: name }), after);
      if (open) {
        const url = new URL(original.open);
        url.searchParams.set("code", code.textContent);
        open.href = url.href;
      }
      for (const element of outputs) element.hidden = true;
      // The elements themselves, so that what scrolls keeps its name.
      place.replaceChildren(...variation.shown);
      (outputs.at(-1) ?? code.parentElement).after(place);
      variation.details.hidden = true;
    };
    const choose = () => {
      figure.querySelector(".run-result")?.remove();
      back();
      if (select.value) to(variations[select.value]);
      globalThis.hljs?.highlightBlock(code);
      status.textContent = now
        ? `${now.question} The changed lines are marked, and below stands what the changed program prints.`
        : "The program and its output are as printed.";
    };
    select.onchange = choose;
    // Paper shows the listing as printed, and each variation in its block.
    let paper = "";
    addEventListener("beforeprint", () => { paper = select.value; if (paper) { select.value = ""; choose(); } });
    addEventListener("afterprint", () => { if (paper) { select.value = paper; choose(); } });
    command.after(select);
    figure.append(status);
  }
})();
