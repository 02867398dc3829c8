use std::collections::HashMap;
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::time::sleep;

type Recipe = Box<dyn Fn(u32) -> BoxFuture<'static, String> + Send + Sync>;

fn recipe<C, F>(cook: C) -> Recipe
where
    C: Fn(u32) -> F + Send + Sync + 'static,
    F: Future<Output = String> + Send + 'static,
{
    Box::new(move |guests| Box::pin(cook(guests)))
}

async fn soup(guests: u32) -> String {
    sleep(Duration::from_millis(300)).await;
    format!("soup for {guests}")
}

async fn eggs(guests: u32) -> String {
    sleep(Duration::from_millis(100)).await;
    format!("{} eggs", 2 * guests)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let recipes: HashMap<&str, Recipe> =
        HashMap::from([("soup", recipe(soup)), ("eggs", recipe(eggs))]);
    for (dish, guests) in [("eggs", 3), ("cake", 1), ("soup", 2)] {
        match recipes.get(dish) {
            Some(cook) => println!("{}", cook(guests).await),
            None => println!("no recipe for {dish}"),
        }
    }
}
