use futures::executor::block_on;

trait Greeter {
    async fn greet(&self) -> String;
}

struct Ann;

impl Greeter for Ann {
    async fn greet(&self) -> String {
        "Ann brings tea".into()
    }
}

fn hire(waiter: Box<dyn Greeter>) {
    println!("{}", block_on(waiter.greet()));
}

fn main() {
    hire(Box::new(Ann));
}
