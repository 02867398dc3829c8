use reqwest::{Client, Response, header::CONTENT_TYPE, redirect::Policy};
use std::string::FromUtf8Error;
use std::time::Duration;
use std::{error::Error, fmt, io};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

// ANCHOR: shown
/// What a server may take from us.
#[derive(Clone, Copy)]
struct Limits {
    connect: Duration,
    /// Between two pieces of an answer.
    silence: Duration,
    /// From the call to the last byte of the body.
    total: Duration,
    redirects: usize,
    /// Bytes of a body, however many the server announces.
    body: usize,
}

const LIMITS: Limits = Limits {
    connect: Duration::from_secs(2),
    silence: Duration::from_secs(5),
    total: Duration::from_secs(30),
    redirects: 5,
    body: 1 << 20,
};

#[derive(Debug)]
enum FetchError {
    /// No answer, half of one, or one with a status of failure.
    Http(reqwest::Error),
    TooLarge,
    Charset(String),
    NotUtf8(FromUtf8Error),
}

/// One for the whole program: its clones share the connections.
#[derive(Clone)]
struct Fetcher {
    client: Client,
    body: usize,
}

impl Fetcher {
    fn new(limits: Limits) -> reqwest::Result<Fetcher> {
        let client = Client::builder()
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .timeout(limits.total)
            .redirect(Policy::limited(limits.redirects))
            // The server is on this machine.
            .no_proxy()
            .build()?;
        let body = limits.body;
        Ok(Fetcher { client, body })
    }

    async fn fetch(&self, url: &str) -> Result<String, FetchError> {
        let response = self.client.get(url).send().await?;
        let mut response = response.error_for_status()?;
        match charset(&response).to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" => {}
            other => return Err(FetchError::Charset(other.to_owned())),
        }
        let mut page = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if piece.len() > self.body - page.len() {
                return Err(FetchError::TooLarge);
            }
            page.extend_from_slice(&piece);
        }
        String::from_utf8(page).map_err(FetchError::NotUtf8)
    }
}
// ANCHOR_END: shown

/// As the server names it; what it does not name has to be UTF-8.
fn charset(response: &Response) -> &str {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
    kind.split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map_or("utf-8", |(_, value)| value.trim().trim_matches('"'))
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchError::Http(_) => write!(f, "no page"),
            FetchError::TooLarge => write!(f, "the page is too large"),
            FetchError::Charset(name) => write!(f, "in {name}, not UTF-8"),
            FetchError::NotUtf8(_) => write!(f, "not UTF-8"),
        }
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            FetchError::Http(error) => Some(error),
            FetchError::NotUtf8(error) => Some(error),
            FetchError::TooLarge | FetchError::Charset(_) => None,
        }
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> FetchError {
        // Whoever prints it knows the URL.
        FetchError::Http(error.without_url())
    }
}

/// The error and all its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

// ANCHOR: shown

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}", listener.local_addr()?);
    tokio::spawn(serve(listener));
    let patient = Fetcher::new(LIMITS)?;
    // A reader of this book need not wait for five seconds.
    let silence = Duration::from_millis(200);
    let hasty = Fetcher::new(Limits { silence, ..LIMITS })?;
    for path in [
        "/tea", "/broken", "/circle", "/silent", "/half", "/endless", "/latin",
        "/bytes",
    ] {
        let fetcher = if path == "/silent" { &hasty } else { &patient };
        match fetcher.fetch(&format!("{own}{path}")).await {
            Ok(page) => println!("{path}: {} bytes", page.len()),
            Err(error) => println!("{path}: {}", chain(&error)),
        }
    }
    Ok(())
}
// ANCHOR_END: shown

/// A server on this machine, and not all of its pages are good.
async fn serve(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(BufReader::new(stream)));
    }
}

async fn answer(mut stream: BufReader<TcpStream>) -> io::Result<()> {
    const LATIN: &str = "content-type: text/plain; charset=ISO-8859-1\r\n";
    loop {
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            if stream.read_line(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let path = request.split(' ').nth(1).unwrap_or("/");
        let page = format!("today: {path}, ").repeat(3).into_bytes();
        let (status, header, length, page) = match path {
            "/broken" => ("500 Broken", "", 0, vec![]),
            "/circle" => ("302 Found", "location: /circle\r\n", 0, vec![]),
            "/half" => ("200 OK", "", 2 * page.len(), page),
            "/endless" => ("200 OK", "", 10_000_000_000, page),
            "/latin" => ("200 OK", LATIN, page.len(), page),
            "/bytes" => ("200 OK", "", 4, b"tea\xff".to_vec()),
            "/silent" => std::future::pending().await,
            "/term" => {
                // As a service manager stops a program, which is this one.
                let mut kill = Command::new("sh");
                kill.args(["-c", "kill -TERM $PPID"]).status().await?;
                std::future::pending().await
            }
            _ => ("200 OK", "", page.len(), page),
        };
        let head = format!("{status}\r\n{header}content-length: {length}");
        let head = format!("HTTP/1.1 {head}\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&page).await?;
        match path {
            "/half" => return Ok(()),
            // Until nobody reads it.
            "/endless" => loop {
                stream.write_all(&page).await?;
            },
            _ => {}
        }
    }
}
