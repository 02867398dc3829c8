use std::future::pending;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use pin_project_lite::pin_project;

pin_project! {
    struct Guest<F> {
        #[pin]
        dish: Option<F>,
        patience: u32,
    }
}

impl<F: Future> Future for Guest<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut guest = self.project();
        if *guest.patience == 0 {
            guest.dish.set(None);
        }
        let Some(dish) = guest.dish.as_mut().as_pin_mut() else {
            return Poll::Ready(None);
        };
        *guest.patience -= 1;
        dish.poll(cx).map(Some)
    }
}

struct Pan;

impl Drop for Pan {
    fn drop(&mut self) {
        println!("  pan put away");
    }
}

async fn roast() -> &'static str {
    let _pan = Pan;
    pending::<()>().await;
    "roast"
}

fn main() {
    let dish = Some(roast());
    let mut guest = pin!(Guest { dish, patience: 2 });
    let mut context = Context::from_waker(Waker::noop());
    for number in 1..=3 {
        let answer = guest.as_mut().poll(&mut context);
        println!("poll {number}: {answer:?}");
    }
}
