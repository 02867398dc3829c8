use futures::stream::{self, StreamExt};
use reqwest::{Client, Response, header::CONTENT_TYPE, redirect::Policy};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process;
use std::string::FromUtf8Error;
use std::time::Duration;
use std::{error::Error, fmt, io, thread};
use tokio::io::{AsyncBufReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, oneshot};
use tokio_util::task::AbortOnDropHandle;

// ANCHOR: shown
/// Pages that are fetched or crunched, or wait to be written.
const AT_ONCE: usize = 16;

async fn fetch_and_crunch(
    fetcher: Fetcher,
    url: String,
) -> Result<String, FetchError> {
    let page = fetcher.fetch(&url).await?;
    let crunched = run_on_rayon(move |_| crunch(&page)).await;
    // A panic goes on in the task that waits, and there is a handle for it.
    let (words, sum) = crunched.unwrap_or_else(|panic| resume_unwind(panic));
    Ok(format!("{words} words, checksum {sum:016x}"))
}

#[derive(Debug, Default)]
struct Tally {
    done: usize,
    failed: usize,
}

/// Does a job for each URL, and writes what comes of it in their order.
/// It can be dropped at any time: its tasks end, and the tally counts what
/// was written.
async fn run<J>(
    urls: impl IntoIterator<Item = String>,
    job: impl Fn(String) -> J,
    keep_going: bool,
    mut out: impl AsyncWrite + Unpin,
    tally: &mut Tally,
) -> io::Result<()>
where
    J: Future<Output = Result<String, FetchError>> + Send + 'static,
{
    let mut pages = stream::iter(urls)
        .map(|url| {
            let task = tokio::spawn(job(url.clone()));
            // It goes on while the writer waits, but not without the writer.
            let task = AbortOnDropHandle::new(task);
            async move { (url, task.await) }
        })
        .buffered(AT_ONCE);
    while let Some((url, ended)) = pages.next().await {
        let why = match ended {
            Ok(Ok(result)) => {
                let line = format!("{url}: {result}\n");
                out.write_all(line.as_bytes()).await?;
                out.flush().await?;
                tally.done += 1;
                continue;
            }
            Ok(Err(error)) => chain(&error),
            Err(panic) => chain(&panic),
        };
        eprintln!("{url}: {why}");
        tally.failed += 1;
        if !keep_going {
            break;
        }
    }
    Ok(())
}

/// Returns the exit status.
async fn fetch_all(
    pages: Vec<String>,
    own: &str,
    keep_going: bool,
) -> Result<i32, Box<dyn Error>> {
    let fetcher = Fetcher::new(LIMITS)?;
    let job = |page: String| {
        // A path is a page of the server that this program starts.
        let server = if page.starts_with('/') { own } else { "" };
        fetch_and_crunch(fetcher.clone(), format!("{server}{page}"))
    };
    let (all, out) = (pages.len(), tokio::io::stdout());
    let mut tally = Tally::default();
    let status = tokio::select! {
        ran = run(pages, job, keep_going, out, &mut tally) => match ran {
            Ok(()) => i32::from(tally.failed > 0),
            Err(error) => {
                eprintln!("error: standard output: {error}");
                1
            }
        },
        signal = stopped() => {
            let (name, status) = signal?;
            eprintln!("stopped by {name}");
            status
        }
    };
    let Tally { done, failed } = tally;
    eprintln!("{done} done, {failed} failed, {} left", all - done - failed);
    Ok(status)
}

#[tokio::main]
async fn main() {
    let status = start().await.unwrap_or_else(|error| {
        eprintln!("error: {}", chain(&*error));
        1
    });
    // A return would wait for a write to standard output, however long.
    process::exit(status)
}
// ANCHOR_END: shown

/// The number of words, and the sum of their hashes.
fn crunch(page: &str) -> (usize, u64) {
    let hash = |word: &str| {
        word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    page.split_whitespace()
        .fold((0, 0_u64), |(words, sum), word| {
            (words + 1, sum.wrapping_add(hash(word)))
        })
}

/// Returns the name of the signal, and the status that shells expect for it.
async fn stopped() -> io::Result<(&'static str, i32)> {
    let mut int = signal(SignalKind::interrupt())?;
    let mut term = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = int.recv() => Ok(("SIGINT", 130)),
        _ = term.recv() => Ok(("SIGTERM", 143)),
    }
}

/// Reads the command line, and starts the server.
async fn start() -> Result<i32, Box<dyn Error>> {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    let keep_going = wanted.first().is_some_and(|arg| arg == "--keep-going");
    if keep_going {
        wanted.remove(0);
    }
    if wanted.is_empty() {
        wanted = ["/eggs", "/toast", "/tea"].map(String::from).to_vec();
    }
    let known = |arg: &String| {
        ["/", "http://", "https://"]
            .iter()
            .any(|s| arg.starts_with(s))
    };
    if !wanted.iter().all(known) {
        eprintln!("usage: fetch_and_crunch [--keep-going] [/PATH | URL]...");
        return Ok(2);
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}", listener.local_addr()?);
    tokio::spawn(serve(listener));
    fetch_all(wanted, &own, keep_going).await
}

/// So many jobs run or stand in the queue; other callers wait.
const MAX_JOBS: usize = 64;
static ROOM: Semaphore = Semaphore::const_new(MAX_JOBS);

type Asked<'a> = &'a (dyn Fn() -> bool + Sync);

/// Runs `job` on the rayon pool. The job may ask whether to stop.
async fn run_on_rayon<T, F>(job: F) -> thread::Result<T>
where
    T: Send + 'static,
    F: FnOnce(Asked<'_>) -> T + Send + 'static,
{
    let room = ROOM.acquire().await.expect("nobody closes it");
    let (tx, rx) = oneshot::channel();
    rayon::spawn(move || {
        // The job's, not the caller's: it may run when the caller has left.
        let _room = room;
        // The caller may have left while the job stood in the queue.
        if tx.is_closed() {
            return;
        }
        let stop = || tx.is_closed();
        let result = catch_unwind(AssertUnwindSafe(|| job(&stop)));
        // An error says that the caller has left: nobody misses the result.
        let _ = tx.send(result);
    });
    rx.await.expect("the job answers as long as we wait here")
}

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
