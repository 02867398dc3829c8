//! A small site on loopback, with a page for each fault of a server. The book
//! shows runs against it, and the tests count what it was asked for.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How often each path was asked for.
type Asked = Arc<Mutex<BTreeMap<String, u32>>>;

/// The site; it ends when this is dropped.
#[derive(Debug)]
pub struct Demo {
    /// Where it is, with a slash at the end.
    pub url: String,
    asked: Asked,
    _server: JoinSet<()>,
}

impl Demo {
    /// Starts the site.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn start() -> io::Result<Demo> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let asked = Asked::default();
        let mut server = JoinSet::new();
        server.spawn(serve(listener, asked.clone()));
        Ok(Demo {
            url,
            asked,
            _server: server,
        })
    }

    /// How often each path was asked for.
    pub fn asked(&self) -> BTreeMap<String, u32> {
        let asked = self.asked.lock();
        asked.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(listener: TcpListener, asked: Asked) {
    let mut guests = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        guests.spawn(answer(stream, asked.clone()));
        while guests.try_join_next().is_some() {}
    }
}

/// Answers each request of one connection. Errors end it: the guest has left.
async fn answer(stream: TcpStream, asked: Asked) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let path = head.split(' ').nth(1).unwrap_or_default();
        let time = {
            let mut all = asked.lock().unwrap_or_else(PoisonError::into_inner);
            let times = all.entry(path.to_owned()).or_default();
            *times += 1;
            *times
        };
        let (said, then) = reply(path, time);
        stream.write_all(&said).await?;
        match then {
            Then::Next => {}
            Then::Close => return stream.shutdown().await,
            Then::Wait => std::future::pending().await,
            Then::Flood => loop {
                stream.write_all(b"6\r\nsoup! \r\n").await?;
            },
        }
    }
}

/// With a link that a browser does not see.
const MENU: &[u8] = b"<!doctype html><title>Menu</title>\n\
    <a href=\"soup\">Soup</a> <a href=\"soup#hot\">Hot soup</a>\n\
    <a href=\"bread\">Bread</a> <a href=\"gone\">Pie</a>\n\
    <!-- not today: <a href=\"cake\">Cake</a> -->\n";

/// All but `/silent`, for which one has to wait.
const FAULTS: [&str; 11] = [
    "gone", "burnt", "busy", "round", "endless", "short", "half", "latin",
    "rubbish", "odd", "safe",
];

/// What the server does after an answer.
enum Then {
    Next,
    Close,
    Wait,
    Flood,
}

/// The pages, and the faults.
fn reply(path: &str, time: u32) -> (Vec<u8>, Then) {
    let links = |to: &[&str]| list(to.iter().map(ToString::to_string));
    let page = |body: &[u8]| {
        let mut said = head("200 OK", body.len());
        said.extend(body);
        (said, Then::Next)
    };
    let cut = |text: &str| (text.as_bytes().to_vec(), Then::Close);
    match path {
        "/" => page(MENU),
        "/soup" | "/bread" => page(links(&["bread", "/"]).as_bytes()),
        "/evening" => page(links(&["tree/1/0", "silent"]).as_bytes()),
        "/faults" => page(links(&FAULTS).as_bytes()),
        "/burnt" => (head("500 Burnt", 0), Then::Next),
        "/busy" if time == 1 => {
            let said = "HTTP/1.1 429 Busy\r\nretry-after: 0\r\n\
                        content-length: 0\r\n\r\n";
            (said.into(), Then::Next)
        }
        "/busy" => page(b"at last"),
        "/round" => moved("/and-round"),
        "/and-round" => moved("/round"),
        "/moves" => page(links(&["moved", "soup"]).as_bytes()),
        "/moved" => moved("/soup"),
        "/silent" => (Vec::new(), Then::Wait),
        "/endless" => (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\
              transfer-encoding: chunked\r\n\r\n"
                .to_vec(),
            Then::Flood,
        ),
        "/short" => cut("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\
             content-length: 100\r\n\r\n<a href=soup>"),
        "/half" => cut("HTTP/1.1 200 OK\r\ncontent-ty"),
        "/latin" => page(b"<a href=bread>cr\xe8me</a>"),
        "/rubbish" => cut("soup of the day: onion\r\n\r\n"),
        "/odd" => {
            page(b"<a href=http://127.0.0.1:1/><a href=https://127.0.0.1:1/>")
        }
        "/safe" => moved("https://127.0.0.1:1/"),
        path => match tree(path) {
            Some(body) => page(body.as_bytes()),
            None => (head("404 Not Found", 0), Then::Next),
        },
    }
}

fn moved(to: &str) -> (Vec<u8>, Then) {
    let said = format!(
        "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"
    );
    (said.into_bytes(), Then::Next)
}

/// `/tree/N/K` is page K of N: each links to the two below it, to the first
/// and to the next one.
fn tree(path: &str) -> Option<String> {
    let (count, page) = path.strip_prefix("/tree/")?.split_once('/')?;
    let (count, page): (u64, u64) = (count.parse().ok()?, page.parse().ok()?);
    let links = [page * 2 + 1, page * 2 + 2, 0, page + 1];
    let links = links.into_iter().filter(|link| *link < count);
    (page < count).then(|| list(links.map(|link| link.to_string())))
}

fn list(links: impl IntoIterator<Item = String>) -> String {
    let link = |to| format!("<li><a href=\"{to}\">{to}</a>\n");
    let links: String = links.into_iter().map(link).collect();
    format!("<!doctype html><title>Menu</title>\n<ul>\n{links}</ul>\n")
}

fn head(status: &str, length: usize) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\n\
         content-length: {length}\r\n\r\n"
    )
    .into_bytes()
}
