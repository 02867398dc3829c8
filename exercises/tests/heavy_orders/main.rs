//! A service that computes: bounded, responsive, and told of panics.

#[cfg(feature = "mine")]
#[path = "../../mine/heavy_orders.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::panic::resume_unwind;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use attempt::{ROOM, Refused, Request, serve};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, yield_now};
use tokio::time::timeout;

const LONG: Duration = Duration::from_secs(5);

const KEPT: &str = "ten seconds later the test has not had its turn. It runs on \
    the thread that polls `serve`: who keeps that thread?";

/// What the computation of this number does: it panics.
const BURNS: u64 = 13;

/// Whoever computes waits in front of it.
#[derive(Default)]
struct Door {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Door {
    fn pass(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = self.opened.wait_while(open, |open| !*open);
        drop(passed);
    }

    fn open(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.opened.notify_all();
    }
}

/// The door opens when the test is over, however it ends: a runtime waits for
/// whoever computes.
struct OpensAtTheEnd(Arc<Door>);

impl Drop for OpensAtTheEnd {
    fn drop(&mut self) {
        self.0.open();
    }
}

struct Service {
    requests: mpsc::Sender<Request>,
    begun: mpsc::UnboundedReceiver<u64>,
    door: OpensAtTheEnd,
    task: JoinHandle<()>,
}

type Reply = oneshot::Receiver<Result<u64, Refused>>;

impl Service {
    fn start() -> Service {
        let (requests, inbox) = mpsc::channel(8);
        let (begins, begun) = mpsc::unbounded_channel();
        let door = Arc::new(Door::default());
        let heavy = {
            let door = Arc::clone(&door);
            move |number| {
                // Nobody listens after the test.
                let _ = begins.send(number);
                if number == BURNS {
                    resume_unwind(Box::new("burnt"));
                }
                door.pass();
                number * 2
            }
        };
        Service {
            requests,
            begun,
            door: OpensAtTheEnd(door),
            task: tokio::spawn(serve(inbox, heavy)),
        }
    }

    async fn ask(&self, number: u64) -> Reply {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request { number, reply }).await;
        assert!(sent.is_ok(), "`serve` has returned, and can still be asked");
        answer
    }

    /// Fills every place.
    async fn fill(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        for number in 0..ROOM as u64 {
            replies.push(self.ask(number).await);
            let begun = timeout(LONG, self.begun.recv()).await;
            exercises::same!(
                begun.ok(),
                Some(Some(number)),
                "fewer than `ROOM` requests are computed, and this one begins. \
                 Does `serve` wait for one before it takes the next?"
            );
        }
        replies
    }
}

async fn told(reply: Reply) -> Option<Result<u64, Refused>> {
    timeout(LONG, reply).await.ok()?.ok()
}

fn on_one_thread<F: Future<Output = ()> + 'static>(check: fn() -> F) {
    exercises::ends_or(KEPT, move || {
        let runtime = Builder::new_current_thread().enable_time().build();
        runtime
            .expect("a runtime without sockets can be built")
            .block_on(check());
    });
}

#[test]
fn one_too_many_is_told_at_once() {
    on_one_thread(|| async {
        let mut service = Service::start();
        let replies = service.fill().await;
        let one_more = service.ask(7).await;
        tokio::select! {
            told = told(one_more) => exercises::same!(
                told,
                Some(Err(Refused::Busy)),
                "`ROOM` requests are being computed, and one more comes. Its \
                 client is told this. (`None`: nothing.)"
            ),
            Some(number) = service.begun.recv() => panic!(
                "`ROOM` requests are being computed, and number {number} begins, \
                 too. A hostile client sends a million: what keeps them out?"
            ),
        }
        service.door.0.open();
        for (number, reply) in (0..).zip(replies) {
            exercises::same!(
                told(reply).await,
                Some(Ok(number * 2)),
                "a request that was begun is answered"
            );
        }
    });
}

#[test]
fn a_panic_reaches_its_client() {
    on_one_thread(|| async {
        let service = Service::start();
        service.door.0.open();
        for _ in 0..ROOM + 1 {
            let reply = service.ask(BURNS).await;
            exercises::same!(
                told(reply).await,
                Some(Err(Refused::Panicked)),
                "the computation panics, again and again, and its client is told \
                 this. (`None`: nothing.) Who still has the `reply`, and does a \
                 panic give its place back?"
            );
        }
        let reply = service.ask(3).await;
        exercises::same!(
            told(reply).await,
            Some(Ok(6)),
            "after some panics, the next request is answered"
        );
    });
}

#[test]
fn what_was_begun_is_answered_before_the_end() {
    on_one_thread(|| async {
        let mut service = Service::start();
        let replies = service.fill().await;
        let Service {
            requests,
            door,
            task,
            ..
        } = service;
        drop(requests);
        for _ in 0..100 {
            yield_now().await;
        }
        exercises::same!(
            task.is_finished(),
            false,
            "nobody can send a request any more, and `ROOM` are being computed. \
             `serve` has returned: who waits for them when the program ends?"
        );
        door.0.open();
        for reply in replies {
            let told = told(reply).await;
            assert!(told.is_some(), "a request that was begun is not answered");
        }
        let end = timeout(LONG, task).await;
        assert!(end.is_ok(), "all is answered, and `serve` does not return");
    });
}
