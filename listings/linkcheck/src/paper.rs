//! A site on paper, for programs whose clock is paused.

use std::time::Duration;

use reqwest::Url;
use tokio::time::sleep;

use crate::{Fault, Fetch, Page};

/// So many pages, of which each links to the two below it, and the first one
/// to a cake that is not there. An answer takes 100 ms.
#[derive(Debug)]
pub struct Paper {
    /// How many pages there are.
    pub pages: u64,
}

impl Paper {
    /// What all its links begin with.
    pub const SITE: &str = "http://kitchen";

    /// Where it begins.
    pub fn start() -> Url {
        Url::parse("http://kitchen/0").expect("it is a URL")
    }
}

impl Fetch for Paper {
    async fn get(&self, url: Url, read: bool) -> Result<Page, Fault> {
        sleep(Duration::from_millis(100)).await;
        let number = url.path().trim_start_matches('/').parse::<u64>();
        let Some(page) = number.ok().filter(|page| *page < self.pages) else {
            return Err(Fault::Status(404, None));
        };
        let below = [page * 2 + 1, page * 2 + 2];
        let below = below.into_iter().filter(|page| *page < self.pages);
        let link = |to: String| format!("<a href={to}>");
        let mut html: String = below.map(|to| link(to.to_string())).collect();
        if page == 0 {
            html += "<a href=cake>";
        }
        let html = read.then(|| html.into_bytes());
        Ok(Page { url, html })
    }
}
