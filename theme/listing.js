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
