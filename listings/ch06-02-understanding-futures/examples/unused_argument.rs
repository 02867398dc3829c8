use std::pin::pin;
use std::task::{Context, Waker};

struct Tool(&'static str);

impl Drop for Tool {
    fn drop(&mut self) {
        println!("  {} put away", self.0);
    }
}

async fn fry(_gloves: Tool) {
    println!("  frying");
}

#[expect(clippy::manual_async_fn, reason = "they are not the same")]
fn fry_written_out(_gloves: Tool) -> impl Future<Output = ()> {
    async move {
        println!("  frying");
    }
}

fn poll_once(future: impl Future<Output = ()>) {
    println!("  called");
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(future).poll(&mut context).is_ready());
}

fn main() {
    println!("async fn");
    poll_once(fry(Tool("gloves")));
    println!("written out");
    poll_once(fry_written_out(Tool("gloves")));
}
