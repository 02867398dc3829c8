use std::future::pending;
use std::panic::panic_any;
use tokio::runtime::Builder;
use tokio::task::JoinHandle;

async fn text() -> u32 {
    panic!("the pan is on fire")
}

async fn number() -> u32 {
    panic_any(451)
}

async fn report(what: &str, task: JoinHandle<u32>) {
    let error = match task.await {
        Ok(plates) => return println!("{what}: {plates} plates"),
        Err(error) => error,
    };
    println!("{what}: {error}");
    if error.is_cancelled() {
        return println!("  is_cancelled");
    }
    let payload = error.into_panic();
    println!("  is_panic, text {:?}", payload.downcast_ref::<&str>());
    println!("  is_panic, number {:?}", payload.downcast_ref::<i32>());
}

fn main() -> std::io::Result<()> {
    let closing = Builder::new_current_thread().build()?;
    let orphan = closing.spawn(pending());
    drop(closing);

    let kitchen = Builder::new_current_thread().build()?;
    kitchen.block_on(async {
        report("served", tokio::spawn(async { 4 })).await;
        report("panic!", tokio::spawn(text())).await;
        report("panic_any", tokio::spawn(number())).await;
        let waiting = tokio::spawn(pending());
        waiting.abort();
        report("abort", waiting).await;
        report("runtime gone", orphan).await;
    });
    Ok(())
}
