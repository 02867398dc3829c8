use std::time::Duration;
use tokio::sync::oneshot::Receiver;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut delivery: Option<Receiver<&str>> = None;

    tokio::select! {
        goods = delivery.as_mut().expect("something is ordered"),
            if delivery.is_some() => println!("delivered: {goods:?}"),
        () = sleep(Duration::from_secs(1)) => println!("closed"),
    }
}
