use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::timeout;

/// No test waits longer for what must come. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);
const SHORT: Duration = Duration::from_millis(200);
/// The longest body that is sent, where another server would never end.
const MUCH: usize = 64 << 20;

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

/// Sends so many bytes in pieces, each behind its length if `chunked`.
fn pour(to: &mut impl Write, bytes: usize, chunked: bool) -> io::Result<()> {
    let piece = vec![b'x'; 1 << 16];
    for _ in 0..bytes >> 16 {
        if chunked {
            to.write_all(b"10000\r\n")?;
        }
        to.write_all(&piece)?;
        if chunked {
            to.write_all(b"\r\n")?;
        }
    }
    match chunked {
        true => to.write_all(b"0\r\n\r\n"),
        false => Ok(()),
    }
}

/// A server that does what its path says, and then closes.
fn bad_answer(mut to: std::net::TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if to.read(&mut byte)? == 0 {
            return Ok(());
        }
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or("/");
    let (path, word) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let size = word.parse().unwrap_or(0);
    let text = match path {
        "silent" => String::new(),
        "status" => format!("HTTP/1.1 {word} Status\r\ncontent-length: 0\r\n"),
        "circle" => "HTTP/1.1 302 Found\r\nlocation: /circle\r\n\
             content-length: 0\r\n"
            .to_owned(),
        "stalls" | "half" => {
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n".to_owned()
        }
        "promises" | "dawdles" => {
            "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n".to_owned()
        }
        "chunked" => {
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n".to_owned()
        }
        "kind" => {
            let kind = word.replace('_', " ").replace("%22", "\"");
            format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\n\
                 content-length: 3\r\n"
            )
        }
        "size" => format!("HTTP/1.1 200 OK\r\ncontent-length: {word}\r\n"),
        _ => "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n".to_owned(),
    };
    if path != "silent" {
        to.write_all(format!("{text}connection: close\r\n\r\n").as_bytes())?;
    }
    match path {
        "silent" | "stalls" => drop(to.read(&mut [0])),
        "half" => to.write_all(b"half")?,
        "promises" => pour(&mut to, MUCH, false)?,
        "chunked" => pour(&mut to, MUCH, true)?,
        "size" => to.write_all(&vec![b'x'; size])?,
        // A length that is too small.
        "more" => to.write_all(b"tea and more than that")?,
        "bytes" => to.write_all(b"te\xff")?,
        "dawdles" => loop {
            to.write_all(b"t")?;
            thread::sleep(Duration::from_millis(5));
        },
        "status" | "circle" => {}
        _ => to.write_all(b"tea")?,
    }
    Ok(())
}

/// Guests who have come, and those who are there.
static CAME: AtomicUsize = AtomicUsize::new(0);
static THERE: AtomicUsize = AtomicUsize::new(0);

/// Starts the server, and returns its address.
fn bad_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for guest in listener.incoming().map_while(Result::ok) {
            THERE.fetch_add(1, SeqCst);
            CAME.fetch_add(1, SeqCst);
            thread::spawn(move || {
                // The guest may leave whenever it likes.
                drop(bad_answer(guest));
                THERE.fetch_sub(1, SeqCst);
            });
        }
    });
    format!("http://{address}")
}

async fn ended<T>(never: &str, what: impl Future<Output = T>) -> T {
    match timeout(PATIENCE, what).await {
        Ok(value) => value,
        Err(_) => panic!("{never}"),
    }
}

type Fetched = Result<String, FetchError>;

/// What each path must come to, and what is wrong otherwise.
#[rustfmt::skip]
const CASES: [(&str, fn(&Fetched) -> bool, &str); 24] = [
    ("tea", |it| it.as_ref().is_ok_and(|page| page == "tea"), "a good page"),
    ("more", |it| it.as_ref().is_ok_and(|page| page == "tea"), "a short length"),
    ("size/0", |it| it.as_ref().is_ok_and(|page| page.is_empty()), "no bytes"),
    ("size/1000", |it| it.as_ref().is_ok_and(|page| page.len() == 1000),
        "a page as large as it may be"),
    ("size/1001", |it| matches!(it, Err(FetchError::TooLarge)), "a large page"),
    ("promises", |it| matches!(it, Err(FetchError::TooLarge)), "a large page"),
    ("chunked", |it| matches!(it, Err(FetchError::TooLarge)), "a large page"),
    ("half", |it| matches!(it, Err(FetchError::Http(e)) if !e.is_timeout()),
        "half a page"),
    ("status/500", |it| status(it) == Some(500), "a status of failure"),
    ("status/404", |it| status(it) == Some(404), "a status of failure"),
    ("status/204", |it| it.is_ok(), "an empty page"),
    ("circle", |it| matches!(it, Err(FetchError::Http(e)) if e.is_redirect()),
        "a page that leads to itself"),
    ("bytes", |it| matches!(it, Err(FetchError::NotUtf8(_))), "no UTF-8"),
    ("kind/text", |it| it.is_ok(), "a charset"),
    ("kind/text/html;charset=UTF-8", |it| it.is_ok(), "a charset"),
    ("kind/text/html;_q=1;_Charset=_\"utf-8\"_", |it| it.is_ok(), "a charset"),
    ("kind/text/html;charset=us-ascii", |it| it.is_ok(), "a charset"),
    ("kind/text/html;charset=iso-8859-1", |it| foreign(it, "iso-8859-1"),
        "a foreign charset"),
    ("kind/text/html;_charset=\"UTF-16\"", |it| foreign(it, "utf-16"),
        "a foreign charset"),
    ("kind/text/html;charset", |it| it.is_ok(), "a charset"),
    ("kind/;;;=;", |it| it.is_ok(), "a charset"),
    ("kind/text/html;charset=", |it| foreign(it, ""), "a foreign charset"),
    ("silent", |it| late(it), "a silent server"),
    ("stalls", |it| late(it), "a silent server"),
];

fn status(it: &Fetched) -> Option<u16> {
    match it {
        Err(FetchError::Http(error)) => error.status().map(|s| s.as_u16()),
        _ => None,
    }
}

fn foreign(it: &Fetched, name: &str) -> bool {
    matches!(it, Err(FetchError::Charset(charset)) if charset == name)
}

fn late(it: &Fetched) -> bool {
    matches!(it, Err(FetchError::Http(error)) if error.is_timeout())
}

async fn all_at_once(own: &str) {
    let patient = Limits {
        body: 1000,
        ..LIMITS
    };
    let strict = Limits {
        silence: SHORT,
        ..patient
    };
    let [patient, strict] =
        [patient, strict].map(|limits| Fetcher::new(limits).expect("a client"));
    let fetches = CASES.iter().map(|&(path, expected, what)| {
        let waits = matches!(path, "silent" | "stalls");
        let fetcher = if waits { &strict } else { &patient };
        let (fetcher, url) = (fetcher.clone(), format!("{own}/{path}"));
        tokio::spawn(async move {
            let never = format!("it waits for {what}");
            let fetched = ended(&never, fetcher.fetch(&url)).await;
            if !expected(&fetched) {
                let came = fetched.map(|page| page.len());
                panic!("{what}: {path}: {came:?}");
            }
        })
    });
    let fetches: Vec<_> = fetches.collect();
    for fetch in fetches {
        // It has said what is wrong.
        if fetch.await.is_err() {
            std::process::exit(1);
        }
    }
    // A port on which nobody listens.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let closed = listener.local_addr().expect("an address");
    drop(listener);
    let refused = patient.fetch(&format!("http://{closed}/")).await;
    assert!(
        matches!(&refused, Err(FetchError::Http(e)) if e.is_connect()),
        "a port on which nobody listens: {refused:?}"
    );
    let words = refused.map_err(|error| chain(&error)).err();
    let words = words.unwrap_or_default();
    assert!(words.contains("refused"), "no cause: {words}");
    assert!(!words.contains("127.0.0.1"), "with a URL: {words}");
}

/// Never silent for long, and never done.
async fn dawdles(own: &str) {
    let limits = Limits {
        total: SHORT,
        ..LIMITS
    };
    let fetcher = Fetcher::new(limits).expect("a client");
    let fetch = fetcher.fetch(own);
    let fetched = ended("it waits for a server that dawdles", fetch).await;
    assert!(late(&fetched), "a server that dawdles: {fetched:?}");
}

/// The caller leaves in the middle, wherever that is.
async fn leaves(own: &str) {
    let fetcher = Fetcher::new(LIMITS).expect("a client");
    for path in ["silent", "stalls"] {
        for _ in 0..10 {
            let fetcher = fetcher.clone();
            let url = format!("{own}/{path}");
            let before = CAME.load(SeqCst);
            let fetch = tokio::spawn(async move { fetcher.fetch(&url).await });
            while CAME.load(SeqCst) == before {
                yield_now().await;
            }
            fetch.abort();
        }
    }
}

fn main() {
    let own = bad_server();
    for runtime in runtimes() {
        runtime.block_on(async {
            all_at_once(&own).await;
            dawdles(&format!("{own}/dawdles")).await;
            leaves(&own).await;
            let gone = async {
                let metrics = tokio::runtime::Handle::current().metrics();
                // The connections are tasks of the client.
                while metrics.num_alive_tasks() + THERE.load(SeqCst) > 0 {
                    yield_now().await;
                }
            };
            ended("something is left running", gone).await;
        });
    }
}
