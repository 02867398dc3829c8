use std::env;
use std::io::{BufRead, Read};
use std::pin::{Pin, pin};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Barrier;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

/// No test waits longer for what must come. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// Jobs that began, those that exist, whether somebody waits for them or not, and
/// the peak of these.
static BEGUN: AtomicUsize = AtomicUsize::new(0);
static ALIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Job;

impl Job {
    fn new() -> Job {
        BEGUN.fetch_add(1, SeqCst);
        PEAK.fetch_max(ALIVE.fetch_add(1, SeqCst) + 1, SeqCst);
        Job
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

async fn in_time<T>(never: &str, what: impl Future<Output = T>) -> T {
    match timeout(PATIENCE, what).await {
        Ok(value) => value,
        Err(_) => panic!("{never}"),
    }
}

/// An abort takes effect when its task is scheduled.
async fn all_jobs_end() {
    let ended = async {
        while ALIVE.load(SeqCst) > 0 || ROOM.available_permits() < MAX_JOBS {
            yield_now().await;
        }
    };
    in_time("jobs are left", ended).await;
}

/// Reads lines `URL: RESULT`, which have to come in the order of their numbers.
#[derive(Default)]
struct Reader {
    rest: Vec<u8>,
    last: Option<usize>,
    lines: usize,
    /// Reads nothing before this moment, and leaves after so many lines.
    since: Option<Instant>,
    leaves_after: Option<usize>,
}

impl AsyncWrite for Reader {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(since) = self.since {
            let mut wait = Box::pin(tokio::time::sleep_until(since));
            if wait.as_mut().poll(cx).is_pending() {
                // It is dropped here, so a task wakes the writer.
                let waker = cx.waker().clone();
                tokio::spawn(async move {
                    wait.await;
                    waker.wake();
                });
                return Poll::Pending;
            }
        }
        if self.leaves_after.is_some_and(|lines| self.lines >= lines) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        self.rest.extend_from_slice(bytes);
        while let Some(end) = self.rest.iter().position(|b| *b == b'\n') {
            let line = self.rest.drain(..=end).collect();
            let line = String::from_utf8(line).expect("text");
            let (url, result) = line.split_once(": ").expect("a line");
            let number: usize = url.parse().expect("a number");
            assert_eq!(result.trim_end(), format!("page {number}"));
            assert!(self.last < Some(number), "out of order: {line}");
            self.last = Some(number);
            self.lines += 1;
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

fn urls(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|number| number.to_string())
}

/// So many are in flight together, no more and no fewer, however many there are.
async fn peak(count: usize) {
    PEAK.store(0, SeqCst);
    // Each waits for as many others as there may be.
    let together = Arc::new(Barrier::new(AT_ONCE));
    let (mut reader, mut tally) = (Reader::default(), Tally::default());
    let job = |url: String| {
        let (alive, together) = (Job::new(), Arc::clone(&together));
        async move {
            together.wait().await;
            drop(alive);
            Ok(format!("page {url}"))
        }
    };
    {
        let all = run(urls(count), job, false, &mut reader, &mut tally);
        let mut all = pin!(all);
        let mut begun = 0;
        // However long all take: what counts is whether anything moves.
        let ended = loop {
            if let Ok(ended) = timeout(PATIENCE, &mut all).await {
                break ended;
            }
            let before = std::mem::replace(&mut begun, BEGUN.load(SeqCst));
            assert_ne!(before, begun, "in flight: not {AT_ONCE} together");
        };
        ended.expect("the output has no error");
    }
    let peak = PEAK.load(SeqCst);
    assert_eq!(peak, AT_ONCE, "in flight: not {AT_ONCE} together");
    assert_eq!((tally.done, tally.failed), (count, 0));
    assert_eq!(reader.lines, count, "pages are lost");
    all_jobs_end().await;
}

/// A page whose job on Rayon panics is one that failed, and no other is.
async fn panics() {
    let (mut reader, mut tally) = (Reader::default(), Tally::default());
    let job = |url: String| async move {
        let alive = Job::new();
        let page = run_on_rayon(move |_| {
            let _alive = alive;
            assert!(!url.ends_with('5'), "burnt");
            format!("page {url}")
        });
        Ok(page.await.unwrap_or_else(|panic| resume_unwind(panic)))
    };
    let all = run(urls(1000), job, true, &mut reader, &mut tally);
    in_time("panics stop it", all)
        .await
        .expect("a panic is no error of output");
    let Tally { done, failed } = tally;
    assert_eq!((done, failed), (900, 100), "of 1000 pages, 100 panic");
    assert_eq!(reader.lines, 900, "of 1000 pages, 100 panic");
    all_jobs_end().await;
}

/// The first error ends it, unless it is told to go on.
async fn errors(keep_going: bool) {
    let (mut reader, mut tally) = (Reader::default(), Tally::default());
    let job = |url: String| {
        let alive = Job::new();
        async move {
            yield_now().await;
            let _alive = alive;
            match url.ends_with('7') {
                true => Err(FetchError::TooLarge),
                false => Ok(format!("page {url}")),
            }
        }
    };
    let all = run(urls(100), job, keep_going, &mut reader, &mut tally);
    in_time("errors stop it", all)
        .await
        .expect("an error of a page is none of the output");
    let expected = if keep_going { (90, 10) } else { (7, 1) };
    let came = (tally.done, tally.failed);
    assert_eq!(came, expected, "every tenth fails, go on: {keep_going}");
    all_jobs_end().await;
}

/// Whoever waits for the whole leaves, at any time: no job goes on.
async fn dropped_at_each_await() {
    for polls in 0..30 {
        let (mut reader, mut tally) = (Reader::default(), Tally::default());
        {
            let job = |url: String| {
                let alive = Job::new();
                async move {
                    let _alive = alive;
                    yield_now().await;
                    if url == "15" {
                        std::future::pending::<()>().await;
                    }
                    Ok(format!("page {url}"))
                }
            };
            let mut all =
                pin!(run(urls(100), job, true, &mut reader, &mut tally));
            let mut cx = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                assert!(all.as_mut().poll(&mut cx).is_pending());
                yield_now().await;
            }
        }
        assert_eq!(tally.done, reader.lines, "the tally is wrong");
        all_jobs_end().await;
    }
}

/// The reader leaves in the middle: an error of the output, and no job goes on.
async fn a_reader_leaves() {
    let mut tally = Tally::default();
    let mut reader = Reader {
        leaves_after: Some(10),
        ..Reader::default()
    };
    let job = |url: String| {
        let alive = Job::new();
        async move {
            let _alive = alive;
            Ok(format!("page {url}"))
        }
    };
    let all = run(urls(100), job, true, &mut reader, &mut tally);
    let ended = in_time("a reader leaves, and it goes on", all).await;
    let kind = ended.map_err(|error| error.kind());
    assert_eq!(kind, Err(io::ErrorKind::BrokenPipe), "a reader leaves");
    assert_eq!((tally.done, tally.failed), (10, 0), "a reader leaves");
    all_jobs_end().await;
}

/// The reader takes nothing for an hour. Each page has half a minute, and needs
/// ten seconds: that is not the page's fault.
async fn a_slow_reader() {
    let mut tally = Tally::default();
    let mut reader = Reader {
        since: Some(Instant::now() + Duration::from_secs(3600)),
        ..Reader::default()
    };
    let job = |url: String| async move {
        let begin = Instant::now();
        for _ in 0..10 {
            sleep(Duration::from_secs(1)).await;
            // As a client does, which looks at the clock first.
            if begin.elapsed() > Duration::from_secs(30) {
                return Err(FetchError::TooLarge);
            }
        }
        Ok(format!("page {url}"))
    };
    let all = run(urls(100), job, true, &mut reader, &mut tally);
    all.await.expect("the reader is slow, no more");
    let Tally { done, failed } = tally;
    assert_eq!((done, failed), (100, 0), "pages fail for a slow reader");
}

/// What the program gets, the signal, its status, and what it says at the end.
type Case = (&'static [&'static str], &'static str, i32, &'static str);

#[rustfmt::skip]
const CASES: [Case; 7] = [
    (&["/eggs", "/toast", "/tea"], "", 0, "3 done, 0 failed, 0 left"),
    (&["/eggs", "/broken", "/tea"], "", 1, "1 done, 1 failed, 1 left"),
    (&["--keep-going", "/eggs", "/broken", "/circle", "/half", "/endless",
        "/latin", "/bytes", "/tea"], "", 1, "2 done, 6 failed, 0 left"),
    (&["/eggs", "/toast", "/silent"], "TERM", 143, "stopped by SIGTERM"),
    (&["/eggs", "/toast", "/silent"], "INT", 130, "stopped by SIGINT"),
    (&["--keep-going", "/broken", "/eggs", "/silent", "/tea"], "TERM", 143,
        "/broken: no page"),
    (&["--keep-going", "http://127.0.0.1:1/", "/tea"], "", 1,
        "1 done, 1 failed, 0 left"),
];

/// What is wrong with the program, if anything is.
fn fault(&(args, signal, status, word): &Case) -> io::Result<Option<String>> {
    let mut child = std::process::Command::new(env::current_exe()?)
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().expect("it is piped");
    let mut stdout = std::io::BufReader::new(stdout);
    let mut line = String::new();
    // With two lines, the program has counted one at least.
    for _ in 0..if args.len() == 3 { 2 } else { 1 } {
        stdout.read_line(&mut line)?;
    }
    if !signal.is_empty() {
        let kill = format!("kill -{signal} {}", child.id());
        std::process::Command::new("sh")
            .args(["-c", &kill])
            .status()?;
    }
    let begin = std::time::Instant::now();
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        if begin.elapsed() > PATIENCE {
            child.kill()?;
            return Ok(Some(format!("{args:?} {signal}: it does not end")));
        }
        thread::sleep(Duration::from_millis(5));
    };
    let mut said = String::new();
    let mut stderr = child.stderr.take().expect("it is piped");
    stderr.read_to_string(&mut said)?;
    let wrong = |what: &str| Some(format!("{args:?} {signal}: {what}: {said}"));
    if ended.code() != Some(status) {
        return Ok(wrong(&format!("{ended}, not status {status}")));
    }
    if !said.contains(word) {
        return Ok(wrong(&format!("does not say {word:?}")));
    }
    // Two lines have come, so one of them is counted.
    if args.len() == 3 && said.contains("\n0 done") && args[0] == "/eggs" {
        return Ok(wrong("counts nothing"));
    }
    Ok(None)
}

fn whole_program() -> io::Result<()> {
    let cases: Vec<_> = CASES
        .iter()
        .map(|case| thread::spawn(move || fault(case)))
        .collect();
    let mut faults = Vec::new();
    for case in cases {
        faults.extend(case.join().expect("no panic")?);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn main() -> io::Result<()> {
    // A listing's `main` steps back for this one, and this one for it.
    if env::args().len() > 1 {
        listing_main();
    }
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("burnt") {
            eprintln!("{text}");
        }
    }));
    let paused = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    paused.block_on(a_slow_reader());
    for (number, runtime) in runtimes().into_iter().enumerate() {
        // What is not optimised takes its time.
        let many = match (cfg!(debug_assertions), number) {
            (false, 0) => 1_000_000 / AT_ONCE * AT_ONCE,
            _ => 100_000 / AT_ONCE * AT_ONCE,
        };
        runtime.block_on(async {
            peak(100 / AT_ONCE * AT_ONCE).await;
            peak(many).await;
            panics().await;
            errors(false).await;
            errors(true).await;
            dropped_at_each_await().await;
            a_reader_leaves().await;
        });
    }
    whole_program()
}
