use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep};

#[must_use = "an order does nothing until it is awaited"]
struct Order {
    dish: &'static str,
    guests: u32,
    salt: bool,
}

impl Order {
    fn new(dish: &'static str) -> Order {
        Order {
            dish,
            guests: 1,
            salt: false,
        }
    }

    fn for_guests(self, guests: u32) -> Order {
        Order { guests, ..self }
    }

    fn salted(self) -> Order {
        Order { salt: true, ..self }
    }

    async fn cook(self) -> String {
        sleep(Duration::from_millis(100)).await;
        let salt = if self.salt { "salted" } else { "plain" };
        format!("{salt} {} for {}", self.dish, self.guests)
    }
}

impl IntoFuture for Order {
    type Output = String;
    type IntoFuture = Pin<Box<dyn Future<Output = String> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.cook())
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    println!("{}", Order::new("soup").await);
    println!("{}", Order::new("eggs").for_guests(3).salted().await);
    println!("after {:?}", start.elapsed());
}
