// The bar above a listing or an exercise: its command, buttons that copy and run it,
// and the switch that makes one of its variations, and unmakes it.
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
  const say = (text) => { status.textContent = text; };

  const squeeze = (text) => text.replace(/\s+/g, " ").trim();

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
        say(`Copied ${name}`);
      } catch {
        button.textContent = "Failed";
        say("The browser does not let this page copy. Select the text instead.");
      }
      const said = status.textContent;
      setTimeout(() => {
        button.textContent = "Copy";
        if (status.textContent === said) say("");
      }, 2000);
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

  const openAt = (code) =>
    `${PLAYGROUND}?version=stable&mode=debug&edition=2024&code=${encodeURIComponent(textOf(code))}`;

  // The program and its command are those of the moment in which it is pressed.
  const runButton = (code, name, command) => {
    const button = make("button", { type: "button", className: "listing-run", textContent: "Run",
      ariaLabel: `Run ${name} on the Rust Playground`, title: "Sends the program to play.rust-lang.org" });
    const result = make("output", { className: "run-result" });
    let run = null;
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
      const mine = (run = {});
      const answer = await ask(textOf(code), squeeze(command.textContent));
      // The answer of a program that is no longer shown is nobody's.
      if (run !== mine) return;
      show(answer);
      button.ariaDisabled = null;
    };
    const forget = () => {
      run = null;
      result.remove();
      button.ariaDisabled = null;
    };
    return { button, forget };
  };

  // The name in a command is the link to the listing.
  const linked = (text, name, at = text.lastIndexOf(name)) => {
    return [text.slice(0, at), make("a", { href: `#${name}`, textContent: name }), text.slice(at + name.length)];
  };

  // ---- Variations. Without this script, each is a closed block below its listing.

  // The lines of a program, those that mdBook hides, too. What a search has marked in
  // them does not count.
  const linesOf = (code) => {
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    const lines = [];
    let begun = null;
    while (walker.nextNode()) {
      const hidden = !!walker.currentNode.parentElement.closest(".boring");
      for (const text of walker.currentNode.data.split(/(?<=\n)/)) {
        if (!begun) lines.push(begun = { text: "", hidden });
        begun.text += text;
        if (text.endsWith("\n")) begun = null;
      }
    }
    return lines;
  };

  // As the book's own tool makes a change: the old lines of a hunk stand once in the
  // program. Null where they do not.
  const changed = (lines, diff) => {
    const same = (line, text) => line !== undefined && line.text.trimEnd() === text.trimEnd();
    for (const hunk of diff.split(/^@@.*\n?/m).filter(Boolean)) {
      const rows = hunk.replace(/\n$/, "").split("\n").map((row) => [row[0] ?? " ", row.slice(1)]);
      const old = rows.filter(([sign]) => sign !== "+").map(([, text]) => text);
      const at = lines.findIndex((_, n) => old.every((text, k) => same(lines[n + k], text)));
      if (at < 0) return null;
      // A line in whose place nothing stands shows on the line that follows.
      let next = at;
      let cut = false;
      let added = false;
      const put = [];
      const keep = (line) => ({ ...line, hidden: false, mark: cut && !added ? "after-cut" : line.mark });
      for (const [sign, text] of rows) {
        if (sign === "+") {
          put.push({ text: `${text}\n`, mark: "added" });
          added = true;
          continue;
        }
        const line = lines[next++];
        if (sign === "-") {
          cut = true;
        } else {
          put.push(keep(line));
          cut = added = false;
        }
      }
      const after = lines.slice(next);
      if (cut && !added && after.length) after[0] = keep(after[0]);
      lines = [...lines.slice(0, at), ...put, ...after];
    }
    return lines;
  };

  // What a code block shows is a list of nodes; each list is coloured once, and known
  // by its first node.
  const coloured = new WeakSet();
  const put = (code, nodes) => {
    code.replaceChildren(...nodes);
    if (coloured.has(nodes[0])) return;
    coloured.add(nodes[0]);
    globalThis.hljs?.highlightBlock(code);
  };

  const whatIf = ({ figure, code, command, name, open, forget }) => {
    const children = [...figure.children];
    const variations = children.filter((child) => child.matches("details.whatif")).map((details) => {
      const summary = details.querySelector("summary");
      const said = summary.querySelector("code:last-child");
      const diff = details.querySelector("pre:has(> .language-diff)");
      const question = squeeze([...summary.childNodes].filter((node) => node !== said).map((node) => node.textContent).join(""));
      return { details, summary, question, command: squeeze(said?.textContent ?? ""), diff,
        shown: [...details.children].filter((child) => child !== summary && child !== diff) };
    }).filter(({ diff }) => diff);
    if (!variations.length) return null;
    // All that belongs to the program as printed: its output, or a prediction of it.
    const outputs = children.slice(children.indexOf(code.parentElement) + 1, children.indexOf(variations[0].details))
      .filter((child) => !child.matches(".run-result"));
    const place = make("div", { className: "varied-output" });
    const asked = make("p", { className: "varied-question" });
    const player = document.querySelector(`trace-player[data-listing="${name}"]`);
    const note = make("p", { className: "varied-note", textContent: "The recording shows the program as printed." });
    const first = make("option", { value: "", textContent: "What if …?" });
    // No browser brings back a choice without the program that belongs to it.
    const select = make("select", { className: "listing-what-if", ariaLabel: `Variations of ${name}`, autocomplete: "off" },
      first, ...variations.map(({ question }, n) => make("option", { value: n, textContent: question })));
    let now = null;
    let printed = null;

    const back = () => {
      if (!now) return;
      now.details.append(...now.shown);
      now.details.hidden = false;
      now = null;
      code.classList.remove("varied");
      put(code, printed.nodes);
      command.replaceChildren(...printed.command);
      open?.setAttribute("href", printed.open);
      for (const element of outputs) element.hidden = false;
      place.remove();
      first.textContent = "What if …?";
    };

    const to = (variation) => {
      // Taken now, not when the page was loaded: a search marks words in between.
      printed = { nodes: [...code.childNodes], command: [...command.childNodes], open: open?.getAttribute("href") };
      if (!variation.nodes) {
        const lines = changed(linesOf(code), variation.diff.textContent);
        if (!lines) return;
        variation.nodes = lines.map(({ text, hidden, mark }) =>
          mark ? make(mark === "added" ? "ins" : "span", { className: mark, textContent: text })
            : hidden ? make("span", { className: "boring", textContent: text }) : new Text(text));
      }
      now = variation;
      code.classList.add("varied");
      put(code, variation.nodes);
      command.replaceChildren(...linked(variation.command, name, variation.command.indexOf(name)));
      if (open) open.href = openAt(code);
      for (const element of outputs) element.hidden = true;
      asked.replaceChildren(...variation.summary.cloneNode(true).childNodes);
      // The elements themselves, so that what scrolls keeps its name.
      place.replaceChildren(asked, ...variation.shown, ...(player ? [note] : []));
      variations[0].details.before(place);
      variation.details.hidden = true;
      first.textContent = "As printed";
    };

    const set = (variation) => {
      back();
      if (variation) to(variation);
      select.value = now ? variations.indexOf(now) : "";
      player?.light?.();
      // What is new may be too wide, and want a name.
      document.dispatchEvent(new Event("changed-listing"));
    };
    select.onchange = () => {
      const wanted = variations[select.value];
      forget?.();
      set(wanted);
      if (wanted && !now) {
        wanted.details.open = true;
        say("The change does not fit the program that this page shows. It stands below.");
      } else if (now) {
        say(`${now.question} The program is changed. Below it stands what it prints now.`);
      } else {
        say("The program and its output are as printed.");
      }
    };

    // Who follows a link to a variation wants to see it whole.
    const reveal = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const goal = variations.find(({ details }) => details.id === id);
      if (!goal) return;
      if (goal === now) set(null);
      goal.details.open = true;
      goal.details.scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    reveal();

    // Paper shows the listing as printed, and each variation in its block.
    let screen = null;
    addEventListener("beforeprint", () => { screen = now; if (screen) set(null); });
    addEventListener("afterprint", () => { if (screen) set(screen); screen = null; });
    return select;
  };

  // ---- The bars.

  for (const figure of document.querySelectorAll("figure:is(.listing, .exercise)")) {
    const code = figure.querySelector("pre > code:is(.language-rust, .language-cpp, .language-c, .language-markdown)");
    const caption = figure.querySelector("figcaption");
    const command = caption?.lastElementChild;
    if (!code || !command?.matches("code")) continue;
    const name = figure.id;
    const bar = make("div", { className: "listing-bar", role: "group", ariaLabel: name });
    command.replaceChildren(...linked(squeeze(command.textContent), name));
    command.className = "listing-command";
    bar.append(command);
    if (code.querySelector(".boring")) bar.append(linesButton(code, name));
    bar.append(copyButton(code, name));
    let open, run;
    if (figure.hasAttribute("data-run")) {
      run = runButton(code, name, command);
      open = make("a", { className: "listing-open", href: openAt(code), target: "_blank", rel: "noopener noreferrer",
        title: "Opens a new tab", ariaLabel: `Open in Playground: ${name}, in a new tab` },
      make("span", { className: "wide", textContent: "Open in\u00a0" }), "Playground");
      bar.append(run.button, open);
    }
    caption.after(bar);
    const select = whatIf({ figure, code, command, name, open, forget: run?.forget });
    if (select) command.after(select);
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
