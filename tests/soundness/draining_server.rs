use std::alloc::{GlobalAlloc, Layout, System};
use std::env;
use std::io::{Read, Write};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::thread;
use tokio::runtime::{Builder, Runtime};

/// What is allocated at the moment.
static BYTES: AtomicUsize = AtomicUsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.fetch_add(layout.size(), SeqCst);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size(), SeqCst);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// No test waits longer for what must come. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(200);

const LIMITS: Limits = Limits {
    guests: 100,
    bytes: 1 << 20,
    silence: LONG,
    visit: LONG,
};

fn runtime(multi: bool) -> Runtime {
    let mut builder = match multi {
        true => Builder::new_multi_thread(),
        false => Builder::new_current_thread(),
    };
    builder.enable_all().build().expect("a runtime")
}

/// With room outside for a thousand guests who have no table.
fn listen() -> io::Result<TcpListener> {
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    socket.listen(1024)
}

/// A server on a thread and a runtime of its own.
struct Kitchen {
    to: SocketAddr,
    close: oneshot::Sender<()>,
    alive: tokio::runtime::Handle,
    thread: thread::JoinHandle<(Tally, usize)>,
}

impl Kitchen {
    fn open(multi: bool, limits: Limits, grace: Duration) -> Kitchen {
        let runtime = runtime(multi);
        let alive = runtime.handle().clone();
        let (close, closing) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            let tally = runtime.block_on(async {
                let listener = listen().expect("an address");
                tell.send(listener.local_addr()).expect("somebody asks");
                serve(listener, limits, closing, grace).await
            });
            // On workers, a task that has ended is counted a moment longer.
            let alive = || runtime.metrics().num_alive_tasks();
            runtime.block_on(async {
                let all_gone = async {
                    while alive() > 0 {
                        tokio::task::yield_now().await;
                    }
                };
                drop(timeout(PATIENCE, all_gone).await);
            });
            (tally, alive())
        });
        let to = told.recv().expect("a server").expect("an address");
        Kitchen {
            to,
            close,
            alive,
            thread,
        }
    }

    fn guests(&self) -> usize {
        self.alive.metrics().num_alive_tasks()
    }

    async fn until_guests(&self, count: usize, why: &str) {
        let there = async {
            while self.guests() != count {
                sleep(Duration::from_millis(1)).await;
            }
        };
        assert!(timeout(PATIENCE, there).await.is_ok(), "{why}");
    }

    /// What became of all guests; nothing is left of them.
    async fn close(self, why: &str) -> Tally {
        self.close.send(()).expect("it is open");
        let ended = tokio::task::spawn_blocking(|| self.thread.join());
        let ended = timeout(PATIENCE, ended).await.unwrap_or_else(|_| {
            eprintln!("{why}");
            process::exit(1)
        });
        let (tally, alive) = ended.expect("no panic").expect("no panic");
        assert_eq!(alive, 0, "tasks are left");
        tally
    }
}

fn tally(served: usize, failed: usize, cut_off: usize) -> Tally {
    Tally {
        served,
        failed,
        cut_off,
        stuck: 0,
    }
}

async fn meal(to: SocketAddr, dish: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(to).await?;
    let (mut from, mut to) = server.split();
    let ask = async {
        to.write_all(dish).await?;
        to.shutdown().await
    };
    let mut reply = Vec::new();
    tokio::try_join!(ask, from.read_to_end(&mut reply))?;
    Ok(reply)
}

async fn tea(to: SocketAddr) {
    let meal = timeout(PATIENCE, meal(to, b"tea")).await;
    let reply = meal.expect("no table gets free").expect("no service");
    assert_eq!(reply, b"tea", "another order");
}

/// Without Tokio on this side, it takes a third of the time.
fn plain_tea(to: SocketAddr) -> io::Result<()> {
    let mut server = std::net::TcpStream::connect(to)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.write_all(b"tea")?;
    server.shutdown(std::net::Shutdown::Write)?;
    let mut reply = Vec::new();
    server.read_to_end(&mut reply)?;
    assert_eq!(reply, b"tea", "another order");
    Ok(())
}

async fn one_after_the_other(multi: bool, count: usize) {
    let kitchen = Kitchen::open(multi, LIMITS, LONG);
    let mut before = 0;
    for number in 0..count {
        plain_tea(kitchen.to).expect("no service");
        if number == 100 {
            before = BYTES.load(SeqCst);
        }
    }
    let more = BYTES.load(SeqCst).saturating_sub(before);
    assert!(more < 1 << 20, "{more} bytes of guests who have left");
    assert_eq!(kitchen.close("stays open").await, tally(count, 0, 0));
}

async fn all_at_once(multi: bool, guests: usize) {
    let limits = Limits { guests, ..LIMITS };
    let kitchen = Kitchen::open(multi, limits, LONG);
    let to = kitchen.to;
    let mut there = Vec::new();
    for _ in 0..1000 {
        let mut guest = TcpStream::connect(to).await.expect("a line");
        guest.write_all(b"tea").await.expect("a connection");
        there.push(guest);
    }
    kitchen
        .until_guests(guests, "not as many guests as tables")
        .await;
    // A worker gives the table back, and then the task.
    let most = guests + thread::available_parallelism().map_or(1, usize::from);
    for mut guest in there {
        guest.shutdown().await.expect("a connection");
        let mut reply = Vec::new();
        let read = timeout(PATIENCE, guest.read_to_end(&mut reply)).await;
        read.expect("never served").expect("a connection");
        assert_eq!(reply, b"tea");
        assert!(kitchen.guests() <= most, "more guests than tables");
    }
    assert_eq!(kitchen.close("stays open").await, tally(1000, 0, 0));
}

/// All tables are taken by guests who do this. A polite one comes in the end.
async fn all_tables<T>(
    multi: bool,
    limits: Limits,
    what: impl AsyncFn(TcpStream) -> T,
    ended: Tally,
) {
    let kitchen = Kitchen::open(multi, limits, LONG);
    let mut there = Vec::new();
    for _ in 0..limits.guests {
        let guest = TcpStream::connect(kitchen.to).await.expect("a line");
        there.push(what(guest).await);
    }
    tea(kitchen.to).await;
    kitchen.until_guests(0, "guests who never leave").await;
    assert_eq!(kitchen.close("stays open").await, ended);
}

async fn guests_of_all_kinds(multi: bool) {
    let limits = Limits {
        guests: 10,
        silence: SHORT,
        ..LIMITS
    };
    // They say nothing.
    all_tables(multi, limits, async |guest| guest, tally(1, 10, 0)).await;
    // They say half, and nothing more.
    let half = async |mut guest: TcpStream| {
        guest.write_all(b"te").await.expect("a connection");
        guest
    };
    all_tables(multi, limits, half, tally(1, 10, 0)).await;
    // They talk as long as anything goes in, and never listen.
    let deaf = async |mut guest: TcpStream| {
        tokio::spawn(async move {
            while guest.write_all(&[b'x'; 4096]).await.is_ok() {}
        })
    };
    let bytes = usize::MAX;
    let patient = Limits { bytes, ..limits };
    all_tables(multi, patient, deaf, tally(1, 10, 0)).await;
    // They leave at once, some of them rudely.
    let kitchen = Kitchen::open(multi, limits, LONG);
    for number in 0..100 {
        let guest = TcpStream::connect(kitchen.to).await.expect("a line");
        if number % 2 == 0 {
            guest.set_zero_linger().expect("a connection");
        }
    }
    tea(kitchen.to).await;
    kitchen.until_guests(0, "guests who never leave").await;
    // Of some of the rude ones, `accept` never hears.
    let ended = kitchen.close("stays open").await;
    assert!(ended.served >= 51 && ended.cut_off == 0, "{ended:?}");
    assert!(ended.served + ended.failed <= 101, "{ended:?}");
    // They say half, and leave before the rest and the reply.
    let kitchen = Kitchen::open(multi, LIMITS, LONG);
    for _ in 0..100 {
        let mut guest = TcpStream::connect(kitchen.to).await.expect("a line");
        guest.write_all(b"te").await.expect("a connection");
    }
    tea(kitchen.to).await;
    kitchen.until_guests(0, "guests who never leave").await;
    let ended = kitchen.close("stays open").await;
    assert!(ended.served >= 1 && ended.cut_off == 0, "{ended:?}");
    assert!(ended.served + ended.failed <= 101, "{ended:?}");
}

/// A guest with an order that is larger than allowed, and one that is not.
async fn large_orders(multi: bool) {
    let kitchen = Kitchen::open(multi, LIMITS, LONG);
    let mut guest = TcpStream::connect(kitchen.to).await.expect("a line");
    let (mut from, mut to) = guest.split();
    let mut sent = 0;
    let talk = async {
        while sent < 100 << 20 && to.write_all(&[b'x'; 4096]).await.is_ok() {
            sent += 4096;
        }
        drop(to.shutdown().await);
    };
    let listen =
        async { while from.read(&mut [0; 4096]).await.is_ok_and(|n| n > 0) {} };
    tokio::join!(talk, listen);
    assert!(sent < 100 << 20, "an order of 100 MB");

    let dish = vec![b'x'; LIMITS.bytes];
    let reply = meal(kitchen.to, &dish).await.expect("it is allowed");
    assert!(reply == dish, "bytes are lost");
    assert_eq!(kitchen.close("stays open").await, tally(1, 1, 0));
}

/// A byte, and another one, before the silence is too long.
async fn guests_who_dawdle(multi: bool) {
    let visit = SHORT;
    let kitchen = Kitchen::open(multi, Limits { visit, ..LIMITS }, LONG);
    let mut guest = TcpStream::connect(kitchen.to).await.expect("a line");
    let dawdle = async {
        while guest.write_all(b"x").await.is_ok()
            && guest.read(&mut [0; 1]).await.is_ok_and(|count| count > 0)
        {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let ended = timeout(PATIENCE, dawdle).await;
    assert!(ended.is_ok(), "a guest who stays for ever");
    assert_eq!(kitchen.close("stays open").await, tally(0, 1, 0));
}

async fn closing(multi: bool, guests: usize, grace: Duration, ended: Tally) {
    let limits = Limits { guests, ..LIMITS };
    let kitchen = Kitchen::open(multi, limits, grace);
    let mut silent = TcpStream::connect(kitchen.to).await.expect("a line");
    let mut there = TcpStream::connect(kitchen.to).await.expect("a line");
    kitchen.until_guests(2, "no service").await;
    // One more, who has no table when all are taken.
    let to = kitchen.to;
    there.write_all(b"tea").await.expect("a connection");
    there.read_exact(&mut [0; 3]).await.expect("an echo");
    let cut_off = ended.cut_off > 0;
    let rest = tokio::spawn(async move {
        // The door closes while this one is in the middle of a meal. Who knocks
        // before is let in, and leaves.
        while TcpStream::connect(to).await.is_ok() {
            sleep(Duration::from_millis(1)).await;
        }
        there.write_all(b"tea").await?;
        let mut echo = [0; 3];
        there.read_exact(&mut echo).await?;
        there.shutdown().await?;
        if !cut_off {
            silent.shutdown().await?;
            silent.read_to_end(&mut Vec::new()).await?;
        }
        io::Result::Ok((echo, silent))
    });
    let seen = kitchen.close("does not close").await;
    assert!(seen.served >= ended.served, "{seen:?}");
    assert_eq!((seen.failed, seen.cut_off), (0, ended.cut_off), "{seen:?}");
    let rest = rest.await.expect("no panic");
    let (echo, _) = rest.expect("cut off in the middle");
    assert_eq!(&echo, b"tea");
}

/// A visit that holds its thread: it logs, and standard error takes nothing.
fn stuck_visits() -> io::Result<()> {
    let mut builder = Builder::new_multi_thread();
    // One is held; another one looks after the clock and the service.
    let runtime = builder.worker_threads(2).enable_all().build()?;
    let full = io::stderr().lock();
    let (close, closing) = oneshot::channel();
    let limits = Limits { bytes: 1, ..LIMITS };
    let listener = runtime.block_on(async { listen() })?;
    let to = listener.local_addr()?;
    let server = runtime.spawn(serve(listener, limits, closing, SHORT));
    // Its waiter hangs up, and then its visit has something to say. A guest
    // of std, because the held worker may be the one that looks at sockets.
    let mut guest = std::net::TcpStream::connect(to)?;
    guest.set_read_timeout(Some(PATIENCE))?;
    guest.write_all(b"tea")?;
    if guest.read_to_end(&mut Vec::new()).is_err() {
        // Without a limit on orders nothing is stuck; that is found below.
        return Ok(());
    }
    let asked = close.send(());
    let (tell, told) = mpsc::channel();
    let waits = thread::spawn(move || {
        let tally = runtime.block_on(server);
        // It has been told of already if the other end is gone.
        let _ = tell.send(tally);
    });
    let tally = told.recv_timeout(PATIENCE);
    drop(full);
    assert!(asked.is_ok(), "it is open");
    let Ok(tally) = tally else {
        eprintln!("does not close: waits for a visit that is stuck");
        process::exit(1)
    };
    waits.join().expect("no panic");
    assert_eq!(tally?.stuck, 1, "stuck visits");
    Ok(())
}

/// The service with few descriptors, in a process of its own.
fn few_descriptors() -> io::Result<()> {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 32; exec \"$0\" few"])
        .arg(env::current_exe()?)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut said = child.stdout.take().expect("it is piped");
    let mut to = [0; 5];
    said.read_exact(&mut to)?;
    let to = str::from_utf8(&to).map_err(io::Error::other)?;
    let port: u16 = to.trim().parse().map_err(io::Error::other)?;
    let to = SocketAddr::from(([127, 0, 0, 1], port));
    let mut stderr = child.stderr.take().expect("it is piped");
    let errors = thread::spawn(move || {
        let mut errors = String::new();
        stderr.read_to_string(&mut errors).map(|_| errors)
    });
    let served = runtime(false).block_on(async {
        let mut guests = JoinSet::new();
        for _ in 0..100 {
            guests.spawn(async move {
                let one = async {
                    let mut guest = TcpStream::connect(to).await?;
                    guest.write_all(b"tea").await?;
                    guest.read_exact(&mut [0; 3]).await
                };
                timeout(PATIENCE, one).await.is_ok_and(|read| read.is_ok())
            });
        }
        let served = guests.join_all().await;
        served.iter().filter(|served| **served).count()
    });
    drop(child.stdin.take());
    let mut text = String::new();
    said.read_to_string(&mut text)?;
    let errors = errors.join().expect("no panic")?;
    let lines = errors.matches("Too many open files").count();
    assert!(lines <= 200, "{lines} lines about descriptors");
    assert!(lines > 0, "all of them found a descriptor");
    let last = errors.lines().last().unwrap_or_default();
    assert_eq!(served, 100, "guests served: {last}");
    assert!(child.wait()?.success(), "{last}");
    let expected = format!("{:?}", tally(100, 0, 0));
    assert_eq!(text.trim(), expected);
    Ok(())
}

/// In the child: says where it listens, and serves until its input ends.
fn serve_with_few() -> io::Result<()> {
    let (close, closing) = oneshot::channel();
    thread::spawn(move || {
        let _ = io::stdin().read(&mut [0]);
        let _ = close.send(());
    });
    let ended = runtime(false).block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let limits = Limits {
            guests: 1000,
            ..LIMITS
        };
        print!("{:>5}", listener.local_addr()?.port());
        io::stdout().flush()?;
        io::Result::Ok(serve(listener, limits, closing, LONG).await)
    });
    println!("{:?}", ended?);
    Ok(())
}

fn main() -> io::Result<()> {
    match env::args().nth(1).as_deref() {
        Some("few") => return serve_with_few(),
        Some(_) => {}
        None => {
            // A thousand guests and their waiters need two thousand.
            let all = Command::new("sh")
                .args(["-c", "ulimit -n 4096; exec \"$0\" all"])
                .arg(env::current_exe()?)
                .status()?;
            process::exit(all.code().unwrap_or(1));
        }
    }
    few_descriptors()?;
    stuck_visits()?;
    let clients = runtime(false);
    for multi in [false, true] {
        clients.block_on(async {
            let count = if multi { 1000 } else { 10_000 };
            one_after_the_other(multi, count).await;
            all_at_once(multi, 50).await;
            all_at_once(multi, 1000).await;
            guests_of_all_kinds(multi).await;
            large_orders(multi).await;
            guests_who_dawdle(multi).await;
            // Both leave; the silent one is cut off; all tables are taken.
            closing(multi, 100, LONG, tally(2, 0, 0)).await;
            closing(multi, 100, SHORT, tally(1, 0, 1)).await;
            closing(multi, 2, SHORT, tally(1, 0, 1)).await;
        });
    }
    Ok(())
}
