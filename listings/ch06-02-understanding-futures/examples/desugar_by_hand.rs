use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

/// Pending for that many polls, then ready.
struct Wait(u32);

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            Some(left) => {
                self.0 = left;
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

async fn breakfast() -> &'static str {
    println!("  toast in");
    Wait(1).await;
    println!("  toast out, eggs in");
    Wait(2).await;
    println!("  eggs out");
    "breakfast"
}

enum Breakfast {
    Start,
    Toasting(Wait),
    Frying(Wait),
    Served,
}

impl Future for Breakfast {
    type Output = &'static str;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<&'static str> {
        loop {
            match &mut *self {
                Breakfast::Start => {
                    println!("  toast in");
                    *self = Breakfast::Toasting(Wait(1));
                }
                Breakfast::Toasting(wait) => {
                    ready!(Pin::new(wait).poll(context));
                    println!("  toast out, eggs in");
                    *self = Breakfast::Frying(Wait(2));
                }
                Breakfast::Frying(wait) => {
                    ready!(Pin::new(wait).poll(context));
                    println!("  eggs out");
                    *self = Breakfast::Served;
                    return Poll::Ready("breakfast");
                }
                Breakfast::Served => panic!("polled after completion"),
            }
        }
    }
}

fn drive(name: &str, future: impl Future<Output = &'static str>) {
    println!("{name}, {} bytes", size_of_val(&future));
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        let answer = future.as_mut().poll(&mut context);
        println!("{answer:?}");
        if answer.is_ready() {
            break;
        }
    }
}

fn main() {
    drive("the compiler's", breakfast());
    drive("ours", Breakfast::Start);
}
