use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

async fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next_line().await? {
        if line.is_empty() {
            let page = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\negg";
            lines.get_mut().write_all(page).await?;
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let connections = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Relaxed);
            tokio::spawn(answer(stream));
        }
    });
    let client = || reqwest::Client::builder().no_proxy().build();

    for _ in 0..10 {
        client()?.get(&url).send().await?.text().await?;
    }
    println!("10 clients: {} connections", connections.swap(0, Relaxed));

    let client = client()?;
    for _ in 0..10 {
        client.get(&url).send().await?.text().await?;
        // A connection returns to the pool a moment after its response.
        sleep(Duration::from_millis(2)).await;
    }
    let count = connections.load(Relaxed);
    if count > 3 {
        return Err(format!("one client opened {count} connections").into());
    }
    println!("1 client:   3 connections or fewer");
    Ok(())
}
