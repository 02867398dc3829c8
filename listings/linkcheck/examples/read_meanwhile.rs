use linkcheck::{Url, links, on_rayon};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = Url::parse("http://127.0.0.1/")?;
    let rung = Arc::new(AtomicBool::new(false));
    let bell = rung.clone();
    tokio::spawn(async move { bell.store(true, Ordering::Release) });

    let page: String = (0..1000).map(|n| format!("<a href={n}>")).collect();
    let read = move || {
        let found = links(page.as_bytes(), &url);
        // The page ends when another task has had its turn.
        while !rung.load(Ordering::Acquire) {
            thread::yield_now();
        }
        found.links.len()
    };
    let count = on_rayon(read).await.map_err(|_| "the parser panicked")?;
    println!("{count} links, and the bell has rung meanwhile");
    Ok(())
}
