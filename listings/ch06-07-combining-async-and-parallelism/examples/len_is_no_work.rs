use std::hint::black_box;
use std::time::Instant;

/// The fastest of 20 rounds: a busy machine only makes a round slower.
fn fastest(rounds: usize, work: impl Fn() -> usize) -> f64 {
    let round = || {
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(work());
        }
        start.elapsed()
    };
    let fastest = (0..20).map(|_| round()).min().unwrap_or_default();
    fastest.as_nanos() as f64 / rounds as f64
}

fn main() {
    let line = "egg toast ".to_owned();
    println!("text              len (ns)  words (ns)");
    for (name, times) in [("a line", 1), ("ten thousand", 10_000)] {
        let text = line.repeat(times);
        let len = fastest(10_000, || black_box(&text).len());
        let words = || black_box(&text).split_whitespace().count();
        let words = fastest(10_000 / times, words);
        println!("{name:<12}  {len:>12.1}  {words:>10.1}");
    }
}
