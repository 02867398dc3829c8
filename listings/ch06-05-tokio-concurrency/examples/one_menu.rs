use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::{Instant, sleep, timeout};

static READ: AtomicU32 = AtomicU32::new(0);
static MENU: OnceCell<String> = OnceCell::const_new();

async fn read_menu() -> String {
    READ.fetch_add(1, Relaxed);
    sleep(Duration::from_millis(100)).await;
    "eggs, toast".to_owned()
}

async fn guest(start: Instant, patience: u64) {
    let menu = MENU.get_or_init(read_menu);
    let menu = timeout(Duration::from_millis(patience), menu).await;
    println!("[{:>3} ms] {menu:?}", start.elapsed().as_millis());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    tokio::join!(guest(start, 500), guest(start, 500), guest(start, 500));
    println!("menu read: {}", READ.load(Relaxed));
}
