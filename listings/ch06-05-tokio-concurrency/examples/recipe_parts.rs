use futures::stream::{FuturesUnordered, StreamExt};
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;
use tokio::time::{Instant, sleep};

type Name = &'static str;

/// The recipes under way at once, and all that are read.
const AT_ONCE: usize = 4;
const AT_MOST: usize = 9;

/// Reads a recipe and all that it needs, each once, and returns how many. At
/// `AT_MOST` it stops, whatever else is named.
async fn read_all<F: Future<Output = Vec<Name>>>(
    first: Name,
    read: impl Fn(Name) -> F,
) -> usize {
    let mut seen = HashSet::from([first]);
    let mut waiting = VecDeque::from([first]);
    let mut reading = FuturesUnordered::new();
    loop {
        while reading.len() < AT_ONCE
            && let Some(name) = waiting.pop_front()
        {
            reading.push(read(name));
        }
        let Some(parts) = reading.next().await else {
            return seen.len();
        };
        for part in parts {
            if seen.len() < AT_MOST && seen.insert(part) {
                waiting.push_back(part);
            }
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let recipes = HashMap::from([
        ("lasagne", (10, vec!["ragout", "bread"])),
        ("ragout", (50, vec!["stock"])),
        ("bread", (20, vec!["sourdough"])),
        ("stock", (30, vec![])),
        ("sourdough", (40, vec!["sourdough"])),
    ]);
    let read = async |name| {
        let (ms, parts) = recipes.get(name).cloned().unwrap_or_default();
        sleep(Duration::from_millis(ms)).await;
        let ms = start.elapsed().as_millis();
        println!("[{ms:>2} ms] {name} needs {parts:?}");
        parts
    };
    println!("recipes read: {}", read_all("lasagne", read).await);
}
