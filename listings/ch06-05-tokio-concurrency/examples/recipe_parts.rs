use futures::stream::{FuturesUnordered, StreamExt};
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::{Instant, sleep};

type Recipes = HashMap<&'static str, (u64, &'static [&'static str])>;

/// Reads a recipe, and says which others it needs.
async fn read<'a>(
    all: &Recipes,
    name: &'a str,
) -> (&'a str, Vec<&'static str>) {
    let (ms, parts) = all.get(name).copied().unwrap_or_default();
    sleep(Duration::from_millis(ms)).await;
    (name, parts.to_vec())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let recipes = Recipes::from([
        ("lasagne", (10, ["ragout", "pasta"].as_slice())),
        ("ragout", (50, ["stock"].as_slice())),
        ("pasta", (20, [].as_slice())),
        ("stock", (30, [].as_slice())),
    ]);

    let mut reading = FuturesUnordered::new();
    reading.push(read(&recipes, "lasagne"));
    while let Some((name, parts)) = reading.next().await {
        let ms = start.elapsed().as_millis();
        println!("[{ms:>2} ms] {name} needs {parts:?}");
        reading.extend(parts.into_iter().map(|part| read(&recipes, part)));
    }
}
