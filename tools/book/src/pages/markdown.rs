//! What a Markdown parser finds in a page.

use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd,
};
use regex::Regex;

use super::{Include, Part, PartKind};

/// The options with which mdBook renders: without them a block in a footnote or in
/// a definition list would be taken for a paragraph.
pub(crate) const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// A fenced block before its include is looked up.
pub(super) struct Fence {
    pub(super) line: usize,
    pub(super) tags: Vec<String>,
    pub(super) text: String,
}

/// What a Markdown parser finds in a page.
pub(super) struct Written {
    pub(super) fences: Vec<Fence>,
    pub(super) parts: Vec<Part>,
    pub(super) undefined: Vec<(usize, String)>,
}

impl Written {
    pub(super) fn parse(text: &str) -> Written {
        let mut undefined = Vec::new();
        let parser = Parser::new_with_broken_link_callback(
            text,
            MARKDOWN,
            Some(|link: BrokenLink| {
                let line = line_of(text, link.span.start);
                undefined.push((line, text[link.span].to_owned()));
                None
            }),
        );
        let (mut fences, mut parts) = (Vec::<Fence>::new(), Vec::<Part>::new());
        let (mut depth, mut in_code) = (0, false);
        for (event, range) in parser.into_offset_iter() {
            let alone = matches!(event, Event::Html(_) | Event::Rule);
            if depth == 0 && (alone || matches!(event, Event::Start(_))) {
                parts.push(Part {
                    kind: part_kind(&event),
                    line: line_of(text, range.start),
                    range: range.clone(),
                    words: String::new(),
                    links: Vec::new(),
                });
            }
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    match tag {
                        Tag::CodeBlock(kind) => {
                            fences.push(Fence {
                                line: line_of(text, range.start),
                                tags: tags(&kind),
                                text: String::new(),
                            });
                            in_code = true;
                        }
                        Tag::Link { dest_url, .. } => {
                            if let Some(part) = parts.last_mut() {
                                part.links.push(dest_url.into_string());
                            }
                        }
                        _ => {}
                    }
                }
                Event::End(tag) => {
                    depth -= 1;
                    in_code &= tag != TagEnd::CodeBlock;
                }
                Event::Text(said) if in_code => {
                    if let Some(fence) = fences.last_mut() {
                        fence.text.push_str(&said);
                    }
                }
                Event::Text(said) | Event::Code(said) => {
                    if let Some(part) = parts.last_mut() {
                        part.words.push_str(&said);
                    }
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some(part) = parts.last_mut() {
                        part.words.push(' ');
                    }
                }
                _ => {}
            }
        }
        Written {
            fences,
            parts,
            undefined,
        }
    }
}

fn part_kind(event: &Event<'_>) -> PartKind {
    match event {
        Event::Start(Tag::Heading { level, .. }) => {
            PartKind::Heading(*level as u8)
        }
        Event::Start(Tag::Paragraph) => PartKind::Paragraph,
        _ => PartKind::Other,
    }
}

fn tags(kind: &CodeBlockKind<'_>) -> Vec<String> {
    match kind {
        CodeBlockKind::Fenced(info) => info
            .split([',', ' '])
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        CodeBlockKind::Indented => vec!["indented".to_owned()],
    }
}

/// How many code blocks a text in Markdown has.
pub fn count_blocks(text: &str) -> usize {
    Written::parse(text).fences.len()
}

/// The number, from 1, of the line at this offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

pub(super) fn includes(text: &str, folder: &Path) -> Vec<Include> {
    static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{#(?:rustdoc_)?include +([^:}\s]+)(?::([^}\s]+))?\s*}}")
            .expect("the pattern is correct")
    });
    INCLUDE
        .captures_iter(text)
        .map(|found| {
            let whole = found.get(0).map_or(0, |m| m.start());
            Include {
                line: line_of(text, whole),
                path: normal(&folder.join(&found[1])),
                part: found.get(2).map(|part| part.as_str().to_owned()),
            }
        })
        .collect()
}

/// `src/../listings/x` as `listings/x`, without asking the file system.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

pub(super) fn only_include(
    fence: &Fence,
    includes: &[Include],
) -> Option<Include> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\{\{#(?:rustdoc_)?include +[^}\s]+\s*}}$")
            .expect("the pattern is correct")
    });
    let alone = ALONE.is_match(fence.text.trim());
    let line = fence.line + 1;
    includes
        .iter()
        .find(|include| alone && include.line == line)
        .cloned()
}
