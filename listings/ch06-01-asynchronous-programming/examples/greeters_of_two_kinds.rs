use std::rc::Rc;

use tokio::task::{JoinError, JoinHandle, yield_now};

#[trait_variant::make(Greeter: Send)]
trait LocalGreeter {
    async fn greet(&self, guest: &str) -> String;
}

/// May greet from any thread.
struct Ann;

impl Greeter for Ann {
    async fn greet(&self, guest: &str) -> String {
        format!("Ann brings {guest} tea")
    }
}

/// Keeps an `Rc` while it waits, and so greets on one thread alone.
struct Cook;

impl LocalGreeter for Cook {
    async fn greet(&self, guest: &str) -> String {
        let dish = Rc::new("soup");
        yield_now().await;
        format!("{guest} gets {dish} from the cook")
    }
}

fn serve(waiter: impl Greeter + Sync + 'static) -> JoinHandle<()> {
    tokio::spawn(async move { println!("{}", waiter.greet("Ben").await) })
}

async fn serve_here(waiter: impl LocalGreeter) {
    println!("{}", waiter.greet("Ida").await);
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    serve(Ann).await?;
    serve_here(Ann).await;
    serve_here(Cook).await;
    Ok(())
}
