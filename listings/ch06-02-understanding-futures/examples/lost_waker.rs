use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Hatch {
    plate: Option<&'static str>,
    waker: Option<Waker>,
}

async fn take_and_forget(hatch: &RefCell<Hatch>) -> &'static str {
    poll_fn(|_| {
        let plate = hatch.borrow_mut().plate.take();
        plate.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

async fn take_and_promise(hatch: &RefCell<Hatch>) -> &'static str {
    poll_fn(|cx| {
        let mut hatch = hatch.borrow_mut();
        if let Some(plate) = hatch.plate.take() {
            return Poll::Ready(plate);
        }
        hatch.waker = Some(cx.waker().clone());
        Poll::Pending
    })
    .await
}

fn put_plate(hatch: &RefCell<Hatch>) {
    let waker = {
        let mut hatch = hatch.borrow_mut();
        hatch.plate = Some("toast");
        hatch.waker.take()
    };
    match waker {
        Some(waker) => waker.wake(),
        None => println!("  a plate, and nobody to call"),
    }
}

struct Bell;

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        println!("  a plate, and the bell rings");
    }
}

fn serve(hatch: &RefCell<Hatch>, order: impl Future<Output = &'static str>) {
    let mut order = pin!(order);
    let bell = Arc::new(Bell);
    let before = Arc::strong_count(&bell);
    let answer = {
        let waker = Waker::from(Arc::clone(&bell));
        order.as_mut().poll(&mut Context::from_waker(&waker))
    };
    let kept = Arc::strong_count(&bell) - before;
    println!("  {answer:?}, wakers kept: {kept}");
    put_plate(hatch);
}

fn main() {
    println!("forget");
    let hatch = RefCell::default();
    serve(&hatch, take_and_forget(&hatch));
    println!("promise");
    let hatch = RefCell::default();
    serve(&hatch, take_and_promise(&hatch));
}
