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

fn main() {
    let hired: Box<dyn Greeter> = Box::new(Ann);
    println!("{}", block_on(hired.greet()));
}
