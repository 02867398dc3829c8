trait Greeter {
    async fn greet(&self) -> String;
}

fn hire(_waiter: Box<dyn Greeter>) {}

fn main() {}
