use std::cell::Cell;
use std::process::ExitCode;

use tokio::time::{Duration, Instant, sleep};

async fn serve(inside: &Cell<u32>, dish: &str, time: Duration) -> bool {
    inside.set(inside.get() + 1);
    println!("{dish} goes in, slices inside: {}", inside.get());
    let start = Instant::now();
    sleep(time).await;
    inside.set(inside.get() - 1);
    start.elapsed() >= time
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let inside = Cell::new(0);
    let thick = serve(&inside, "thick slice", Duration::from_millis(60));
    let thin = serve(&inside, "thin slice", Duration::from_millis(20));
    let (thick, thin) = tokio::join!(thick, thin);
    println!("both are out, neither too early: {}", thick && thin);
    if thick && thin {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
