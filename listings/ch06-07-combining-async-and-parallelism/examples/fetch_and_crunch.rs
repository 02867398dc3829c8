use futures::stream::{self, StreamExt, TryStreamExt};
use rayon::prelude::*;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

// ANCHOR: part
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Counts the words, and adds up a hash of each: the order does not matter.
fn crunch(page: &str) -> (usize, u64) {
    let hash = |word: &str| {
        word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    page.par_split_whitespace()
        .map(|word| (1, hash(word)))
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1.wrapping_add(b.1)))
}

async fn fetch_and_crunch(
    client: reqwest::Client,
    url: String,
) -> Result<(usize, u64)> {
    let response = client.get(url).send().await?.error_for_status()?;
    let page = response.text().await?;
    let (tx, rx) = oneshot::channel();
    rayon::spawn(move || {
        let _ = tx.send(crunch(&page));
    });
    Ok(rx.await?)
}

async fn run(urls: Vec<String>) -> Result<()> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(10))
        .build()?;
    let pages: Vec<(usize, u64)> = stream::iter(urls)
        .map(|url| fetch_and_crunch(client.clone(), url))
        .buffered(4)
        .try_collect()
        .await?;
    for (words, sum) in pages {
        println!("{words} words, checksum {sum:016x}");
    }
    Ok(())
}
// ANCHOR_END: part

#[tokio::main]
async fn main() -> ExitCode {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted.is_empty() {
        wanted = ["/eggs", "/toast", "/tea"].map(String::from).to_vec();
    }
    let known = |arg: &String| {
        ["/", "http://", "https://"]
            .iter()
            .any(|s| arg.starts_with(s))
    };
    if !wanted.iter().all(known) {
        eprintln!("usage: fetch_and_crunch [/PATH | URL]...");
        return ExitCode::from(2);
    }
    match serve_and_run(wanted).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn serve_and_run(mut wanted: Vec<String>) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}", listener.local_addr()?);
    tokio::spawn(serve(listener));
    for url in wanted.iter_mut().filter(|url| url.starts_with('/')) {
        url.insert_str(0, &own);
    }
    run(wanted).await
}

/// A server on this machine: 500 for `/broken`, a page for the rest.
async fn serve(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream));
    }
}

async fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            if stream.read_line(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let (status, page) = match request.split(' ').nth(1) {
            Some("/broken") => ("500 Broken", "the oven is on fire".into()),
            Some(path) => ("200 OK", format!("today: {path}, ").repeat(3)),
            None => return Ok(()),
        };
        let size = page.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {size}");
        let text = format!("{head}\r\n\r\n{page}");
        stream.write_all(text.as_bytes()).await?;
    }
}
