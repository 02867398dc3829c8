use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

async fn boil() -> u32 {
    4
}

async fn fry() -> u32 {
    panic!("the pan is on fire")
}

async fn drop_the_handles() {
    drop(tokio::spawn(boil()));
    drop(tokio::spawn(fry()));
    sleep(Duration::from_secs(1)).await;
    println!("the kitchen closes");
}

async fn await_the_handles() {
    let (eggs, bacon) = (tokio::spawn(boil()), tokio::spawn(fry()));
    println!("boil: {:?}", eggs.await.ok());
    println!("fry: {:?}", bacon.await.map_err(|e| e.to_string()));
    sleep(Duration::from_secs(1)).await;
    println!("the kitchen closes");
}

async fn count_polls(name: &str, work: impl Future<Output = ()>) {
    let mut work = pin!(work);
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        work.as_mut().poll(cx)
    })
    .await;
    println!("{name}: {polls} polls");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    count_polls("handles dropped", drop_the_handles()).await;
    count_polls("handles awaited", await_the_handles()).await;
}
