//! A bound for jobs, also for those whose callers have left.

#[cfg(feature = "mine")]
#[path = "../../mine/guests_who_leave.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use attempt::Kitchen;

type Job = Box<dyn FnOnce() + Send>;

/// A pool whose threads do nothing until the test lets them.
#[derive(Clone, Default)]
pub struct Pool {
    queue: Arc<Mutex<VecDeque<Job>>>,
    running: Arc<AtomicUsize>,
}

impl Pool {
    /// Puts a job into the queue, however long that is.
    pub fn spawn(&self, job: impl FnOnce() + Send + 'static) {
        let mut queue = self.queue.lock().expect("nothing panics");
        queue.push_back(Box::new(job));
    }

    /// Jobs that run or stand in the queue.
    fn jobs(&self) -> usize {
        let queue = self.queue.lock().expect("nothing panics");
        queue.len() + self.running.load(Ordering::Relaxed)
    }

    /// Runs the jobs that are there, and those that come meanwhile.
    fn run(&self) {
        loop {
            let mut queue = self.queue.lock().expect("nothing panics");
            let Some(job) = queue.pop_front() else { return };
            drop(queue);
            self.running.fetch_add(1, Ordering::Relaxed);
            // A panic is what some of them are for; it says nothing.
            drop(exercises::caught(AssertUnwindSafe(job)));
            self.running.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// A kitchen with room for so many jobs, and its pool.
fn kitchen(room: usize) -> (Kitchen, Pool) {
    let pool = Pool::default();
    (Kitchen::new(pool.clone(), room), pool)
}

fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// A call whose job has not run has no answer.
fn waits<F: Future>(call: std::pin::Pin<&mut F>) {
    assert!(
        poll(call).is_pending(),
        "{}",
        exercises::once(
            "a caller has got an answer before its job has run. What does \
             somebody do who finds no room?"
        )
    );
}

#[test]
fn each_caller_gets_its_own_answer() {
    virtual_time::run(|| async {
        let (kitchen, pool) = kitchen(2);
        let [mut soup, mut tea] =
            ["soup", "tea"].map(|dish| Box::pin(kitchen.run(move || dish)));
        waits(soup.as_mut());
        waits(tea.as_mut());
        pool.run();
        exercises::same!(
            (poll(soup.as_mut()), poll(tea.as_mut())),
            (Poll::Ready(Some("soup")), Poll::Ready(Some("tea"))),
            "two jobs have run. Their callers get",
        );
    });
}

#[test]
fn callers_who_stay_wait_for_room() {
    virtual_time::run(|| async {
        let (kitchen, pool) = kitchen(3);
        let mut calls: Vec<_> =
            (0..10).map(|n| Box::pin(kitchen.run(move || n))).collect();
        for call in &mut calls {
            waits(call.as_mut());
        }
        exercises::same!(
            pool.jobs(),
            3,
            "ten callers, and room for 3 jobs. So many are in the pool",
        );
    });
}

#[test]
fn the_jobs_of_those_who_left_count() {
    virtual_time::run(|| async {
        let (kitchen, pool) = kitchen(3);
        for _ in 0..100 {
            let mut call = pin!(kitchen.run(|| "soup"));
            waits(call.as_mut());
        }
        exercises::same!(
            pool.jobs(),
            3,
            "a hundred callers came one after the other, waited for a moment, and \
             left, and there is room for 3 jobs. So many are in the pool, and nobody \
             waits for them. A caller takes its room along when it leaves; who should \
             have it as long as the job exists?",
        );
    });
}

#[test]
fn a_job_that_runs_has_room_to_the_end() {
    virtual_time::run(|| async {
        let (kitchen, pool) = kitchen(1);
        let kitchen = Arc::new(kitchen);
        let most = Arc::new(AtomicUsize::new(0));
        let inner = (Arc::clone(&kitchen), pool.clone(), Arc::clone(&most));
        let mut call = pin!(kitchen.run(move || {
            let (kitchen, pool, most) = inner;
            let mut other = pin!(kitchen.run(|| "tea"));
            let _ = poll(other.as_mut());
            most.store(pool.jobs(), Ordering::Relaxed);
        }));
        waits(call.as_mut());
        pool.run();
        exercises::same!(
            most.load(Ordering::Relaxed),
            1,
            "there is room for 1 job. While it ran, another caller came, and so \
             many were in the pool: those that run and those in the queue. When \
             does a job give its room back?",
        );
    });
}

#[test]
fn the_room_comes_back() {
    virtual_time::run(|| async {
        let (kitchen, pool) = kitchen(2);
        for round in 0..10 {
            let mut left = Box::pin(kitchen.run(|| "left alone"));
            let mut panics =
                Box::pin(kitchen.run(|| -> u8 { panic!("burnt") }));
            waits(left.as_mut());
            waits(panics.as_mut());
            exercises::same!(
                pool.jobs(),
                2,
                "in round {round}, two callers come, and there is room for 2 jobs. \
                 In each round before, one job had been left alone, and one had \
                 panicked; all had ended. So many are in the pool now. Who keeps \
                 the room?",
            );
            drop(left);
            pool.run();
            exercises::same!(
                poll(panics.as_mut()),
                Poll::Ready(None),
                "a job has panicked, and its caller gets",
            );
        }
    });
}
