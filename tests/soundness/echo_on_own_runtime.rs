use std::cell::RefCell as Shared;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::rc::Weak;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;

/// The server, which is this program once more, with the end of its life in a
/// connection: it closes when that ends.
struct Server {
    child: Child,
    address: SocketAddr,
    phone: TcpStream,
    stderr: BufReader<ChildStderr>,
}

/// What the child does: `main` of the listing, with other limits.
fn child(guests: usize, idle: u64) -> io::Result<()> {
    let before = descriptors();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let (phone, _) = listener.accept()?;
    let limits = Limits {
        guests,
        idle: Duration::from_millis(idle),
        last_orders: Duration::from_secs(20),
    };
    let weak = block_on(async |runtime| {
        phone.set_nonblocking(true)?;
        let mut phone = Socket::new(&runtime, phone)?;
        let stop = async { drop(phone.read(&mut [0]).await) };
        let left = serve(&runtime, listener, limits, stop).await?;
        assert_eq!(left, 0, "guests are cut off before the last orders");
        drop(phone);
        nothing_is_registered(&runtime);
        io::Result::Ok(Rc::downgrade(&runtime))
    })??;
    assert!(weak.upgrade().is_none(), "the runtime is left");
    assert_eq!(descriptors(), before, "descriptors are left");
    Ok(())
}

/// How many are open.
fn descriptors() -> usize {
    // Listing them opens one more.
    let open = std::fs::read_dir("/proc/self/fd").expect("Linux").count();
    open - 1
}

fn nothing_is_registered(runtime: &Runtime) {
    assert!(
        runtime.sockets.borrow().is_empty(),
        "a waker of a socket is left"
    );
    assert!(runtime.timers.borrow().is_empty(), "a timer is left");
    assert!(runtime.tasks.borrow().is_empty(), "a task is left");
}

impl Server {
    fn start(guests: usize, idle: u64, files: u32) -> io::Result<Server> {
        let program = std::env::current_exe()?;
        let run = format!(r#"ulimit -n {files}; exec "$0" {guests} {idle}"#);
        let mut child = Command::new("sh")
            .args(["-c", &run])
            .arg(program)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().expect("it is piped");
        let stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().parse().map_err(io::Error::other)?;
        let phone = TcpStream::connect(address)?;
        Ok(Server {
            child,
            address,
            phone,
            stderr,
        })
    }

    fn guest(&self) -> TcpStream {
        let guest = TcpStream::connect(self.address).expect("the server is up");
        // A server that hangs is a fault, and not the end of this program.
        let limit = Some(Duration::from_secs(20));
        guest.set_read_timeout(limit).expect("not zero");
        guest.set_write_timeout(limit).expect("not zero");
        guest
    }

    /// Waits until the server says such a line.
    fn says(&mut self, what: &str) {
        let mut line = String::new();
        while !line.contains(what) {
            line.clear();
            let count = self.stderr.read_line(&mut line).expect("text");
            assert!(count > 0, "the server does not say {what:?}");
        }
    }

    /// Closes it, and returns what it has said; nothing may be left in it.
    fn close(mut self) -> String {
        drop(self.phone);
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).expect("text");
        let status = self.child.wait().expect("it has been started");
        assert!(status.success(), "{status}: {said}");
        said
    }
}

/// Sends, and reads the echo.
fn echo(guest: &mut TcpStream, dish: &[u8], why: &str) {
    let mut reply = vec![0; dish.len()];
    let result = guest
        .write_all(dish)
        .and_then(|()| guest.read_exact(&mut reply));
    assert!(result.is_ok(), "{why}: {result:?}");
    assert!(reply == dish, "{why}: another reply");
}

/// The guest reads the end of the connection, or that it is broken.
fn sent_away(guest: &mut TcpStream, why: &str) {
    let mut buffer = [0; 4096];
    loop {
        match guest.read(&mut buffer) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                let kind = error.kind();
                let gone = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
                assert!(gone.contains(&kind), "{why}: {error}");
                return;
            }
        }
    }
}

const HOUR: u64 = 3_600_000;

/// All are there at the same time, and none is forgotten.
fn a_thousand_at_once() -> io::Result<()> {
    let server = Server::start(2000, HOUR, 1024)?;
    let mut guests = Vec::new();
    while guests.len() < 1000 {
        // No more than the queue of the system holds.
        let mut group: Vec<_> = (0..100).map(|_| server.guest()).collect();
        for guest in &mut group {
            echo(guest, b"tea", "one of a thousand");
        }
        guests.append(&mut group);
    }
    for (number, guest) in guests.iter_mut().enumerate().rev() {
        let dish = format!("dish {number}");
        echo(guest, dish.as_bytes(), "one of a thousand");
    }
    drop(guests);
    assert_eq!(server.close(), "");
    Ok(())
}

fn thousands_one_after_the_other() -> io::Result<()> {
    let server = Server::start(100, HOUR, 64)?;
    for number in 0..10_000_u32 {
        let mut guest = server.guest();
        guest.write_all(&number.to_be_bytes())?;
        guest.shutdown(Shutdown::Write)?;
        let mut reply = Vec::new();
        guest.read_to_end(&mut reply)?;
        assert_eq!(reply, number.to_be_bytes(), "one after the other");
    }
    assert_eq!(server.close(), "");
    Ok(())
}

/// No descriptor is left for the guests in the queue, until others leave.
fn few_descriptors() -> io::Result<()> {
    let mut server = Server::start(1000, HOUR, 32)?;
    let served = |result: io::Result<TcpStream>| {
        result.unwrap_or_else(|error| panic!("too many files end it: {error}"))
    };
    for _ in 0..3 {
        let connect = |_| served(TcpStream::connect(server.address));
        let silent: Vec<_> = (0..40).map(connect).collect();
        server.says("accept: Too many open files");
        drop(silent);
        for _ in 0..50 {
            served(TcpStream::connect(server.address).and_then(|mut guest| {
                guest.write_all(b"eggs")?;
                guest.read_exact(&mut [0; 4])?;
                Ok(guest)
            }));
        }
    }
    server.close();
    Ok(())
}

/// The place of a guest who leaves is free for the next; the others wait.
fn more_guests_than_places() -> io::Result<()> {
    let server = Server::start(3, HOUR, 64)?;
    let mut guests: Vec<_> = (0..30).map(|_| server.guest()).collect();
    for guest in &mut guests {
        guest.write_all(b"tea")?;
    }
    for (number, mut guest) in guests.into_iter().enumerate() {
        echo(&mut guest, b"", "connected");
        let mut reply = [0; 3];
        guest.read_exact(&mut reply)?;
        assert_eq!(&reply, b"tea", "guest {number}");
    }
    // All places are taken: the fourth is connected, and is not served.
    let mut places: Vec<_> = (0..3).map(|_| server.guest()).collect();
    for guest in &mut places {
        echo(guest, b"soup", "there is a place");
    }
    let mut fourth = server.guest();
    fourth.write_all(b"eggs")?;
    fourth.set_read_timeout(Some(Duration::from_millis(100)))?;
    let early = fourth.read(&mut [0; 4]);
    assert!(early.is_err(), "a guest more than there are places");
    fourth.set_read_timeout(None)?;
    drop(places);
    let mut reply = [0; 4];
    fourth.read_exact(&mut reply)?;
    drop(fourth);
    assert_eq!(server.close(), "");
    Ok(())
}

/// They say nothing, stop in the middle, or send and never read.
fn guests_who_cost_a_place() -> io::Result<()> {
    let server = Server::start(1000, 300, 1024)?;
    let mut silent: Vec<_> = (0..50).map(|_| server.guest()).collect();
    let mut half: Vec<_> = (0..50).map(|_| server.guest()).collect();
    for guest in &mut half {
        guest.write_all(b"two eg")?;
    }
    let mut deaf = server.guest();
    let plate = vec![7; 1 << 20];
    let written = (0..100).try_for_each(|_| deaf.write_all(&plate));
    assert!(written.is_err(), "who reads nothing is served for ever");
    for guest in silent.iter_mut().chain(&mut half) {
        sent_away(guest, "who says nothing stays");
    }
    let said = server.close();
    let count = said
        .lines()
        .filter(|line| line.contains("timed out"))
        .count();
    assert_eq!(count, 101, "each of them is named: {said}");
    Ok(())
}

fn guests_who_leave_early() -> io::Result<()> {
    let server = Server::start(1000, HOUR, 1024)?;
    for number in 0..300 {
        // Now and then, the queue of the system must be empty again.
        if number % 30 == 0 {
            echo(&mut server.guest(), b"eggs", "beside guests who leave");
        }
        drop(server.guest());
        let mut guest = server.guest();
        guest.write_all(&[7; 5000])?;
        // With an echo that is not read: the connection is reset.
        drop(guest);
        let mut guest = server.guest();
        guest.write_all(b"half")?;
        guest.shutdown(Shutdown::Both)?;
    }
    echo(&mut server.guest(), b"eggs", "after guests who left");
    server.close();
    Ok(())
}

/// Every byte comes back, and others are served meanwhile.
fn a_large_order() -> io::Result<()> {
    const PIECE: usize = 1 << 16;
    // Of a debug build, less: it is the same number of plates for each byte.
    let count = if cfg!(debug_assertions) { 320 } else { 1600 };
    let server = Server::start(10, HOUR, 64)?;
    let piece = |number: usize| -> Vec<u8> {
        (0..PIECE).map(|at| (at * 31 + number) as u8).collect()
    };
    let large = server.guest();
    let mut writer = large.try_clone()?;
    let send = thread::spawn(move || {
        for number in 0..count {
            writer.write_all(&piece(number))?;
        }
        writer.shutdown(Shutdown::Write)
    });
    let mut reader = large;
    let mut reply = vec![0; PIECE];
    let mut other = server.guest();
    for number in 0..count {
        reader.read_exact(&mut reply)?;
        assert!(reply == piece(number), "piece {number} is another");
        if number % 100 == 0 {
            echo(&mut other, b"tea", "beside a large order");
        }
    }
    assert_eq!(reader.read(&mut reply)?, 0, "more comes back");
    send.join().expect("no panic")?;
    drop(other);
    assert_eq!(server.close(), "");
    Ok(())
}

/// A connection, with the second end for the runtime.
fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("it is bound");
    let ours = TcpStream::connect(address).expect("it listens");
    let (theirs, _) = listener.accept().expect("one has connected");
    theirs.set_nonblocking(true).expect("a socket");
    (ours, theirs)
}

/// The same task again in the next round of the loop.
async fn next_round() {
    let mut woken = false;
    poll_fn(|cx| {
        if woken {
            return Poll::Ready(());
        }
        woken = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Lets the loop go round until it is done. What has arrived, the next round
/// sees; so this many are enough, however fast the machine is.
async fn soon(done: impl Fn() -> bool, why: &str) {
    for _ in 0..1000 {
        if done() {
            return;
        }
        next_round().await;
    }
    panic!("{why}");
}

/// Waits, on this thread, until all of it has arrived.
fn arrived(io: &TcpStream, count: usize) {
    let mut buffer = vec![0; count];
    while io
        .peek(&mut buffer)
        .is_ok_and(|seen| 0 < seen && seen < count)
        || io.peek(&mut buffer).is_err()
    {}
}

/// Once, twice and more often: an event uses up the interest.
fn reads_one_after_the_other() {
    block_on(async |runtime| {
        let (mut ours, theirs) = pair();
        let seen = theirs.try_clone().expect("a descriptor");
        let mut socket = Socket::new(&runtime, theirs).expect("a poller");
        for _ in 0..100 {
            let done = Rc::new(Cell::new(None));
            let result = Rc::clone(&done);
            // A task of its own, which is polled only when it is woken.
            runtime.spawn(async move {
                let count = socket.read(&mut [0; 8]).await;
                result.set(Some((count.expect("it is open"), socket)));
            });
            let waits = || !runtime.sockets.borrow().is_empty();
            soon(waits, "a reader does not begin").await;
            ours.write_all(b"soup").expect("it is open");
            arrived(&seen, 4);
            let tasks = || runtime.tasks.borrow().is_empty();
            soon(tasks, "a reader is never woken").await;
            let count;
            (count, socket) = done.take().expect("the task has ended");
            assert_eq!(count, 4);
        }
        // It waits, and is dropped; a copy of its descriptor is still open.
        {
            let mut buffer = [0; 8];
            let read = async { socket.read(&mut buffer).await.is_ok() };
            let end = async {
                next_round().await;
                false
            };
            assert!(!race(read, end).await);
        }
        drop(socket);
        ours.write_all(b"soup").expect("it is open");
        arrived(&seen, 4);
        let (mut events, none) = (Events::new(), Some(Duration::ZERO));
        // The first may return for a wake-up alone.
        for _ in 0..2 {
            runtime
                .woken
                .poller
                .wait(&mut events, none)
                .expect("a poller");
        }
        let keys: Vec<_> = events.iter().map(|event| event.key).collect();
        assert!(keys.is_empty(), "socket {keys:?} is gone and registered");
    })
    .expect("a poller");
}

/// More than the buffers hold is written in pieces, and none is lost.
fn a_write_in_pieces() {
    const ALL: usize = 16 << 20;
    block_on(async |runtime| {
        let (mut ours, theirs) = pair();
        let mut socket = Socket::new(&runtime, theirs).expect("a poller");
        let reading = thread::spawn(move || {
            let mut all = Vec::with_capacity(ALL);
            ours.read_to_end(&mut all).map(|_| all)
        });
        let bytes: Vec<u8> = (0..ALL).map(|at| (at * 31 >> 3) as u8).collect();
        socket.write_all(&bytes).await.expect("it is read");
        drop(socket);
        let all = reading.join().expect("no panic").expect("it is open");
        assert!(all == bytes, "{} of {ALL} bytes are written", all.len());
    })
    .expect("a poller");
}

/// After `stop`, guests are served to the end, and nobody else comes in.
fn the_end_of_a_server() {
    block_on(async |runtime| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let to = listener.local_addr().expect("it is bound");
        let limits = Limits {
            guests: 9,
            idle: Duration::from_secs(60),
            last_orders: Duration::from_secs(60),
        };
        let mut guest = TcpStream::connect(to).expect("it listens");
        guest.write_all(b"tea").expect("it is open");
        let mut reply = [0; 3];
        let closing = Cell::new(false);
        let stop = poll_fn(|cx| {
            // Asked in every round, because the rounds below wake it.
            cx.waker().wake_by_ref();
            match closing.get() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        });
        let test = async {
            while runtime.tasks.borrow().is_empty() {
                next_round().await;
            }
            closing.set(true);
            next_round().await;
            next_round().await;
            let late = TcpStream::connect(to).map(drop);
            let kind =
                late.expect_err("a guest is let in after the end").kind();
            assert_eq!(kind, ErrorKind::ConnectionRefused);
            assert_eq!(runtime.tasks.borrow().len(), 1, "who is in may stay");
            guest.set_nonblocking(true).expect("a socket");
            let all = loop {
                match guest.read(&mut reply) {
                    Ok(count) => break count,
                    Err(_) => next_round().await,
                }
            };
            assert_eq!((all, &reply), (3, b"tea"));
            drop(guest);
            pending().await
        };
        let left = race(test, serve(&runtime, listener, limits, stop)).await;
        assert_eq!(left.expect("no error"), 0);
        nothing_is_registered(&runtime);
    })
    .expect("a poller");
}

/// It is polled when it begins and when it ends.
fn a_sleep_is_polled_twice() {
    block_on(async |runtime| {
        let mut polls = 0;
        let mut sleep = pin!(runtime.sleep(Duration::from_millis(30)));
        poll_fn(|cx| {
            polls += 1;
            sleep.as_mut().poll(cx)
        })
        .await;
        assert!(polls <= 2, "{polls} polls of one sleep");
    })
    .expect("a poller");
}

/// The server is dropped after each number of rounds, with guests at each stage:
/// nothing is left of it, and no descriptor is open.
fn dropped_at_each_await() {
    let before = descriptors();
    for rounds in 0..60 {
        let weak = block_on(async |runtime| {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            let to = listener.local_addr().expect("it is bound");
            let limits = Limits {
                guests: 2,
                idle: Duration::from_secs(60),
                last_orders: Duration::from_secs(60),
            };
            let stop = async {
                for _ in 0..rounds / 2 {
                    next_round().await;
                }
            };
            let mut guests: Vec<_> = (0..3)
                .map(|_| TcpStream::connect(to).expect("it listens"))
                .collect();
            for guest in &mut guests[1..] {
                guest.write_all(b"tea").expect("a small order");
            }
            let end = async {
                for _ in 0..rounds {
                    next_round().await;
                }
                Ok(0)
            };
            let serve = serve(&runtime, listener, limits, stop);
            race(end, serve).await.expect("no error");
            Rc::downgrade(&runtime)
        });
        let weak: Weak<Runtime> = weak.expect("a poller");
        assert!(weak.upgrade().is_none(), "the runtime is left");
        assert_eq!(descriptors(), before, "dropped after {rounds} rounds");
    }
}

/// A read that was given up leaves nothing behind that harms the next one.
fn a_read_that_is_given_up() {
    block_on(async |runtime| {
        let (mut ours, theirs) = pair();
        let mut socket = Socket::new(&runtime, theirs).expect("a poller");
        let mut buffer = [0; 8];
        for _ in 0..200 {
            let read = socket.read(&mut buffer);
            let none = within(&runtime, Duration::from_micros(50), read).await;
            let kind = none.expect_err("nothing was sent").kind();
            assert_eq!(kind, ErrorKind::TimedOut);
            ours.write_all(b"soup").expect("it is open");
            assert_eq!(socket.read(&mut buffer).await.expect("soup"), 4);
        }
        drop(socket);
        nothing_is_registered(&runtime);
    })
    .expect("a poller");
}

/// Ends in order, none too early; what was dropped wakes nobody, and one that
/// is later than a clock can say never ends.
fn thousands_of_sleeps() {
    block_on(async |runtime| {
        let ended = Rc::new(Shared::new(Vec::new()));
        for number in 0..2000_u64 {
            let (own, ended) = (Rc::clone(&runtime), Rc::clone(&ended));
            let time = Duration::from_micros(number * 7919 % 2000 * 20);
            runtime.spawn(async move {
                let start = Instant::now();
                let forever = own.sleep(Duration::MAX);
                race(forever, own.sleep(time)).await;
                assert!(start.elapsed() >= time, "too early");
                ended.borrow_mut().push(time);
            });
            runtime.spawn({
                let own = Rc::clone(&runtime);
                async move {
                    let long = own.sleep(Duration::from_secs(3600));
                    race(long, own.sleep(time)).await;
                }
            });
        }
        runtime.fewer_tasks_than(1).await;
        assert_eq!(ended.borrow().len(), 2000, "a sleep is lost");
        nothing_is_registered(&runtime);
    })
    .expect("a poller");
}

/// It reads byte by byte what is there already; the others have their turns.
fn a_task_that_never_waits() {
    block_on(async |runtime| {
        let (mut ours, theirs) = pair();
        ours.write_all(&[7; 5000])
            .expect("it fits into the buffers");
        let turns = Rc::new(Cell::new(0));
        let mut socket = Socket::new(&runtime, theirs).expect("a poller");
        arrived(&socket.io, 5000);
        let count = Rc::clone(&turns);
        runtime.spawn(async move {
            loop {
                next_round().await;
                count.set(count.get() + 1);
            }
        });
        next_round().await;
        for _ in 0..5000 {
            socket.read(&mut [0]).await.expect("a byte");
        }
        let turns = turns.get();
        assert!(turns >= 5000 / BUDGET - 1, "only {turns} turns for others");
    })
    .expect("a poller");
}

/// One task waits for many sockets: the last is asked, however many are silent.
fn more_sockets_than_budget() {
    block_on(async |runtime| {
        let mut pairs: Vec<_> = (0..3 * BUDGET).map(|_| pair()).collect();
        let (ours, theirs) = pairs.last_mut().expect("many");
        ours.write_all(b"tea").expect("it is open");
        arrived(theirs, 3);
        let (_ours, theirs): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let mut reads: Vec<Pin<Box<dyn Future<Output = usize>>>> = Vec::new();
        for io in theirs {
            let mut socket = Socket::new(&runtime, io).expect("a poller");
            reads.push(Box::pin(async move {
                socket.read(&mut [0; 4]).await.expect("it is open")
            }));
        }
        let count = Rc::new(Cell::new(0));
        let any = Rc::clone(&count);
        runtime.spawn(poll_fn(move |cx| {
            let mut polls = reads.iter_mut().map(|read| read.as_mut().poll(cx));
            let ready = polls.find(Poll::is_ready).unwrap_or(Poll::Pending);
            ready.map(|count| any.set(count))
        }));
        soon(|| count.get() == 3, "the last socket is never asked").await;
    })
    .expect("a poller");
}

/// Those of others go on; what the task held is dropped.
fn panics_in_tasks() {
    let held = Rc::new(());
    let sum = Rc::new(Cell::new(0));
    let run = || {
        block_on(async |runtime| {
            for number in 0..1000 {
                let (held, sum) = (Rc::clone(&held), Rc::clone(&sum));
                let own = Rc::clone(&runtime);
                runtime.spawn(async move {
                    let _held = held;
                    own.sleep(Duration::from_micros(number % 7)).await;
                    assert_ne!(number % 4, 0, "burnt");
                    sum.set(sum.get() + 1);
                });
            }
            runtime.fewer_tasks_than(1).await;
            nothing_is_registered(&runtime);
        })
    };
    let ended = catch_unwind(AssertUnwindSafe(run));
    assert!(ended.is_ok(), "a panic of a task ends all of them");
    assert_eq!((Rc::strong_count(&held), sum.get()), (1, 750));

    // One in `main` comes out, and leaves nothing behind.
    let (before, weak) = (descriptors(), Shared::new(Weak::new()));
    let run = || {
        block_on(async |runtime| {
            *weak.borrow_mut() = Rc::downgrade(&runtime);
            let (_ours, theirs) = pair();
            let mut socket = Socket::new(&runtime, theirs).expect("a poller");
            runtime.spawn(async move { drop(socket.read(&mut [0]).await) });
            next_round().await;
            panic!("burnt")
        })
    };
    let ended: std::thread::Result<io::Result<()>> =
        catch_unwind(AssertUnwindSafe(run));
    assert!(ended.is_err(), "the panic is lost");
    assert!(weak.borrow().upgrade().is_none(), "the runtime is left");
    assert_eq!(descriptors(), before, "descriptors are left by a panic");
}

/// A destructor that spawns is heard to the end, and its task is not polled.
fn a_destructor_that_spawns() {
    struct Spawns(Rc<Runtime>, u32);
    impl Drop for Spawns {
        fn drop(&mut self) {
            if self.1 > 0 {
                let next = Spawns(Rc::clone(&self.0), self.1 - 1);
                self.0.spawn(async move {
                    let _next = next;
                    panic!("polled after the end");
                });
            }
        }
    }
    let weak = block_on(async |runtime| {
        let own = Spawns(Rc::clone(&runtime), 5);
        runtime.spawn(async move {
            let _own = own;
            pending().await
        });
        next_round().await;
        Rc::downgrade(&runtime)
    });
    assert!(
        weak.expect("a poller").upgrade().is_none(),
        "the runtime is left"
    );
}

/// A waker is foreign code: this one drops a socket and a sleep, and spawns.
fn wakers_that_use_the_runtime() {
    thread_local! {
        static RUNTIME: Shared<Option<Rc<Runtime>>> = const { Shared::new(None) };
        static KEPT: Shared<Vec<Socket<TcpStream>>> = const { Shared::new(Vec::new()) };
    }
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    struct Foreign;
    impl Foreign {
        fn call(&self) {
            CALLS.fetch_add(1, SeqCst);
            drop(KEPT.take());
            RUNTIME.with_borrow(|runtime| {
                let Some(runtime) = runtime else { return };
                runtime.spawn(async {});
                nothing_is_borrowed(runtime);
            });
        }
    }
    impl Wake for Foreign {
        fn wake(self: Arc<Self>) {
            self.call();
        }
    }
    impl Drop for Foreign {
        fn drop(&mut self) {
            self.call();
        }
    }
    fn nothing_is_borrowed(runtime: &Runtime) {
        let free = runtime.tasks.try_borrow_mut().is_ok()
            && runtime.sockets.try_borrow_mut().is_ok()
            && runtime.timers.try_borrow_mut().is_ok();
        assert!(free, "a waker is called while something is borrowed");
    }
    block_on(async |runtime| {
        RUNTIME.set(Some(Rc::clone(&runtime)));
        for _ in 0..20 {
            let (mut ours, theirs) = pair();
            let (_silent, kept) = pair();
            let mut socket = Socket::new(&runtime, theirs).expect("a poller");
            let kept = Socket::new(&runtime, kept).expect("a poller");
            KEPT.with_borrow_mut(|all| all.push(kept));
            let mut buffer = [0; 4];
            {
                let mut read = pin!(socket.read(&mut buffer));
                let mut sleep = pin!(runtime.sleep(Duration::from_secs(60)));
                // The second waker takes the place of the first.
                for _ in 0..2 {
                    let waker = Waker::from(Arc::new(Foreign));
                    let mut cx = Context::from_waker(&waker);
                    assert!(read.as_mut().poll(&mut cx).is_pending());
                    let waker = Waker::from(Arc::new(Foreign));
                    let mut cx = Context::from_waker(&waker);
                    assert!(sleep.as_mut().poll(&mut cx).is_pending());
                }
                // A sleep that ends at once, and was asked before it did.
                let end = (Instant::now(), runtime.number());
                let waker = Waker::from(Arc::new(Foreign));
                runtime.timers.borrow_mut().insert(end, waker);
                ours.write_all(b"soup").expect("it is open");
                let called = CALLS.load(SeqCst);
                while CALLS.load(SeqCst) < called + 2 {
                    next_round().await;
                }
                let waker = Waker::from(Arc::new(Foreign));
                let mut cx = Context::from_waker(&waker);
                assert!(read.as_mut().poll(&mut cx).is_ready(), "not woken");
            }
            drop(socket);
            // And one that waits when its socket is dropped.
            let (_ours, theirs) = pair();
            let mut socket = Socket::new(&runtime, theirs).expect("a poller");
            let waker = Waker::from(Arc::new(Foreign));
            let mut cx = Context::from_waker(&waker);
            let poll = pin!(socket.read(&mut buffer)).poll(&mut cx);
            assert!(poll.is_pending());
            drop(waker);
            drop(socket);
        }
        RUNTIME.set(None);
        runtime.fewer_tasks_than(1).await;
        nothing_is_registered(&runtime);
    })
    .expect("a poller");
}

/// Threads wake tasks while the loop waits, polls, or has ended; and a waker
/// that outlives its task and its runtime harms nobody.
fn wakes_from_other_threads() {
    let (send, wakers) = mpsc::channel::<Waker>();
    let waking = thread::spawn(move || {
        let mut last = None;
        for waker in wakers {
            waker.wake_by_ref();
            last = Some(waker);
        }
        last
    });
    block_on(async |runtime| {
        for _ in 0..4 {
            let send = send.clone();
            runtime.spawn(async move {
                for _ in 0..3000 {
                    let mut sent = false;
                    poll_fn(|cx| {
                        if sent {
                            return Poll::Ready(());
                        }
                        sent = true;
                        send.send(cx.waker().clone()).expect("it receives");
                        Poll::Pending
                    })
                    .await;
                }
            });
        }
        runtime.fewer_tasks_than(1).await;
        drop(send);
    })
    .expect("a poller");
    let late = waking.join().expect("no panic").expect("many wakers");
    late.wake_by_ref();
    late.wake();
}

/// What `accept` reports of one guest concerns no other.
fn who_has_gone_costs_no_pause() {
    for kind in [ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset] {
        let why = "a pause after somebody who has gone";
        assert!(has_gone(&kind.into()), "{why}: {kind:?}");
    }
    // What has no `ErrorKind` of its own, such as too many open files.
    assert!(!has_gone(&io::Error::from_raw_os_error(24)), "no pause");
}

fn main() -> io::Result<()> {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|n| n.parse().ok())
        .collect();
    if let [guests, idle] = numbers[..] {
        return child(guests as usize, idle);
    }
    // Many panics are expected, and say nothing.
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("burnt") {
            eprintln!("{text}");
        }
    }));
    who_has_gone_costs_no_pause();
    reads_one_after_the_other();
    a_write_in_pieces();
    the_end_of_a_server();
    a_sleep_is_polled_twice();
    wakes_from_other_threads();
    thousands_of_sleeps();
    a_task_that_never_waits();
    more_sockets_than_budget();
    panics_in_tasks();
    a_destructor_that_spawns();
    wakers_that_use_the_runtime();
    a_read_that_is_given_up();
    dropped_at_each_await();
    a_thousand_at_once()?;
    thousands_one_after_the_other()?;
    few_descriptors()?;
    more_guests_than_places()?;
    guests_who_cost_a_place()?;
    guests_who_leave_early()?;
    a_large_order()
}
