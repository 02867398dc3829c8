use std::io::{Read, Write};
use std::thread;
use tokio::runtime::{Builder, Runtime};

/// No test waits longer for what must come. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(200);

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

fn connect(to: SocketAddr) -> std::net::TcpStream {
    let guest = std::net::TcpStream::connect(to).expect("a line");
    guest.set_read_timeout(Some(PATIENCE)).expect("a socket");
    guest
}

fn tea(to: SocketAddr) {
    let mut guest = connect(to);
    guest.write_all(b"tea").expect("a connection");
    guest.shutdown(std::net::Shutdown::Write).expect("a socket");
    let mut reply = Vec::new();
    let read = guest.read_to_end(&mut reply);
    read.expect("no table gets free");
    assert_eq!(reply, b"tea", "another order");
}

/// The peer closes, with or without a word about bytes that it did not read.
fn is_sent_away(mut guest: std::net::TcpStream) {
    let mut rest = Vec::new();
    if let Err(error) = guest.read_to_end(&mut rest) {
        let kind = error.kind();
        assert_ne!(kind, ErrorKind::WouldBlock, "a guest who stays for ever");
    }
}

/// What a service goes through; returns when all guests have left.
fn guests(to: SocketAddr) {
    for _ in 0..1000 {
        tea(to);
    }
    // All tables are taken by guests who say nothing, or half.
    let silent: Vec<_> = (0..4).map(|_| connect(to)).collect();
    tea(to);
    silent.into_iter().for_each(is_sent_away);
    let mut half = connect(to);
    half.write_all(b"te").expect("a connection");
    is_sent_away(half);
    // One that says too much.
    let mut loud = connect(to);
    let mut listens = loud.try_clone().expect("a socket");
    let listens = thread::spawn(move || {
        std::io::copy(&mut listens, &mut std::io::sink()).is_ok()
    });
    let mut sent = 0;
    while sent < 100 << 20 && loud.write_all(&[b'x'; 4096]).is_ok() {
        sent += 4096;
    }
    assert!(sent < 100 << 20, "an order of 100 MB");
    drop((loud, listens.join()));
    // A byte, and another one, before the silence is too long.
    let mut dawdle = connect(to);
    let begin = std::time::Instant::now();
    while dawdle.write_all(b"x").is_ok()
        && dawdle.read(&mut [0]).is_ok_and(|count| count > 0)
    {
        assert!(begin.elapsed() < PATIENCE, "a guest who stays for ever");
        thread::sleep(Duration::from_millis(5));
    }
    tea(to);
}

fn main() {
    let limits = Limits {
        guests: 4,
        bytes: 1 << 20,
        silence: SHORT,
        visit: 2 * SHORT,
    };
    for runtime in runtimes() {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("an address");
        let to = listener.local_addr().expect("an address");
        let server = runtime.spawn(serve(listener, limits));
        let guests = thread::spawn(move || guests(to));
        runtime.block_on(async {
            while !guests.is_finished() {
                sleep(Duration::from_millis(5)).await;
            }
            // The service, which never ends by itself.
            let service_alone = async {
                while runtime.metrics().num_alive_tasks() != 1 {
                    tokio::task::yield_now().await;
                }
            };
            let ended = timeout(PATIENCE, service_alone).await;
            assert!(ended.is_ok(), "tasks are left");
            assert!(!server.is_finished(), "the service has ended");
        });
        if guests.join().is_err() {
            std::process::exit(1);
        }
        server.abort();
        assert!(runtime.block_on(server).is_err(), "it is stopped");
        // A guest who is there when the service is told to stop.
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("an address");
        let guest = connect(listener.local_addr().expect("an address"));
        let patient = Limits {
            silence: LONG,
            visit: LONG,
            ..limits
        };
        let server = runtime.spawn(serve(listener, patient));
        runtime.block_on(async {
            while runtime.metrics().num_alive_tasks() != 2 {
                sleep(Duration::from_millis(1)).await;
            }
            server.abort();
            assert!(server.await.is_err_and(|error| error.is_cancelled()));
            let all_gone = async {
                while runtime.metrics().num_alive_tasks() != 0 {
                    tokio::task::yield_now().await;
                }
            };
            let ended = timeout(PATIENCE, all_gone).await;
            assert!(ended.is_ok(), "tasks are left");
        });
        is_sent_away(guest);
    }
}
