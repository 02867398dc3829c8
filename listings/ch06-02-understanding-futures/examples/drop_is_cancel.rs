use std::future::pending;
use std::task::{Context, Waker};

use tokio::task::yield_now;

struct Tool(&'static str);

impl Drop for Tool {
    fn drop(&mut self) {
        println!("  {} put away", self.0);
    }
}

async fn fry(gloves: Tool, _apron: Tool) {
    let _pan = Tool("pan");
    let _ = Tool("lid");
    let _spoon = Tool("spoon");
    yield_now().await;
    let _plate = Tool("plate");
    pending::<()>().await;
    println!("  served {}", gloves.0);
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());
    for polls in 0..=2 {
        println!("dropped after {polls} polls:");
        let mut order = Box::pin(fry(Tool("gloves"), Tool("apron")));
        for _ in 0..polls {
            assert!(order.as_mut().poll(&mut context).is_pending());
        }
        drop(order);
    }
}
