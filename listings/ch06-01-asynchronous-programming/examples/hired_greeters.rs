use futures::future::BoxFuture;
use tokio::task::JoinError;

trait Greeter: Send {
    fn greet<'a>(&'a self, guest: &'a str) -> BoxFuture<'a, String>;
}

struct Ann;

impl Greeter for Ann {
    fn greet<'a>(&'a self, guest: &'a str) -> BoxFuture<'a, String> {
        Box::pin(async move { format!("Ann brings {guest} tea") })
    }
}

struct Cook {
    dish: String,
}

impl Greeter for Cook {
    fn greet<'a>(&'a self, guest: &'a str) -> BoxFuture<'a, String> {
        Box::pin(
            async move { format!("{guest} gets {} from the cook", self.dish) },
        )
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let dish = "soup".to_owned();
    let hired: [Box<dyn Greeter>; 2] = [Box::new(Ann), Box::new(Cook { dish })];
    for greeter in hired {
        let greeting = async move { greeter.greet("Ben").await };
        println!("{}", tokio::spawn(greeting).await?);
    }
    Ok(())
}
