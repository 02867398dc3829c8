use std::io::{Read, Write};
use std::thread;
use tokio::runtime::{Builder, Runtime};

/// No test waits longer for what must come.
const PATIENCE: Duration = Duration::from_secs(5);

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

async fn until_alive(count: usize) {
    let there = async {
        while Handle::current().metrics().num_alive_tasks() != count {
            tokio::task::yield_now().await;
        }
    };
    let there = timeout(PATIENCE, there).await;
    assert!(there.is_ok(), "tasks are left");
}

async fn guests() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let to = listener.local_addr().expect("an address");
    let server = tokio::spawn(serve(listener));
    let silent = TcpStream::connect(to).await.expect("a line");
    // Many at once, with orders around the size of the waiters' buffer.
    let mut orders = JoinSet::new();
    for bytes in 0..200 {
        orders.spawn(async move {
            let dish = "tea".chars().cycle().take(bytes).collect::<String>();
            let reply = order(to, &dish).await.expect("no service");
            assert_eq!(reply, dish, "another order");
        });
    }
    orders.join_all().await;
    // Not all of a reply that is too long, and no wait for the end of it.
    let dish = "x".repeat(16 << 20);
    assert!(order(to, &dish).await.is_err(), "a reply that is cut");
    // Rude guests cost the others nothing.
    for _ in 0..100 {
        let rude = TcpStream::connect(to).await.expect("a line");
        rude.set_zero_linger().expect("a socket");
    }
    let tea = order(to, "tea").await.expect("no service");
    assert_eq!(tea, "tea", "another order");
    // The service and the waiter of the silent guest; then nobody.
    until_alive(2).await;
    server.abort();
    assert!(server.await.is_err_and(|error| error.is_cancelled()));
    until_alive(0).await;
    drop(silent);
}

/// The address of a server that takes one order and says this.
fn says(reply: Vec<u8>) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let to = listener.local_addr().expect("an address");
    thread::spawn(move || {
        let (mut guest, _) = listener.accept().expect("a guest");
        guest.read_to_end(&mut Vec::new()).expect("an order");
        // A guest who has heard enough may be gone.
        let _ = guest.write_all(&reply);
    });
    to
}

async fn replies() {
    let longest = vec![b'x'; LONGEST as usize];
    let reply = order(says(longest.clone()), "tea")
        .await
        .expect("it is allowed");
    assert_eq!(reply.len(), longest.len(), "bytes are lost");
    let longer = [&longest[..], b"x"].concat();
    let reply = order(says(longer), "tea").await;
    assert!(reply.is_err(), "a reply that is cut");
    // The limit falls within a character.
    let longer = [&longest[1..], "\u{e9}".as_bytes()].concat();
    let reply = order(says(longer), "tea").await;
    let reply = reply.expect_err("a reply that is cut").to_string();
    assert!(reply.contains("too long"), "within a character: {reply}");
    let reply = order(says(vec![0xff]), "tea").await;
    assert!(reply.is_err(), "not UTF-8");
}

/// In virtual time: nothing comes, and an hour passes.
fn silence() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).build();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let to = listener.local_addr().expect("an address");
    let reply = runtime.expect("a runtime").block_on(async {
        timeout(Duration::from_secs(3600), order(to, "tea")).await
    });
    let reply = reply.expect("a client who waits for ever");
    assert!(reply.is_err(), "a reply from nobody");
}

fn main() {
    silence();
    for runtime in runtimes() {
        runtime.block_on(async {
            replies().await;
            guests().await;
        });
    }
}
