use tokio::runtime::{Builder, Runtime};

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// What the waiter says, and after how many milliseconds.
async fn served(line: DuplexStream) -> (io::Result<&'static str>, u128) {
    let start = Instant::now();
    let said = waiter(line).await;
    (said, start.elapsed().as_millis())
}

async fn leaves(ms: u64) {
    let (here, there) = duplex(64);
    let (gone, (said, took)) = join!(guest(here, ms), served(there));
    assert!(gone.is_err(), "there was no time for eggs");
    assert_eq!(took, u128::from(ms), "noticed late");
    assert_eq!(said.ok(), Some("has left"), "at {ms} ms");
}

/// A pipe for so many bytes at a time.
async fn stays(room: usize) {
    let (here, there) = duplex(room);
    let (dish, (said, _)) = join!(guest(here, 2000), served(there));
    assert_eq!(dish.ok().as_deref(), Some("eggs"), "room for {room}");
    assert_eq!(said.ok(), Some("served"), "room for {room}");
}

/// A word is no end.
async fn talks() {
    let (mut here, there) = duplex(64);
    let talk = async {
        here.write_all(b"and toast").await?;
        guest(here, 2000).await
    };
    let (_, (said, _)) = join!(talk, served(there));
    let error = said.expect_err("a guest who talks is not gone");
    assert_eq!(error.kind(), ErrorKind::InvalidData);
}

/// He does not listen, and then he goes: an error, no panic and no wait.
async fn never_listens() {
    let (here, there) = duplex(1);
    let listen = async {
        sleep(Duration::from_millis(1500)).await;
        drop(here);
    };
    let ((), (said, took)) = join!(listen, served(there));
    let error = said.expect_err("nobody has taken the eggs");
    assert_eq!((error.kind(), took), (ErrorKind::BrokenPipe, 1500));
}

fn main() {
    for ms in [0, 1, 500, 998] {
        paused().block_on(leaves(ms));
    }
    for room in [1, 3, 64] {
        paused().block_on(stays(room));
    }
    paused().block_on(talks());
    paused().block_on(never_listens());
}
