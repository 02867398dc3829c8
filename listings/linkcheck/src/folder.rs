//! A folder of HTML as a site: `file:///` is the folder, not the disk.

use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use reqwest::Url;
use tokio::fs::{File, metadata};
use tokio::io::AsyncReadExt;

use crate::{Fault, Fetch, Limits, Page, Web};

/// A folder, and the web around it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    limits: Limits,
    web: Web,
}

impl Folder {
    /// A folder; what it links to outside is opened by `web`.
    pub fn new(root: PathBuf, limits: Limits, web: Web) -> Folder {
        Folder { root, limits, web }
    }

    async fn open(&self, mut url: Url, read: bool) -> Result<Page, Fault> {
        let mut path = self.path(&url).ok_or(Fault::NoFile)?;
        if metadata(&path).await?.is_dir() {
            if !url.path().ends_with('/') {
                // Relative links count from here, as a server would say.
                url.set_path(&format!("{}/", url.path()));
            }
            path.push("index.html");
        }
        let file = File::open(&path).await?;
        let html = ["html", "htm"]
            .map(Some)
            .contains(&path.extension().and_then(|end| end.to_str()));
        if !(read && html) {
            return Ok(Page { url, html: None });
        }
        let (mut body, limit) = (Vec::new(), self.limits.body);
        let most = u64::try_from(limit).unwrap_or(u64::MAX);
        file.take(most.saturating_add(1))
            .read_to_end(&mut body)
            .await?;
        match body.len() > limit {
            true => Err(Fault::TooLarge(limit)),
            false => Ok(Page {
                url,
                html: Some(body),
            }),
        }
    }

    /// The file of a link; none if the link leaves the folder.
    fn path(&self, url: &Url) -> Option<PathBuf> {
        let path = decoded(url.path().trim_start_matches('/'))?;
        let path = Path::new(&path);
        let inside = |part| matches!(part, Component::Normal(_));
        let inside = path.components().all(inside);
        inside.then(|| self.root.join(path))
    }
}

impl Fetch for Folder {
    async fn get(&self, url: Url, read: bool) -> Result<Page, Fault> {
        match url.scheme() {
            "file" => self.open(url, read).await,
            _ => self.web.get(url, read).await,
        }
    }
}

/// A path with each `%20` as the byte that it stands for.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                let pair = str::from_utf8(&pair).ok()?;
                u8::from_str_radix(pair, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Fault::NoFile,
            kind => Fault::Unreadable(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_leaves_the_folder() {
        let web = Web::new(Limits::default()).expect("a client");
        let folder = Folder::new("site".into(), Limits::default(), web);
        let path = |url: &str| folder.path(&Url::parse(url).expect("a URL"));
        assert_eq!(path("file:///a%20b.html"), Some("site/a b.html".into()));
        assert_eq!(path("file:///../x"), Some("site/x".into()));
        for url in ["..%2f..%2fetc/passwd", "%2fetc", "a%", "a%f", "%ff"] {
            assert_eq!(path(&format!("file:///{url}")), None, "{url}");
        }
    }
}
