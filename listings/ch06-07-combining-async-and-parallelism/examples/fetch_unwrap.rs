#![expect(clippy::unwrap_used, reason = "the defect on show")]

use rayon::prelude::*;
use std::process::ExitCode;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

// ANCHOR: part
async fn lengths(urls: Vec<String>) -> Vec<usize> {
    let fetches = urls.into_iter().map(|url| {
        tokio::spawn(async move {
            let client = reqwest::Client::builder().no_proxy();
            let get = client.build().unwrap().get(url);
            let response = get.send().await.unwrap();
            response.text().await.unwrap()
        })
    });
    let pages: Vec<String> = futures::future::join_all(fetches)
        .await
        .into_iter()
        .map(|joined| joined.unwrap())
        .collect();
    pages.par_iter().map(|page| page.len()).collect()
}
// ANCHOR_END: part

#[tokio::main]
async fn main() -> ExitCode {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted.is_empty() {
        wanted = ["/eggs", "/toast", "/tea"].map(String::from).to_vec();
    }
    let known = |arg: &String| arg.starts_with('/') | arg.starts_with("http:");
    if !wanted.iter().all(known) {
        eprintln!("usage: fetch_unwrap [/PATH | URL]...");
        return ExitCode::from(2);
    }
    let own = serve().await;
    for url in wanted.iter_mut().filter(|url| url.starts_with('/')) {
        url.insert_str(0, &own);
    }
    println!("results: {:?}", lengths(wanted).await);
    ExitCode::SUCCESS
}

/// A server on this machine: 500 for `/broken`, a small page for the rest.
async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    format!("http://{address}")
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
