use tokio::task::{JoinError, JoinHandle};

trait Greeter {
    async fn greet(&self) -> String;
}

struct Ann;

impl Greeter for Ann {
    async fn greet(&self) -> String {
        "Ann brings tea".into()
    }
}

fn serve<G>(waiter: G) -> JoinHandle<()>
where
    G: Greeter<greet(..): Send> + Send + Sync + 'static,
{
    tokio::spawn(async move { println!("{}", waiter.greet().await) })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    serve(Ann).await
}
