use std::sync::mpsc;
use tokio::sync::oneshot;

fn bake(flour: u32) -> u32 {
    assert!(flour > 0, "no flour today");
    flour * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (report, reports) = mpsc::channel();
    let pool = rayon::ThreadPoolBuilder::new()
        .panic_handler(move |payload| {
            let text = payload.downcast_ref::<&str>().copied();
            let _ = report.send(text.map(str::to_owned));
        })
        .build()?;
    let (tx, rx) = oneshot::channel::<u32>();
    pool.spawn(move || {
        let _ = tx.send(bake(0));
    });
    println!("the answer:  {:?}", rx.await);
    println!("the handler: {:?}", reports.recv()?);
    Ok(())
}
