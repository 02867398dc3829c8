use std::time::Duration;
use tokio::time::sleep;

fn bake(flour: u32) -> u32 {
    assert!(flour > 0, "no flour today");
    flour * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    rayon::spawn(|| {
        bake(0);
    });
    // Never over: the process ends as soon as the job has panicked.
    sleep(Duration::from_secs(10)).await;
    println!("the kitchen is still open");
}
