use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use tokio::join;
use tokio::task::{block_in_place, spawn_blocking};
use tokio::time::sleep;

fn bake() {
    thread::sleep(Duration::from_millis(100));
}

#[tokio::main]
async fn main() -> Result<(), tokio::task::JoinError> {
    let log = Mutex::new(Vec::new());
    let note = |event| log.lock().expect("nobody panics").push(event);
    let turn_egg = async || {
        sleep(Duration::from_millis(1)).await;
        note("egg after 1 ms");
    };

    join!(turn_egg(), async {
        block_in_place(bake);
        note("bread after 100 ms");
    });
    println!("block_in_place: {:?}", log.lock().expect("nobody panics"));

    log.lock().expect("nobody panics").clear();
    let (_, baked) = join!(turn_egg(), async {
        spawn_blocking(bake).await?;
        note("bread after 100 ms");
        Ok(())
    });
    println!("spawn_blocking: {:?}", log.lock().expect("nobody panics"));
    baked
}
