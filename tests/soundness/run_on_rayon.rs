use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinSet, yield_now};

/// Counts the jobs that exist, whether somebody waits for them or not.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

struct Job;

impl Job {
    fn new() -> Job {
        ALIVE.fetch_add(1, SeqCst);
        Job
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

/// A door on which jobs wait.
#[derive(Default)]
struct Door(Mutex<bool>, Condvar);

impl Door {
    fn pass(&self) {
        let open = self.0.lock().expect("no panic");
        drop(self.1.wait_while(open, |open| !*open).expect("no panic"));
    }

    fn open(&self) {
        *self.0.lock().expect("no panic") = true;
        self.1.notify_all();
    }
}

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_time().build();
    let multi = Builder::new_multi_thread().enable_time().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

/// Each caller gets its own answer, and panics disturb nobody.
async fn thousands_of_calls() {
    let mut calls = JoinSet::new();
    for number in 0..5000_u32 {
        calls.spawn(async move {
            let answer = run_on_rayon(move |_| {
                assert_ne!(number % 5, 0, "burnt");
                number
            });
            (number, answer.await)
        });
    }
    let mut panics = 0;
    while let Some(call) = calls.join_next().await {
        match call.expect("the panic is an answer") {
            (number, Ok(answer)) => assert_eq!(number, answer),
            (number, Err(payload)) => {
                assert_eq!(number % 5, 0);
                let text = payload.downcast_ref::<String>();
                assert!(text.is_some_and(|text| text.contains("burnt")));
                panics += 1;
            }
        }
    }
    assert_eq!(panics, 1000, "a panic is lost");
    for _ in 0..1000 {
        let ended = run_on_rayon(|_| -> u32 { panic!("burnt") }).await;
        assert!(ended.is_err(), "a panic is lost");
    }
}

/// While the pool stands still, callers come and go. However many they are, no
/// more jobs are in the queue than the bound says.
async fn callers_that_leave() {
    let door = Arc::new(Door::default());
    let [busy, ran] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
    for _ in 0..rayon::current_num_threads() {
        let (door, busy) = (Arc::clone(&door), Arc::clone(&busy));
        rayon::spawn(move || {
            busy.fetch_add(1, SeqCst);
            door.pass();
        });
    }
    while busy.load(SeqCst) < rayon::current_num_threads() {
        yield_now().await;
    }
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..3 {
        let mut calls: Vec<_> = (0..2000)
            .map(|_| {
                let (ran, job) = (Arc::clone(&ran), Job::new());
                Box::pin(run_on_rayon(move |_| {
                    let _job = job;
                    ran.fetch_add(1, SeqCst);
                }))
            })
            .collect();
        for call in &mut calls {
            assert!(call.as_mut().poll(&mut cx).is_pending());
        }
        drop(calls);
        let alive = ALIVE.load(SeqCst);
        assert!(alive <= MAX_JOBS, "{alive} jobs in the queue");
    }
    // A caller in the line gets its turn when the door is open.
    let mut patient = pin!(run_on_rayon(|_| "soup"));
    assert!(patient.as_mut().poll(&mut cx).is_pending());
    door.open();
    assert_eq!(patient.await.ok(), Some("soup"));
    all_jobs_end().await;
    let ran = ran.load(SeqCst);
    assert_eq!(ran, 0, "jobs ran for nobody");
}

/// Nothing is left of jobs, and all of the room is free again.
async fn all_jobs_end() {
    while ALIVE.load(SeqCst) > 0 || ROOM.available_permits() < MAX_JOBS {
        yield_now().await;
    }
    assert_eq!(ROOM.available_permits(), MAX_JOBS);
}

/// A job that asks learns that its caller has left; the others go on.
async fn jobs_that_ask() {
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..200 {
        {
            let job = Job::new();
            let mut call = pin!(run_on_rayon(move |stop| {
                let _job = job;
                while !stop() {
                    thread::yield_now();
                }
            }));
            assert!(call.as_mut().poll(&mut cx).is_pending());
        }
        assert_eq!(run_on_rayon(|_| 4).await.ok(), Some(4));
    }
    all_jobs_end().await;
}

fn main() {
    // Thousands of panics are expected, and say nothing.
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("burnt") {
            eprintln!("{text}");
        }
    }));
    for runtime in runtimes() {
        runtime.block_on(async {
            thousands_of_calls().await;
            callers_that_leave().await;
            jobs_that_ask().await;
        });
    }
}
