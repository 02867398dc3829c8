use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

async fn cook(order: u64) -> Result<u64, String> {
    sleep(Duration::from_millis(order * 10)).await;
    if order == 2 {
        return Err(format!("order {order}: no eggs left"));
    }
    Ok(order)
}

/// Waits until no task is left; the first error aborts those that are. Returns
/// how many were done, how many cancelled, and that error.
async fn all_or_first_error<T: 'static>(
    set: &mut JoinSet<Result<T, String>>,
) -> (usize, usize, Option<String>) {
    let (mut done, mut cancelled, mut first) = (0, 0, None);
    while let Some(joined) = set.join_next().await {
        let error = match joined {
            Ok(Ok(_)) => {
                done += 1;
                continue;
            }
            Err(error) if first.is_some() && error.is_cancelled() => {
                cancelled += 1;
                continue;
            }
            Ok(Err(error)) => error,
            Err(error) => error.to_string(),
        };
        set.abort_all();
        first.get_or_insert(error);
    }
    (done, cancelled, first)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), String> {
    let start = Instant::now();
    let mut set: JoinSet<_> = (1..=5).map(cook).collect();
    let (done, cancelled, first) = all_or_first_error(&mut set).await;

    let alive = Handle::current().metrics().num_alive_tasks();
    println!("after {} ms:", start.elapsed().as_millis());
    println!("{done} done, {cancelled} cancelled, {alive} alive");
    first.map_or(Ok(()), Err)
}
