use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// Answers every request with the status 500.
async fn serve(listener: TcpListener) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let mut lines = BufReader::new(stream).lines();
        while lines.next_line().await?.is_some_and(|l| !l.is_empty()) {}
        let mut stream = lines.into_inner();
        let head = "HTTP/1.1 500 Broken\r\ncontent-length: 19\r\n\
                    connection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(b"the oven is on fire").await?;
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/menu", listener.local_addr()?);
    tokio::spawn(serve(listener));
    let client = reqwest::Client::builder().no_proxy().build()?;

    let response = client.get(&url).send().await?;
    println!("send:             Ok, {}", response.status());
    println!("text:             Ok, {:?}", response.text().await?);

    let response = client.get(&url).send().await?;
    match response.error_for_status() {
        Ok(_) => println!("error_for_status: Ok"),
        Err(error) => println!("error_for_status: Err, {error}"),
    }
    Ok(())
}
