use std::hint::black_box;
use std::time::{Duration, Instant};

/// The fastest of 20 rounds: a busy machine only makes a round slower.
fn fastest(rounds: usize, work: impl Fn() -> usize) -> Duration {
    let round = || {
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(work());
        }
        start.elapsed() / rounds as u32
    };
    (0..20).map(|_| round()).min().unwrap_or_default()
}

fn main() {
    let line = "egg toast ".to_owned();
    let menu = line.repeat(10_000);
    let len = |text: &str| fastest(10_000, || black_box(text).len());
    let words =
        |text: &str| fastest(1, || black_box(text).split_whitespace().count());

    println!("the menu is {} times the line", menu.len() / line.len());
    println!("len:   {:?} and {:?}", len(&line), len(&menu));
    println!("words: {:?} and {:?}", words(&line), words(&menu));
}
