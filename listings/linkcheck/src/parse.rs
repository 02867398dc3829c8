//! The links of a page.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use reqwest::Url;

/// What a page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its links, absolute, each once, without fragments.
    pub links: Vec<Url>,
    /// Whether the page is UTF-8.
    pub utf8: bool,
}

// ANCHOR: links
/// Reads the links of a page. It computes and never waits.
pub fn links(html: &[u8], url: &Url) -> Found {
    let text = String::from_utf8_lossy(html);
    let utf8 = matches!(text, Cow::Borrowed(_));
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&text));
    let tokenizer = Tokenizer::new(Links::of(url), Default::default());
    // It stops for each script, which a browser would now run.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut links = tokenizer.sink.links.into_inner();
    links.sort();
    links.dedup();
    Found { links, utf8 }
}
// ANCHOR_END: links

/// Takes the tags as they come; there is never a tree.
struct Links {
    base: RefCell<Url>,
    /// The first `<base>` counts, and no other.
    has_base: Cell<bool>,
    links: RefCell<Vec<Url>>,
}

impl Links {
    fn of(url: &Url) -> Links {
        Links {
            base: RefCell::new(url.clone()),
            has_base: Cell::new(false),
            links: RefCell::default(),
        }
    }

    fn tag(&self, tag: &Tag) {
        let attribute = match &*tag.name {
            "a" | "area" | "link" | "base" => "href",
            "img" | "script" | "iframe" | "source" | "audio" | "video" => "src",
            _ => return,
        };
        let mut attributes = tag.attrs.iter();
        let Some(found) = attributes.find(|a| &*a.name.local == attribute)
        else {
            return;
        };
        // What is no URL is no link either: a browser ignores it, too.
        let Ok(mut url) = self.base.borrow().join(found.value.trim()) else {
            return;
        };
        url.set_fragment(None);
        if &*tag.name == "base" {
            if !self.has_base.replace(true) {
                self.base.replace(url);
            }
        } else if ["http", "https", "file"].contains(&url.scheme()) {
            self.links.borrow_mut().push(url);
        }
    }
}

// ANCHOR: tags
impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        self.tag(&tag);
        // What looks like a tag in these is text.
        match &*tag.name {
            "script" => TokenSinkResult::RawData(ScriptData),
            "style" | "noscript" => TokenSinkResult::RawData(Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}
// ANCHOR_END: tags

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<String> {
        let url = Url::parse("http://kitchen/menu/today").expect("a URL");
        let links = links(html.as_bytes(), &url).links;
        links.into_iter().map(String::from).collect()
    }

    #[test]
    fn relative_absolute_and_each_once() {
        let html = "<a href=soup>a</a><A HREF='/tea#hot'>b</A>\
                    <a href=\"/tea\">c</a><img src=../pan.png>";
        let all = ["menu/soup", "pan.png", "tea"];
        assert_eq!(
            found(html),
            all.map(|path| format!("http://kitchen/{path}"))
        );
    }

    #[test]
    fn what_is_no_link() {
        let html = "<a href='mailto:cook@kitchen'><a href='http://['><a>\
                    <!-- <a href=/a> --><script>'<a href=/b>'</script>\
                    <textarea><a href=/c></textarea><style><a href=/d></style>";
        assert_eq!(found(html), Vec::<String>::new());
    }

    #[test]
    fn the_first_base_counts() {
        let html = "<base href=/wine/><base href=/beer/><a href=red>";
        assert_eq!(found(html), ["http://kitchen/wine/red"]);
    }

    #[test]
    fn rubbish_is_read_all_the_same() {
        let url = Url::parse("http://kitchen/").expect("a URL");
        let page = links(b"\xff\xfe<a href=/soup>\x80<a href=", &url);
        assert!(!page.utf8);
        assert_eq!(page.links.len(), 1);
        for cut in 0..200 {
            let text =
                "<a href='/\u{e9}'>\u{1f372}<script>x</script>".repeat(4);
            let page = links(&text.as_bytes()[..cut.min(text.len())], &url);
            assert!(page.links.len() <= 2);
        }
    }
}
