trait Greeter {
    async fn greet(&self) -> String;
}

fn serve<G: Greeter + Send + Sync + 'static>(waiter: G) {
    tokio::spawn(async move { println!("{}", waiter.greet().await) });
}

fn main() {}
