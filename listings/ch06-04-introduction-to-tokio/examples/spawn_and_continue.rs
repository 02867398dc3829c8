use tokio::task::JoinError;
use tokio::time::{Duration, Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let start = Instant::now();
    let say = move |what: &str| {
        println!("{:4} ms: {what}", start.elapsed().as_millis());
    };

    let eggs = tokio::spawn(async move {
        say("task: eggs in the pan");
        sleep(Duration::from_millis(1000)).await;
        "eggs"
    });
    say("main: spawned, laying the table");
    sleep(Duration::from_millis(400)).await;
    say("main: table laid");

    let dish = eggs.await?;
    say(&format!("main: {dish} served"));
    Ok(())
}
