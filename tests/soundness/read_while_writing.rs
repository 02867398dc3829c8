use tokio::runtime::{Builder, Runtime};
use tokio::time::{Duration, timeout};

/// No test waits longer for what must come, and for what is small.
const PATIENCE: Duration = Duration::from_secs(20);
const SOON: Duration = Duration::from_secs(5);

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let to = listener.local_addr().expect("an address");
    let guest = TcpStream::connect(to).await.expect("a line");
    let (server, _) = listener.accept().await.expect("a guest");
    (guest, server)
}

async fn any_size() {
    for bytes in [0, 1, 8191, 8192, 8193, 64 << 20] {
        let (guest, server) = pair().await;
        let echo = tokio::spawn(echo(server));
        let patience = if bytes > 8193 { PATIENCE } else { SOON };
        let answer = timeout(patience, order(guest, bytes)).await;
        let answer = answer.expect("both stand still").expect("an answer");
        assert_eq!(answer, bytes, "bytes are lost");
        assert_eq!(echo.await.expect("no panic").expect("no error"), bytes);
    }
}

/// The other side leaves in the middle: an error, and no wait.
async fn who_leaves_early() {
    let (guest, server) = pair().await;
    let ordered = tokio::spawn(order(guest, 64 << 20));
    server.set_zero_linger().expect("a connection");
    drop(server);
    let ordered = timeout(PATIENCE, ordered).await.expect("it ends");
    assert!(ordered.expect("no panic").is_err(), "half an answer is Ok");

    let (guest, server) = pair().await;
    let echo = tokio::spawn(echo(server));
    guest.set_zero_linger().expect("a connection");
    drop(guest);
    let echo = timeout(PATIENCE, echo).await.expect("it ends");
    assert!(echo.expect("no panic").is_err(), "a reset is no end");
}

fn main() {
    for runtime in runtimes() {
        runtime.block_on(async {
            any_size().await;
            who_leaves_early().await;
        });
    }
}
