use std::sync::mpsc;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // One thread, so that the second closure must queue.
    let runtime = Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()?;
    runtime.block_on(async {
        let (started, start) = mpsc::channel();
        let (ring, bell) = mpsc::channel();
        let roast = spawn_blocking(move || {
            started.send(()).expect("main waits for the start");
            bell.recv().expect("main rings the bell");
            "roast is done"
        });
        let toast = spawn_blocking(|| {
            println!("toast goes in");
            "toast is done"
        });

        start.recv()?;
        roast.abort();
        toast.abort();
        ring.send(())?;
        println!("running when aborted: {:?}", roast.await);
        println!("queued when aborted:  {}", toast.await.is_err());
        Ok(())
    })
}
