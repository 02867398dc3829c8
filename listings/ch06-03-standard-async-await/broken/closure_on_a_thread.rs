use std::pin::pin;
use std::task::{Context, Waker};
use std::thread;

async fn each_dish(mut serve: impl AsyncFnMut(&str)) {
    for dish in ["soup", "eggs"] {
        serve(dish).await;
    }
}

async fn evening() {
    let mut served = Vec::new();
    each_dish(async |dish| served.push(dish.to_owned())).await;
    println!("{}", served.join(", "));
}

fn main() {
    let evening = evening();
    let cook = thread::spawn(|| {
        let mut cx = Context::from_waker(Waker::noop());
        assert!(pin!(evening).poll(&mut cx).is_ready());
    });
    cook.join().expect("the cook does not panic");
}
