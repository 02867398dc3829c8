use std::hint::black_box;

use tokio::join;
use tokio::time::{Duration, sleep};

async fn thaw(what: &str) {
    println!("{what}: into the oven");
    sleep(Duration::from_millis(100)).await;
    println!("{what}: thawed");
}

async fn chop(what: &str) {
    println!("{what}: first cut");
    let pieces: u64 = (0..1_000_000).map(black_box).sum();
    black_box(pieces);
    println!("{what}: last cut");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    join!(thaw("peas"), thaw("bread"));
    join!(chop("onions"), chop("carrots"));
}
