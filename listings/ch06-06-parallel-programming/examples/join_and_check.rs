use std::process::ExitCode;
use tokio::time::{Duration, sleep};

async fn toast() {
    sleep(Duration::from_secs(2)).await;
    println!("the toast is served");
}

async fn eggs() {
    sleep(Duration::from_secs(1)).await;
    panic!("the pan is on fire");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let toast = tokio::spawn(toast());
    let eggs = tokio::spawn(eggs());

    let (toast, eggs) = tokio::join!(toast, eggs);
    println!("the kitchen closes");
    let mut exit = ExitCode::SUCCESS;
    for (order, end) in [("toast", toast), ("eggs", eggs)] {
        if let Err(error) = end {
            println!("{order}: panicked = {}", error.is_panic());
            exit = ExitCode::FAILURE;
        }
    }
    exit
}
