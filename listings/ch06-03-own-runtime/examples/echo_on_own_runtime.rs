use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::future::{pending, poll_fn};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use polling::{AsSource, Event, Events, Poller};

/// Who waits for what; of this, only `woken` is seen by other threads.
struct Runtime {
    woken: Arc<Woken>,
    tasks: RefCell<HashMap<usize, Task>>,
    sockets: RefCell<HashMap<usize, Waker>>,
    timers: RefCell<BTreeMap<(Instant, usize), Waker>>,
    at_end_of_task: Cell<Option<Waker>>,
    last_number: Cell<usize>,
    budget: Cell<usize>,
}

/// The task that `block_on` itself polls.
const MAIN: usize = 0;
/// How often a task may read or write before the others get a turn.
const BUDGET: usize = 64;
const INTACT: &str = "nothing panics while it holds this lock";

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}

struct Woken {
    tasks: Mutex<BTreeSet<usize>>,
    poller: Poller,
}

struct TaskWaker {
    task: usize,
    woken: Arc<Woken>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        let mut tasks = self.woken.tasks.lock().expect(INTACT);
        let new = tasks.insert(self.task);
        drop(tasks);
        if new {
            // If the loop does not wait, its next `wait` returns at once.
            self.woken.poller.notify().expect("the poller is open");
        }
    }
}

fn block_on<T>(main: impl AsyncFnOnce(Rc<Runtime>) -> T) -> io::Result<T> {
    let runtime = Rc::new(Runtime {
        woken: Arc::new(Woken {
            tasks: Mutex::default(),
            poller: Poller::new()?,
        }),
        tasks: RefCell::default(),
        sockets: RefCell::default(),
        timers: RefCell::default(),
        at_end_of_task: Cell::default(),
        last_number: Cell::new(MAIN),
        budget: Cell::new(0),
    });
    let _end = End(&runtime);
    let mut main = pin!(main(Rc::clone(&runtime)));
    let main_waker = runtime.waker(MAIN);
    main_waker.wake_by_ref();
    let mut events = Events::new();
    loop {
        let mut woken = runtime.woken.tasks.lock().expect(INTACT);
        let due = std::mem::take(&mut *woken);
        drop(woken);
        // A task that is woken from now on is due in the next round.
        for task in due {
            runtime.budget.set(BUDGET);
            if task != MAIN {
                runtime.run(task);
                continue;
            }
            let mut cx = Context::from_waker(&main_waker);
            if let Poll::Ready(output) = main.as_mut().poll(&mut cx) {
                return Ok(output);
            }
        }
        runtime.wait(&mut events)?;
    }
}

impl Runtime {
    fn spawn(&self, job: impl Future<Output = ()> + 'static) {
        let (number, future) = (self.number(), Box::pin(job));
        let waker = self.waker(number);
        waker.wake_by_ref();
        let task = Task { future, waker };
        self.tasks.borrow_mut().insert(number, task);
    }

    fn run(&self, number: usize) {
        // A waker may be called after the end of its task.
        let Some(mut task) = self.tasks.borrow_mut().remove(&number) else {
            return;
        };
        let turn = move || {
            let mut cx = Context::from_waker(&task.waker);
            let poll = task.future.as_mut().poll(&mut cx);
            poll.is_pending().then_some(task)
        };
        // A panic ends its task alone; the hook has told of it.
        if let Ok(Some(task)) = catch_unwind(AssertUnwindSafe(turn)) {
            self.tasks.borrow_mut().insert(number, task);
        } else if let Some(waker) = self.at_end_of_task.take() {
            waker.wake();
        }
    }

    fn wait(&self, events: &mut Events) -> io::Result<()> {
        let first = self.timers.borrow().keys().next().map(|key| key.0);
        let time =
            first.map(|end| end.saturating_duration_since(Instant::now()));
        events.clear();
        self.woken.poller.wait(events, time)?;
        let mut timers = self.timers.borrow_mut();
        let later = timers.split_off(&(Instant::now(), usize::MAX));
        let due = std::mem::replace(&mut *timers, later).into_values();
        drop(timers);
        let mut sockets = self.sockets.borrow_mut();
        let keys = events.iter().map(|event| event.key);
        let ready: Vec<_> = keys.filter_map(|k| sockets.remove(&k)).collect();
        drop(sockets);
        // Only now, when nothing is borrowed: a waker is foreign code.
        due.chain(ready).for_each(Waker::wake);
        Ok(())
    }
}

struct Socket<T: AsSource> {
    io: T,
    key: usize,
    runtime: Rc<Runtime>,
}

impl<T: AsSource> Socket<T> {
    fn new(runtime: &Rc<Runtime>, io: T) -> io::Result<Socket<T>> {
        let (key, runtime) = (runtime.number(), Rc::clone(runtime));
        let none = Event::none(key);
        // SAFETY: a listener or stream of std has one descriptor to its end,
        // and `drop` deletes that from the poller before `io` closes it.
        unsafe { runtime.woken.poller.add(&io.source(), none)? };
        Ok(Socket { io, key, runtime })
    }

    /// Makes a call until it does not block, and waits in between.
    async fn when<R>(
        &mut self,
        interest: fn(usize) -> Event,
        mut call: impl FnMut(&T) -> io::Result<R>,
    ) -> io::Result<R> {
        let Socket { io, key, runtime } = self;
        poll_fn(|cx| {
            let left = runtime.budget.get();
            let result = match left {
                0 => Err(ErrorKind::Interrupted.into()),
                _ => call(io),
            };
            match result.as_ref().map_err(|error| error.kind()) {
                Err(ErrorKind::Interrupted) => cx.waker().wake_by_ref(),
                Err(ErrorKind::WouldBlock) => {
                    let waker = cx.waker().clone();
                    let old = runtime.sockets.borrow_mut().insert(*key, waker);
                    drop(old);
                    // An event uses up the interest, so each wait renews it.
                    runtime.woken.poller.modify(&*io, interest(*key))?;
                }
                _ => {
                    runtime.budget.set(left - 1);
                    return Poll::Ready(result);
                }
            }
            Poll::Pending
        })
        .await
    }
}

impl<T: AsSource> Drop for Socket<T> {
    fn drop(&mut self) {
        let waker = self.runtime.sockets.borrow_mut().remove(&self.key);
        drop(waker);
        if let Err(error) = self.runtime.woken.poller.delete(&self.io) {
            eprintln!("socket {} is still registered: {error}", self.key);
        }
    }
}

// ANCHOR: shown
/// Tasks own sockets, and these the runtime, until the tasks are dropped.
struct End<'a>(&'a Runtime);

impl Drop for End<'_> {
    fn drop(&mut self) {
        // A destructor may spawn another task.
        while !self.0.tasks.borrow().is_empty() {
            drop(self.0.tasks.take());
        }
    }
}

impl Runtime {
    async fn sleep(&self, time: Duration) {
        let Some(end) = Instant::now().checked_add(time) else {
            return pending().await;
        };
        let timer = Timer(self, (end, self.number()));
        poll_fn(|cx| {
            if Instant::now() >= end {
                return Poll::Ready(());
            }
            let waker = cx.waker().clone();
            let old = self.timers.borrow_mut().insert(timer.1, waker);
            drop(old);
            Poll::Pending
        })
        .await
    }
}

struct Timer<'a>(&'a Runtime, (Instant, usize));

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        let waker = self.0.timers.borrow_mut().remove(&self.1);
        drop(waker);
    }
}

async fn race<T>(
    one: impl Future<Output = T>,
    other: impl Future<Output = T>,
) -> T {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|cx| match one.as_mut().poll(cx) {
        Poll::Pending => other.as_mut().poll(cx),
        ready => ready,
    })
    .await
}

async fn within<T>(
    runtime: &Runtime,
    limit: Duration,
    job: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let end = async {
        runtime.sleep(limit).await;
        Err(ErrorKind::TimedOut.into())
    };
    race(job, end).await
}
// ANCHOR_END: shown

impl Runtime {
    /// Waits for ends of tasks, for one caller at a time.
    async fn fewer_tasks_than(&self, limit: usize) {
        poll_fn(|cx| {
            if self.tasks.borrow().len() < limit {
                return Poll::Ready(());
            }
            self.at_end_of_task.set(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await
    }

    fn number(&self) -> usize {
        self.last_number.update(|last| last + 1);
        self.last_number.get()
    }

    fn waker(&self, task: usize) -> Waker {
        let woken = Arc::clone(&self.woken);
        Waker::from(Arc::new(TaskWaker { task, woken }))
    }
}

// ANCHOR: shown
impl Socket<TcpListener> {
    async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        self.when(Event::readable, TcpListener::accept).await
    }
}

impl Socket<TcpStream> {
    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.when(Event::readable, |mut io| io.read(buffer)).await
    }

    async fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.when(Event::writable, |mut io| io.write(bytes)).await? {
                0 => return Err(ErrorKind::WriteZero.into()),
                count => bytes = &bytes[count..],
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Limits {
    /// At the same time; more wait in the queue of the system.
    guests: usize,
    /// To send something, and to take a plate.
    idle: Duration,
    /// For those who are there when the server closes.
    last_orders: Duration,
}

/// After an error of `accept` that will come again: too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// That guest has gone already; the next one may be at the door.
fn has_gone(error: &io::Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionReset)
}

/// Serves until `stop`, and returns how many guests did not leave in time.
async fn serve(
    runtime: &Rc<Runtime>,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<usize> {
    listener.set_nonblocking(true)?;
    let mut listener = Socket::new(runtime, listener)?;
    let welcome = async {
        loop {
            runtime.fewer_tasks_than(limits.guests).await;
            match listener.accept().await {
                Ok((guest, name)) => {
                    let waiter = waiter(Rc::clone(runtime), guest, limits.idle);
                    runtime.spawn(async move {
                        if let Err(error) = waiter.await {
                            eprintln!("{name}: {error}");
                        }
                    });
                }
                Err(error) if has_gone(&error) => {}
                Err(error) => {
                    eprintln!("accept: {error}");
                    runtime.sleep(PAUSE).await;
                }
            }
        }
    };
    race(welcome, stop).await;
    drop(listener);
    let all = runtime.fewer_tasks_than(1);
    race(all, runtime.sleep(limits.last_orders)).await;
    Ok(runtime.tasks.borrow().len())
}

async fn waiter(
    runtime: Rc<Runtime>,
    guest: TcpStream,
    idle: Duration,
) -> io::Result<()> {
    guest.set_nonblocking(true)?;
    let mut guest = Socket::new(&runtime, guest)?;
    let mut plate = [0; 4096];
    loop {
        let count = within(&runtime, idle, guest.read(&mut plate)).await?;
        if count == 0 {
            return Ok(());
        }
        let plate = &plate[..count];
        within(&runtime, idle, guest.write_all(plate)).await?;
    }
}
// ANCHOR_END: shown

fn order(to: SocketAddr, dish: &str) -> io::Result<String> {
    let mut server = TcpStream::connect(to)?;
    server.write_all(dish.as_bytes())?;
    server.shutdown(Shutdown::Write)?;
    let mut reply = String::new();
    server.read_to_string(&mut reply)?;
    Ok(reply)
}

// ANCHOR: shown
fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let to = listener.local_addr()?;
    // The server closes when the manager hangs up.
    let (manager, (phone, _)) = (TcpStream::connect(to)?, listener.accept()?);
    let mut silent = TcpStream::connect(to)?;
    let guests = thread::spawn(move || {
        let _manager = manager;
        let dishes = ["toast with butter", "two eggs", "tea"];
        let guests = dishes.map(|dish| thread::spawn(move || order(to, dish)));
        guests.map(|guest| guest.join().expect("no guest panics"))
    });
    let limits = Limits {
        guests: 100,
        idle: Duration::from_secs(30),
        last_orders: Duration::from_millis(100),
    };
    let still_there = block_on(async |runtime| {
        phone.set_nonblocking(true)?;
        let mut phone = Socket::new(&runtime, phone)?;
        // Whatever comes of it, an end or an error, the call is over.
        let stop = async { drop(phone.read(&mut [0]).await) };
        serve(&runtime, listener, limits, stop).await
    })??;
    for reply in guests.join().expect("no guest panics") {
        println!("{}", reply?);
    }
    println!("still there when it closed: {still_there}");
    println!("the silent guest reads {} bytes", silent.read(&mut [0])?);
    Ok(())
}
// ANCHOR_END: shown
