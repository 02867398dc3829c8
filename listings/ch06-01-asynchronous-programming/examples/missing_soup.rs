use tokio::task::JoinError;
use tokio::time::{Duration, Instant, sleep};

fn note(opened: Instant, what: &str) {
    println!("{:>3} ms  {what}", opened.elapsed().as_millis());
}

async fn cook_soup(opened: Instant) {
    note(opened, "soup on the stove");
    sleep(Duration::from_millis(300)).await;
    note(opened, "soup served");
}

async fn make_toast(opened: Instant) {
    note(opened, "bread in the toaster");
    sleep(Duration::from_millis(200)).await;
    note(opened, "toast served");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let opened = Instant::now();
    tokio::spawn(cook_soup(opened));
    let toast = tokio::spawn(make_toast(opened));
    toast.await?;
    note(opened, "kitchen closed");
    Ok(())
}
