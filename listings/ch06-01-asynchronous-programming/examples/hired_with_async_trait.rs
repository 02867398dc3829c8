use async_trait::async_trait;
use tokio::task::JoinError;

#[async_trait]
trait Greeter: Send {
    async fn greet(&self, guest: &str) -> String;
}

struct Ann;

#[async_trait]
impl Greeter for Ann {
    async fn greet(&self, guest: &str) -> String {
        format!("Ann brings {guest} tea")
    }
}

struct Cook {
    dish: String,
}

#[async_trait]
impl Greeter for Cook {
    async fn greet(&self, guest: &str) -> String {
        format!("{guest} gets {} from the cook", self.dish)
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
