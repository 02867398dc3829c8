// Colours code in the place of mdBook's highlight.js: 2 KB for the languages of
// this book instead of 46 KB for all, and a block at a time, when it comes near
// the window. It adds no element: colours are ranges of the CSS Custom Highlight
// API (book.css), and a browser without it shows the code in one colour.
"use strict";
window.hljs = (() => {
  const RUST = [
    ["comment", String.raw`//[^\n]*|/\*[^]*?\*/`],
    ["string", String.raw`\b[bc]?r(?<mark>#*)"[^]*?"\k<mark>|[bc]?"(?:\\[^]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^\\'])'`],
    ["title", String.raw`'[a-z_]\w*|(?<=\bfn\s+)\w+`],
    ["number", String.raw`#!?\[[^\]]*\]|\b[a-z_]\w*!(?=[\s({[])|\b\d[\d_]*(?:\.\d[\d_]*)?(?:[a-z]\w*)?\b|\b(?:true|false|[A-Z]\w*|[iuf](?:8|16|32|64|128|size)|bool|char|str)\b`],
    ["keyword", String.raw`\b(?:as|async|await|break|const|continue|crate|dyn|else|enum|extern|fn|for|if|impl|in|let|loop|match|mod|move|mut|pub|ref|return|self|Self|static|struct|super|trait|type|unsafe|use|where|while|yield)\b`],
  ];
  const TOML = [
    ["comment", String.raw`#[^\n]*`],
    ["string", String.raw`"(?:\\.|[^"\\])*"`],
    ["keyword", String.raw`^\[[^\]]*\]`],
    ["title", String.raw`^[\w.-]+(?=\s*=)`],
    ["number", String.raw`\b(?:true|false|\d[\d.]*)\b`],
  ];
  const CONSOLE = [["number", String.raw`^\$ `]];
  const DIFF = [["string", String.raw`^\+.*`], ["keyword", String.raw`^-.*`]];
  const compile = (rules) => new RegExp(rules.map(([name, words]) => `(?<${name}>${words})`).join("|"), "gm");
  const languages = { rust: compile(RUST), toml: compile(TOML), console: compile(CONSOLE), diff: compile(DIFF) };

  const colour = (code, pattern) => {
    const nodes = [];
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    let length = 0;
    while (walker.nextNode()) {
      nodes.push([walker.currentNode, length]);
      length += walker.currentNode.length;
    }
    // The text node that holds an offset; offsets only grow.
    let at = 0;
    const place = (offset) => {
      while (at + 1 < nodes.length && nodes[at + 1][1] < offset) at += 1;
      return [nodes[at][0], offset - nodes[at][1]];
    };
    for (const found of code.textContent.matchAll(pattern)) {
      const [kind] = Object.entries(found.groups).find(([name, text]) => text !== undefined && name !== "mark");
      const [startContainer, startOffset] = place(found.index);
      const [endContainer, endOffset] = place(found.index + found[0].length);
      const name = `code-${kind}`;
      if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
      CSS.highlights.get(name).add(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
    }
  };

  const waiting = new Map();
  const now = (code) => {
    const pattern = waiting.get(code);
    if (waiting.delete(code)) colour(code, pattern);
  };
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      now(target);
    }
  }, { rootMargin: "100%" });
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(now));

  // What mdBook's script calls.
  return {
    configure() {},
    highlightBlock(code) {
      const language = Object.keys(languages).find((name) => code.classList.contains(`language-${name}`));
      if (!language || !globalThis.CSS?.highlights) return;
      waiting.set(code, languages[language]);
      near.observe(code);
    },
  };
})();
