use tokio::time::{Duration, sleep, timeout};

const MS: Duration = Duration::from_millis(1);

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let cold = async { "salad" };
    println!("0 ms for 0 ms:   {:?}", timeout(Duration::ZERO, cold).await);

    let eggs = timeout(50 * MS, sleep(50 * MS)).await;
    println!("50 ms for 50 ms: {eggs:?}");

    let eggs = timeout(49 * MS, sleep(50 * MS)).await;
    println!("49 ms for 50 ms: {eggs:?}");
}
