//! One request, with a limit on everything that the other end decides.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response, Url};

use crate::Fault;

/// What a good link led to.
#[derive(Debug)]
pub struct Page {
    /// Where it is, after all redirects.
    pub url: Url,
    /// The text, if it is HTML and was asked for.
    pub html: Option<Vec<u8>>,
}

/// Opens links. The web does, a folder does, and the tests do.
pub trait Fetch: Send + Sync + 'static {
    /// Opens a link; reads the page only if `read`.
    fn get(
        &self,
        url: Url,
        read: bool,
    ) -> impl Future<Output = Result<Page, Fault>> + Send;
}

// ANCHOR: limits
/// How much of its time and memory this program gives to one link.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// From the start of the connection to the last byte read, redirects included.
    pub whole: Duration,
    /// The bytes of a page.
    pub body: usize,
    /// The redirects that are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(20),
            body: 4 << 20,
            redirects: 5,
        }
    }
}
// ANCHOR_END: limits

/// A client for HTTP.
#[derive(Debug)]
pub struct Web {
    client: Client,
    limits: Limits,
}

/// Whether this build can open such links.
fn can_open(scheme: &str) -> bool {
    scheme == "http" || cfg!(feature = "tls") && scheme == "https"
}

// ANCHOR: web
impl Web {
    /// A client with these limits.
    ///
    /// # Errors
    ///
    /// When reqwest cannot be set up.
    pub fn new(limits: Limits) -> Result<Web, reqwest::Error> {
        let follow = move |attempt: Attempt<'_>| {
            let scheme = attempt.url().scheme();
            if !can_open(scheme) {
                let what = Fault::Unsupported(scheme.to_owned());
                attempt.error(what)
            } else if attempt.previous().len() > limits.redirects {
                attempt.error(format!("more than {}", limits.redirects))
            } else {
                attempt.follow()
            }
        };
        let client = Client::builder()
            .user_agent(concat!("linkcheck/", env!("CARGO_PKG_VERSION")))
            // The site that is checked is not behind one.
            .no_proxy()
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(Policy::custom(follow))
            .build()?;
        Ok(Web { client, limits })
    }

    /// The body, as long as it stays within the limit.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Fault> {
        let limit = self.limits.body;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > limit {
                return Err(Fault::TooLarge(limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}
// ANCHOR_END: web

// ANCHOR: get
impl Fetch for Web {
    async fn get(&self, url: Url, read: bool) -> Result<Page, Fault> {
        if !can_open(url.scheme()) {
            return Err(Fault::Unsupported(url.scheme().to_owned()));
        }
        let response = self.client.get(url).send().await?;
        let status = response.status();
        if !status.is_success() {
            let asked = retry_after(response.headers());
            return Err(Fault::Status(status.as_u16(), asked));
        }
        let url = response.url().clone();
        let html = match read && is_html(response.headers()) {
            true => Some(self.body(response).await?),
            false => None,
        };
        Ok(Page { url, html })
    }
}
// ANCHOR_END: get

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().starts_with("text/html"))
}

/// The seconds of `Retry-After`. A date, the other form, counts as none.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}
